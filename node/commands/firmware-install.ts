import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { applyRendered, undoRendered } from '../cli/apply-rendered.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { note, print } from '../cli/output.ts'
import { manifestName, rootFolder } from '../cli/write-rendered.ts'
import { programDir } from '../version.ts'

interface Options {
  root?: string
  undo?: boolean
  dryRun?: boolean
  program: boolean
  closeSsh?: boolean
}

/** What the rendered files start, and Debian's package that brings it. */
const needed: readonly (readonly [string, string, string])[] = [
  ['/usr/sbin/hostapd', 'hostapd', '/etc/mesh-art/hotspot.conf'],
  ['/usr/sbin/dnsmasq', 'dnsmasq-base', '/etc/mesh-art/dns.conf'],
  ['/usr/sbin/nft', 'nftables', '/etc/mesh-art/firewall.nft'],
  ['/usr/sbin/wpa_supplicant', 'wpasupplicant', '/etc/mesh-art/mesh.conf'],
  ['/usr/sbin/chronyd', 'chrony', '/etc/chrony/chrony.conf'],
  ['/usr/sbin/iw', 'iw', '/etc/mesh-art/hotspot.conf'],
  ['/usr/bin/cage', 'cage', '/etc/systemd/system/mesh-art-screen.service'],
  ['/usr/bin/chromium', 'chromium', '/etc/systemd/system/mesh-art-screen.service'],
]

export function firmwareInstallCommand(): Command {
  return new Command('install')
    .description('makes this computer, which runs Debian or Raspberry Pi OS, the node that was rendered')
    .argument('[dir]', "the node's folder, as firmware render wrote it")
    .option('--undo', 'takes all of it away and puts back what was there; works stay')
    .option('--root <dir>', 'into the system below a folder, a mounted card for example')
    .option('--no-program', 'the files alone, without installing the program of this checkout')
    .option('--close-ssh', 'goes on although it will shut the SSH connection it was started from')
    .option('--dry-run', 'says what it would do, and changes nothing')
    .addHelpText(
      'after',
      `
May be run again: it changes what is different, and keeps what it replaces. Afterwards, restart the computer.

Examples:
  sudo mesh-art firmware install cards/foyer
  sudo mesh-art firmware install --undo`,
    )
    .action(install)
}

async function install(dir: string | undefined, options: Options): Promise<void> {
  const root = resolve(options.root ?? '/')
  const isHere = root === '/'
  const dryRun = options.dryRun === true
  if (isHere && !dryRun && process.getuid?.() !== 0)
    throw new CommandError('must run as root: sudo mesh-art firmware install …')
  if (!existsSync(root)) throw new UsageError(`--root: ${options.root} is not there`)
  if (options.undo === true) {
    await undo(root, dryRun, options.program)
    return
  }
  if (dir === undefined)
    throw new UsageError("which node? Give its folder, as 'firmware render' wrote it; or --undo")
  const rendered = (path: string): boolean => existsSync(join(dir, rootFolder, path))
  if (!existsSync(join(dir, manifestName))) {
    throw new CommandError(
      `${dir} is no rendered node: mesh-art firmware render venue.yaml --out cards, then cards/NAME`,
    )
  }
  const missing = needed.filter(([program, , file]) => rendered(file) && !existsSync(join(root, program)))
  if (missing.length > 0) {
    throw new CommandError(
      `programs are missing that the node needs: apt-get install --no-install-recommends ${missing.map(([, name]) => name).join(' ')}`,
    )
  }
  const isSshKept = rendered('/etc/mesh-art/authorized_keys')
  if (isHere && !isSshKept && process.env['SSH_CONNECTION'] !== undefined && options.closeSsh !== true) {
    throw new CommandError(
      'this is an SSH connection, and venue.yaml turns SSH off: give services.ssh.keys there, or --close-ssh',
    )
  }
  const applied = await applyRendered(resolve(dir), root, { dryRun })
  const verb = dryRun ? 'would change' : 'changed'
  for (const path of applied.changed) print(`${verb} ${path}`)
  for (const path of applied.removed) print(`${dryRun ? 'would take away' : 'took away'} ${path}`)
  if (options.program) runInstaller([...rootArgs(root), ...(dryRun ? ['--dry-run'] : [])])
  if (dryRun) return
  print(
    `${applied.node}: ${applied.changed.length === 0 ? 'everything was in its place' : 'everything is in its place'}`,
  )
  if (isHere) note('Restart the computer: it comes back as the node.')
}

async function undo(root: string, dryRun: boolean, program: boolean): Promise<void> {
  const paths = await undoRendered(root, { dryRun })
  if (paths === null) note('nothing of a rendered node is here')
  for (const path of paths ?? []) print(`${dryRun ? 'would take away' : 'took away'} ${path}`)
  if (program) runInstaller(['--uninstall', ...rootArgs(root), ...(dryRun ? ['--dry-run'] : [])])
  if (!dryRun && root === '/') note('Restart the computer: it comes back as it was.')
}

const rootArgs = (root: string): string[] => (root === '/' ? [] : ['--root', root])

/** The program itself, its user and its unit: firmware-config/install.sh knows how. */
function runInstaller(args: readonly string[]): void {
  const script = join(programDir, 'firmware-config', 'install.sh')
  const { status } = spawnSync('sh', [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new CommandError('the program was not installed: see above')
}
