import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MissingTool } from './finding.ts'
import { runTool } from './tool.ts'
import type { ToolRun, ToolSaid } from './tool.ts'

/** One file of a node, and a folder that is thrown away afterwards. */
export interface FileToCheck {
  /** On the node. */
  readonly path: string
  /** Here. */
  readonly here: string
  readonly scratch: string
}

export interface Validator {
  readonly tool: string
  readonly isFor: (path: string) => boolean
  /** What is wrong with the file, one line each. @throws {MissingTool} */
  readonly check: (file: FileToCheck) => Promise<string[]>
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

async function run(tool: ToolRun, debianPackage: string): Promise<ToolSaid> {
  const said = await runTool(tool)
  if (said.isMissing) throw new MissingTool(tool.command, debianPackage)
  return said
}

/** Says what it said when it did not end well. */
async function mustSucceed(tool: ToolRun, debianPackage: string): Promise<string[]> {
  const { status, output } = await run(tool, debianPackage)
  if (status === 0) return []
  const lines = linesOf(output)
  return lines.length > 0 ? lines : [`ended with ${status}`]
}

/** hostapd has no dry run: with a driver that does nothing it reads its file, and then waits. */
async function hostapd({ here, scratch }: FileToCheck): Promise<string[]> {
  const copy = join(scratch, 'hotspot.conf')
  const text = await readFile(here, 'utf8')
  await writeFile(
    copy,
    text.replace(/^driver=.*$/m, 'driver=none').replace(/^interface=.*$/m, 'interface=lo'),
    { mode: 0o600 },
  )
  const goodSign = /interface state UNINITIALIZED->/
  const { output } = await run({ command: 'hostapd', args: [copy], goodSign }, 'hostapd')
  return goodSign.test(output) ? [] : linesOf(output)
}

async function wpaSupplicant({ here }: FileToCheck): Promise<string[]> {
  const goodSign = /^lo: CTRL-EVENT/m
  const args = ['-Dnone', '-i', 'lo', '-c', here]
  const { output } = await run({ command: 'wpa_supplicant', args, goodSign }, 'wpasupplicant')
  // What it cannot read it names by its line and goes on or ends: either way the line is wrong.
  return goodSign.test(output) && !/^Line \d+:/m.test(output)
    ? []
    : linesOf(output).filter((line) => !line.startsWith('Successfully'))
}

async function nft({ here }: FileToCheck): Promise<string[]> {
  const args = ['-c', '-f', here]
  return process.getuid?.() === 0
    ? mustSucceed({ command: 'nft', args }, 'nftables')
    : mustSucceed({ command: 'unshare', args: ['-rn', 'nft', ...args] }, 'nftables')
}

async function sysctl({ here }: FileToCheck): Promise<string[]> {
  const wrong: string[] = []
  for (const line of linesOf(await readFile(here, 'utf8'))) {
    if (/^[#;]/.test(line)) continue
    const [, optional, key] = /^(-?)([\w./-]+) *= *\S+$/.exec(line) ?? []
    if (key === undefined) wrong.push(`'${line}' is not KEY = VALUE`)
    else if (optional === '' && !(await isThere(`/proc/sys/${key.replaceAll('.', '/')}`)))
      wrong.push(`${key}: this kernel has no such setting`)
  }
  return wrong
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** No tool of systemd checks these files; the program that reads them carries the names of what it knows. */
function keysOf(programs: readonly string[]): Validator['check'] {
  return async ({ here }) => {
    const found = await Promise.all(programs.map((path) => readFile(path, 'latin1').catch(() => '')))
    const known = found.join('')
    if (known === '') throw new MissingTool(programs[0] ?? '', 'systemd')
    let section = ''
    const wrong: string[] = []
    for (const line of linesOf(await readFile(here, 'utf8'))) {
      if (line.startsWith('#')) continue
      const [, opened] = /^\[(\w+)\]$/.exec(line) ?? []
      const [, key] = /^(\w+)=/.exec(line) ?? []
      if (opened !== undefined) section = opened
      else if (key === undefined || !knows(known, section, key)) wrong.push(`unknown key in '${line}'`)
    }
    return wrong
  }
}

/** As one name (`Journal.Storage`, made by gperf), or as two words of a table. */
const knows = (text: string, section: string, key: string): boolean =>
  text.includes(`${section}.${key}\0`) || text.includes(`\0${key}\0`)

const libs = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => `/usr/lib/${arch}/systemd`)

/** A real validator for each kind of file; units and networks are looked at together (validate-together.ts). */
export const validators: readonly Validator[] = [
  { tool: 'hostapd', isFor: (path) => path === '/etc/mesh-art/hotspot.conf', check: hostapd },
  { tool: 'wpa_supplicant', isFor: (path) => path === '/etc/mesh-art/mesh.conf', check: wpaSupplicant },
  {
    tool: 'dnsmasq',
    isFor: (path) => path === '/etc/mesh-art/dns.conf',
    check: async ({ here }) =>
      mustSucceed({ command: 'dnsmasq', args: ['--test', '-C', here] }, 'dnsmasq-base'),
  },
  { tool: 'nft', isFor: (path) => path === '/etc/mesh-art/firewall.nft', check: nft },
  {
    tool: 'chronyd',
    isFor: (path) => path === '/etc/chrony/chrony.conf',
    check: async ({ here }) => mustSucceed({ command: 'chronyd', args: ['-p', '-f', here] }, 'chrony'),
  },
  { tool: 'sysctl', isFor: (path) => path.startsWith('/etc/sysctl.d/'), check: sysctl },
  {
    tool: 'journald',
    isFor: (path) => path.startsWith('/etc/systemd/journald.conf.d/'),
    check: keysOf(['/usr/lib/systemd/systemd-journald', '/lib/systemd/systemd-journald']),
  },
  {
    tool: 'systemd',
    isFor: (path) => path.startsWith('/etc/systemd/system.conf.d/'),
    check: keysOf([
      '/usr/lib/systemd/systemd',
      '/lib/systemd/systemd',
      ...libs.flatMap((lib) => [252, 254, 255, 256, 257, 258].map((n) => `${lib}/libsystemd-core-${n}.so`)),
    ]),
  },
  {
    tool: 'systemd-sysusers',
    isFor: (path) => path.startsWith('/etc/sysusers.d/'),
    check: async ({ here }) =>
      mustSucceed({ command: 'systemd-sysusers', args: ['--dry-run', here] }, 'systemd'),
  },
  {
    tool: 'sshd',
    isFor: (path) => path.startsWith('/etc/ssh/sshd_config.d/'),
    check: sshd,
  },
  {
    tool: 'sh',
    isFor: (path) => path.endsWith('.sh') || path.includes('/initramfs-tools/scripts/'),
    check: async ({ here }) => mustSucceed({ command: 'sh', args: ['-n', here] }, 'dash'),
  },
  {
    tool: 'findmnt',
    isFor: (path) => path === '/etc/fstab',
    check: async ({ here }) =>
      mustSucceed({ command: 'findmnt', args: ['--verify', '--tab-file', here] }, 'util-linux'),
  },
]

async function sshd({ here, scratch }: FileToCheck): Promise<string[]> {
  const key = join(scratch, 'host_key')
  await mustSucceed(
    { command: 'ssh-keygen', args: ['-q', '-t', 'ed25519', '-N', '', '-f', key] },
    'openssh-client',
  )
  const command = '/usr/sbin/sshd'
  const said = await mustSucceed({ command, args: ['-t', '-h', key, '-f', here] }, 'openssh-server')
  // Of this machine, where no sshd runs; its file is read by then.
  return said.filter((line) => !line.startsWith('Missing privilege separation directory'))
}
