import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkoutRoot, nestedTestMs, runNested } from './nested-systemd.ts'

const unit = readFileSync(join(checkoutRoot, 'firmware-config/systemd/mesh-art-node.service'), 'utf8')

/** The unit as it is but for what it runs. */
function asProbe(text: string): string {
  return text
    .replace(/^ExecStart=(\S+) .*$/m, 'ExecStart=$1 /opt/mesh-art/current/tests/venue/probe.ts')
    .replace('Type=notify', 'Type=exec')
    .replaceAll(/^(?:Restart|Watchdog).*$/gm, '')
    .replace(/^After=.*$/m, 'DefaultDependencies=no')
}

const prepare = `
mkdir -p /opt/mesh-art
ln -s /checkout /opt/mesh-art/current
systemd-sysusers /checkout/firmware-config/systemd/sysusers.conf 2>/dev/null
# Two lights as on a Raspberry Pi: links into the tree of devices, files of root's.
mount -t tmpfs tmpfs /sys/devices/platform
mount -t tmpfs tmpfs /sys/class
mkdir /sys/class/leds
for light in ACT PWR; do
  folder=/sys/devices/platform/leds/leds/$light
  mkdir -p $folder
  echo 'none [mmc0] heartbeat' >$folder/trigger
  echo 0 >$folder/brightness
  chmod 644 $folder/*
  ln -s ../../devices/platform/leds/leds/$light /sys/class/leds/$light
done
`

// Namespaces and mounts are root's; where the tests run as root, as in continuous integration, this always runs.
describe.runIf(process.getuid?.() === 0)(
  'Node under the hardened unit, run by a real systemd',
  { timeout: nestedTestMs },
  () => {
    it('can do all that a node needs, and nothing that it must not', () => {
      const { verdict, stdout, stderr } = runNested(asProbe(unit), { prepare })
      expect({ verdict, stderr }).toEqual({ verdict: 'success exited 0', stderr: '' })
      const { uid, ...found } = JSON.parse(stdout) as Record<string, unknown>
      expect(uid).toBeGreaterThan(0)
      expect(found).toEqual({
        optimises: true,
        worker: 'worked',
        database: true,
        interfaces: ['lo', 'venue0', 'venue1'],
        parallelism: true,
        memory: true,
        tcp: 'hello',
        mdns: 'sent',
        neighbour: 'sent',
        internet: 'EPERM',
        writeProgram: 'EROFS',
        writeConfig: 'EROFS',
        writeHome: 'EACCES',
        readHome: 'EACCES',
        readShadow: 'EACCES',
        light: true,
        lightItself: 'EROFS',
        otherLight: 'EROFS',
        capabilities: '0000000000000000',
        seccomp: '2',
      })
    })

    it('is killed by the one directive that is left out', () => {
      const { verdict } = runNested(
        asProbe(unit.replace('PrivateTmp=yes', 'PrivateTmp=yes\nMemoryDenyWriteExecute=yes')),
        { prepare },
      )
      expect(verdict).toMatch(/^(core-dump|signal) (dumped|killed) /)
    })
  },
)
