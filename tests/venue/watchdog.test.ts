import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkoutRoot, nestedTestMs, runNested } from './nested-systemd.ts'

const unit = readFileSync(join(checkoutRoot, 'firmware-config/systemd/mesh-art-node.service'), 'utf8')

/** The unit as it is, with a watchdog that is quicker, and a program that hangs when it is told to. */
function asProbe(what: 'hang' | 'end'): string {
  return unit
    .replace(
      /^ExecStart=(\S+) .*$/m,
      `ExecStart=$1 /opt/mesh-art/current/tests/venue/watchdog-probe.ts ${what}`,
    )
    .replace(/^WatchdogSec=.*$/m, 'WatchdogSec=6s')
    .replaceAll(/^Restart.*$/gm, '')
    .replace(/^After=.*$/m, 'DefaultDependencies=no')
}

const prepare = `
mkdir -p /opt/mesh-art
ln -s /checkout /opt/mesh-art/current
systemd-sysusers /checkout/firmware-config/systemd/sysusers.conf 2>/dev/null
`

describe.runIf(process.getuid?.() === 0)('the watchdog of a real systemd', { timeout: nestedTestMs }, () => {
  it('leaves a node alone that says that it is alive', () => {
    const { verdict, stdout } = runNested(asProbe('end'), { prepare })
    expect({ verdict, stdout }).toEqual({ verdict: 'success exited 0', stdout: 'started\nlived' })
  })

  it('ends one that hangs, which is a failure, so that it is started anew', () => {
    const { verdict, stdout } = runNested(asProbe('hang'), { prepare })
    expect(stdout).toBe('started\nlived')
    expect(verdict).toMatch(/^watchdog /)
    expect(unit).toMatch(/^Restart=on-failure$/m)
  })
})
