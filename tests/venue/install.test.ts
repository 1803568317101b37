import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCheckout, write } from '../firmware-config/checkout.ts'
import type { Checkout } from '../firmware-config/checkout.ts'
import { nestedTestMs, runNested } from './nested-systemd.ts'

let checkout: Checkout

beforeEach(() => {
  checkout = makeCheckout()
  // The real Node, and a node that only says that it is ready, and stays alive.
  cpSync(process.execPath, join(checkout.source, 'node_modules/.bin/node'))
  write(
    join(checkout.source, 'node/bin.js'),
    `import('node:child_process').then(({ execFileSync }) => execFileSync('systemd-notify', ['--ready']))
setInterval(() => {}, 1000)
`,
  )
})

afterEach(() => {
  rmSync(checkout.scratch, { recursive: true, force: true })
})

const unit = `
[Unit]
DefaultDependencies=no

[Service]
Type=oneshot
Environment=PATH=/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=/bin/sh -u /results/session.sh
`

/** What a technician does and sees, one line each. */
const session = `
exec 2>&1
install=/checkout/firmware-config/install.sh
see() { echo "$1: $(systemctl is-active mesh-art-node), $(systemctl is-enabled mesh-art-node)"; }
sh $install --prebuilt >/dev/null 2>&1 && see installed
pid=$(systemctl show -P MainPID mesh-art-node)
echo "user: $(stat -c %U /proc/$pid)"
echo "data: $(stat -c '%U %a' /var/lib/mesh-art)"
echo "program: $(stat -L -c '%U %a' /opt/mesh-art/current/node/bin.js)"
sh $install --prebuilt >/dev/null && see again
sh $install --uninstall >/dev/null
echo "uninstalled: $(systemctl is-active mesh-art-node), $(ls -d /opt/mesh-art /var/lib/mesh-art /usr/local/bin/mesh-art 2>/dev/null)"
sh $install --uninstall --purge >/dev/null
echo "purged: $(ls -d /var/lib/mesh-art /etc/mesh-art 2>/dev/null), $(id -u mesh-art >/dev/null 2>&1 || echo no user)"
`

describe.runIf(process.getuid?.() === 0)(
  'the installer on a machine that runs systemd',
  { timeout: nestedTestMs },
  () => {
    it('starts the service as its own user, may run again, and takes all of it away', () => {
      const prepare = `cat >/results/session.sh <<'END'\n${session}END\n`
      const { verdict, stdout, stderr } = runNested(unit, { checkout: checkout.source, prepare })
      expect({ verdict, stderr }).toEqual({ verdict: 'success exited 0', stderr: '' })
      expect(stdout.split('\n')).toEqual([
        'installed: active, enabled',
        'user: mesh-art',
        'data: mesh-art 750',
        'program: root 644',
        'again: active, enabled',
        'uninstalled: inactive, /var/lib/mesh-art',
        'purged: , no user',
      ])
    })
  },
)
