import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { startLastingNode } from '../integration/support/node.ts'
import type { LoopbackNode } from '../integration/support/node.ts'
import { pageLimitMs, technicianAt, technicianSettings } from '../integration/support/technicians.ts'
import { nestedTestMs, runNested } from './nested-systemd.ts'
import { eventually } from './support/eventually.ts'

/** As on a machine that has the units installed: whoever looks for them finds one. */
const withUnits = [
  ...['unshare', '--mount', '--propagation', 'private', 'sh', '-euc'],
  'mount -t tmpfs tmpfs /etc/systemd/system; : >/etc/systemd/system/mesh-art-clock.path; exec "$@"',
  ...['sh', process.execPath],
]

/** What the node would be: it asks for a time, and waits until the clock was set to it. */
const asking = `[Unit]
Requires=mesh-art-clock.path
After=mesh-art-clock.path
DefaultDependencies=no

[Service]
Type=exec
RuntimeDirectory=mesh-art
ExecStart=/bin/sh -c 'echo 1936076889 >/run/mesh-art/set-clock; until [ -s /run/mesh-art/was-set ]; do sleep 0.1; done; cat /run/mesh-art/was-set; ls /run/mesh-art'
`

const prepare = `
cp /checkout/firmware-config/systemd/mesh-art-clock.path /checkout/firmware-config/systemd/mesh-art-clock.service /etc/systemd/system/
sed -i 's/^\\[Unit\\]$/[Unit]\\nDefaultDependencies=no/' /etc/systemd/system/mesh-art-clock.path /etc/systemd/system/mesh-art-clock.service
# The one program that is not let at the machine: this machine's clock is not the test's to set.
cat >/usr/local/sbin/date <<'END'
#!/bin/sh
echo "date $*" >/run/mesh-art/was-set.new
mv /run/mesh-art/was-set.new /run/mesh-art/was-set
END
chmod 755 /usr/local/sbin/date
`

// Namespaces and mounts are root's; where the tests run as root, as in continuous integration, this always runs.
describe.runIf(process.getuid?.() === 0)('the clock, set from the page of a technician', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mesh-art-clock-'))
  let browser: Browser
  let node: LoopbackNode

  beforeAll(async () => {
    await buildUi()
    browser = await openBrowser()
    const settings = await technicianSettings(dir)
    node = await startLastingNode(['--data-dir', join(dir, 'data'), '--config', settings], {
      by: withUnits,
      env: { RUNTIME_DIRECTORY: dir },
    })
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await node?.command.kill('SIGTERM')
    rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  it('is asked of the system, in the time of the browser', async () => {
    const page = await technicianAt(browser, node.url)
    await page.clock.setFixedTime(new Date('2031-05-09T10:14:49Z'))
    await page.getByRole('button', { name: 'Set the clock' }).click()
    await eventually(
      'it says so',
      async () =>
        expect(await page.locator('order-panel .said').innerText()).toBe(
          'the system was asked to set its clock',
        ),
      pageLimitMs,
    )
    expect(existsSync(join(dir, 'set-clock'))).toBe(true)
    expect(readFileSync(join(dir, 'set-clock'), 'utf8')).toBe(
      `${Date.parse('2031-05-09T10:14:49Z') / 1000}\n`,
    )
  }, 300_000)

  it(
    'is set by the units, run by a real systemd, and the wish is gone then',
    () => {
      const { verdict, stdout, stderr } = runNested(asking, { prepare })
      expect({ verdict, stderr }).toEqual({ verdict: 'success exited 0', stderr: '' })
      expect(stdout.split('\n')).toEqual(['date --utc --set @1936076889', 'was-set'])
    },
    nestedTestMs,
  )
})
