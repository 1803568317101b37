import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MissingTool } from './finding.ts'
import type { Finding } from './finding.ts'
import { runTool } from './tool.ts'

export const unitFolder = '/etc/systemd/system'
const networkFolder = '/etc/systemd/network'
const rulesFolder = '/etc/udev/rules.d'
/** In tenths, of `systemd-analyze security`. */
const exposureLimit = 20
const unitEnding = /\.(service|timer|path|mount)$/

/** Units, with the node's own, which comes with the program. */
export async function validateUnits(root: string, scratch: string, programUnit: string): Promise<Finding[]> {
  const found: Finding[] = []
  const folder = join(scratch, 'units')
  await mkdir(folder)
  const entries = await readdir(join(root, unitFolder), { withFileTypes: true })
  const names: string[] = []
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue
    await cp(join(root, unitFolder, entry.name), join(folder, entry.name), { recursive: true })
    if (unitEnding.test(entry.name)) names.push(entry.name)
  }
  await cp(programUnit, join(folder, 'mesh-art-node.service'))
  names.push('mesh-art-node.service')
  const paths = names.map((name) => join(folder, name))
  const env = { SYSTEMD_UNIT_PATH: `${folder}:` }

  for (const [i, path] of paths.entries()) {
    if (!path.endsWith('.service')) continue
    const args = ['security', '--offline=true', `--threshold=${exposureLimit}`, path]
    const { status, output, isMissing } = await runTool({ command: 'systemd-analyze', args, env })
    if (isMissing) throw new MissingTool('systemd-analyze', 'systemd')
    if (status !== 0)
      found.push({
        path: `${unitFolder}/${names[i]}`,
        tool: 'systemd-analyze security',
        said: (output.trim().split('\n').at(-1) ?? '').replace(/^→ /, ''),
      })
  }
  // What they start need not be on this machine.
  for (const path of paths) {
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replaceAll(/^(Exec\w+)=\S+/gm, '$1=/bin/true'))
  }
  const { output } = await runTool({
    command: 'systemd-analyze',
    args: ['verify', '--man=no', ...paths],
    env,
  })
  for (const line of output.split('\n')) {
    // It exits 0 for keys it does not know: what it prints is the verdict. Of units of this machine it prints as well.
    if (line.trim() === '' || /is masked|^Unit \S+ (is|not)/.test(line)) continue
    const where = line.replaceAll(folder, '')
    const [name] =
      /10-venue\.conf/.exec(where) ?? /[\w\\.@-]+\.(?:service|timer|path|mount)/.exec(where) ?? []
    if (name === undefined || (name !== '10-venue.conf' && !names.includes(name))) continue
    found.push({
      path: `${unitFolder}/${name === '10-venue.conf' ? `mesh-art-node.service.d/${name}` : name}`,
      tool: 'systemd-analyze verify',
      said: line.replaceAll(`${folder}/`, '').trim(),
    })
  }
  return found
}

/** A real systemd-networkd and udev in namespaces of their own read what is there, and complain. Needs root. */
const script = `
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/network /run/udev/rules.d
cp "$1"${networkFolder}/* /run/systemd/network/
cp "$1"${rulesFolder}/* /run/udev/rules.d/
chown -R systemd-network /run/systemd 2>/dev/null
export SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=debug
networkd=/usr/lib/systemd/systemd-networkd
[ -x $networkd ] || networkd=/lib/systemd/systemd-networkd
[ -x $networkd ] || exit 3
$networkd >/run/said 2>&1 &
pid=$!
# When it has seen which interfaces there are, it has read all its files.
for _ in $(seq 100); do
  grep -q 'Enumeration completed' /run/said && break
  kill -0 $pid 2>/dev/null || break
  sleep 0.02
done
kill $pid 2>/dev/null
wait $pid
cat /run/said
udevadm test-builtin net_setup_link /sys/class/net/lo
udevadm test /sys/class/net/lo
exit 0
`
const complaint =
  /(unknown (key|section|lvalue|setting)|failed to parse|invalid|ignoring (assignment|line)|missing|not a |unsupported|No such)/i

export async function validateNetwork(root: string): Promise<Finding[]> {
  const args = [...(process.getuid?.() === 0 ? ['-nm'] : ['-rnm']), 'sh', '-c', script, 'sh', root]
  const { status, output, isMissing } = await runTool({ command: 'unshare', args })
  if (isMissing) throw new MissingTool('unshare', 'util-linux')
  if (status === 3) throw new MissingTool('systemd-networkd', 'systemd')
  if (!output.includes('hotspot0.link')) {
    return [
      { path: networkFolder, tool: 'systemd-networkd', said: 'could not be run in namespaces: try as root' },
    ]
  }
  return output.split('\n').flatMap((line) => {
    const [, path] = /(\/run\/(?:systemd\/network|udev\/rules\.d)\/[\w.-]+)[: ]/.exec(line) ?? []
    if (path === undefined || !complaint.test(line)) return []
    const isRule = path.includes('/udev/')
    const onNode = `${isRule ? rulesFolder : networkFolder}/${path.split('/').at(-1)}`
    return [
      {
        path: onNode,
        tool: isRule ? 'udev' : 'systemd-networkd',
        said: line.replace(path, '').replace(/^[:\s]+/, ''),
      },
    ]
  })
}
