/**
 * What the tests need from the system, beyond npm. Run first by `npm test`: installs what is missing where it may
 * (root and apt), and otherwise names all of it in one message. So no test is skipped for want of a tool.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface SystemTool {
  /** Debian's name of the package that brings it. */
  readonly package: string
  readonly usedFor: string
  /** Any one of these commands will do; the first that is found is used. */
  readonly commands?: readonly string[]
  /** For what is no command: any one of these paths will do. */
  readonly paths?: readonly string[]
}

export const systemTools = [
  {
    package: 'chromium',
    commands: ['chromium', 'chromium-browser'],
    usedFor: 'tests/browser: the gallery in a real browser',
  },
  {
    package: 'fonts-liberation',
    paths: [
      '/usr/share/fonts/truetype/liberation',
      '/usr/share/fonts/truetype/liberation2',
      '/usr/share/fonts/truetype/dejavu',
    ],
    usedFor: 'tests/browser: fallback fonts, without which chromium draws no text',
  },
  { package: 'git', commands: ['git'], usedFor: 'tests/architecture: what belongs to the repository' },
  { package: 'iproute2', commands: ['ip'], usedFor: 'tests/integration: networks cut and healed' },
  { package: 'mount', commands: ['mount'], usedFor: 'tests/integration: a data directory that is full' },
  {
    package: 'util-linux',
    commands: ['unshare'],
    usedFor: 'tests/venue: namespaces, to run a real systemd in',
  },
  {
    package: 'prometheus',
    commands: ['promtool'],
    usedFor: 'tests/firmware-config: the alert rules for Prometheus',
  },
  {
    package: 'shellcheck',
    commands: ['shellcheck'],
    usedFor: 'tests/firmware-config: the installer',
  },
  {
    package: 'systemd',
    commands: ['systemd-analyze'],
    usedFor: 'tests/firmware-config: the hardened unit',
  },
  {
    package: 'busybox',
    commands: ['busybox'],
    usedFor: 'tests/firmware-config, tests/venue: the DHCP client of a phone',
  },
  {
    package: 'chrony',
    commands: ['chronyd'],
    usedFor: 'tests/firmware-config, tests/venue: reads its rendered file',
  },
  { package: 'curl', commands: ['curl'], usedFor: 'tests/venue: what a phone asks' },
  {
    package: 'dnsmasq-base',
    commands: ['dnsmasq'],
    usedFor: 'tests/firmware-config, tests/venue: addresses and names for phones',
  },
  {
    package: 'hostapd',
    commands: ['hostapd'],
    usedFor: 'tests/firmware-config, tests/venue: reads its rendered file',
  },
  {
    package: 'nftables',
    commands: ['nft'],
    usedFor: 'tests/firmware-config, tests/venue: the firewall',
  },
  {
    package: 'openssh-server',
    commands: ['sshd'],
    usedFor: 'tests/firmware-config, tests/venue: reads its rendered file',
  },
  {
    package: 'wpasupplicant',
    commands: ['wpa_supplicant'],
    usedFor: 'tests/firmware-config, tests/venue: reads its rendered file',
  },
  {
    package: 'squashfs-tools',
    commands: ['mksquashfs'],
    usedFor: 'tests/firmware-config: the parts of a card',
  },
  {
    package: 'dosfstools',
    commands: ['mkfs.vfat'],
    usedFor: 'tests/firmware-config: the parts of a card',
  },
  {
    package: 'mtools',
    commands: ['mcopy'],
    usedFor: 'tests/firmware-config: the parts of a card',
  },
  {
    package: 'e2fsprogs',
    commands: ['mke2fs'],
    usedFor: 'tests/firmware-config: the parts of a card',
  },
] as const satisfies readonly SystemTool[]

/** Debian leaves sbin out of an ordinary user's PATH. */
const sbinFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** Where a command is, or undefined. */
export function findCommand(command: string, searchPath = process.env['PATH'] ?? ''): string | undefined {
  for (const folder of [...searchPath.split(delimiter), ...sbinFolders]) {
    if (folder === '') continue
    const candidate = join(folder, command)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder: the next one may have it.
    }
  }
  return undefined
}

export function isPresent(
  tool: SystemTool,
  find: (command: string) => string | undefined = findCommand,
  exists: (path: string) => boolean = existsSync,
): boolean {
  return (
    (tool.commands ?? []).some((command) => find(command) !== undefined) || (tool.paths ?? []).some(exists)
  )
}

/** The command a person runs to get the packages; root needs no sudo. */
export function installCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

export function missingMessage(missing: readonly SystemTool[]): string {
  const lines = missing.map((tool) => `  ${tool.package.padEnd(18)} ${tool.usedFor}`)
  return [
    'The tests need packages of the system that are not installed:',
    ...lines,
    `On Debian or Raspberry Pi OS: ${installCommand(missing.map((tool) => tool.package))}`,
  ].join('\n')
}

function apt(args: readonly string[]): boolean {
  console.log(`$ apt-get ${args.join(' ')}`)
  // Another apt may be at work (unattended upgrades): wait for its lock rather than fail.
  const result = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return result.status === 0
}

/** True when every tool is there, after installing what was missing; false after saying what is still missing. */
export function ensureSystemTools(tools: readonly SystemTool[] = systemTools): boolean {
  const missing = tools.filter((tool) => !isPresent(tool))
  if (missing.length === 0) return true
  const mayInstall = process.getuid?.() === 0 && findCommand('apt-get') !== undefined
  if (mayInstall) {
    const packages = missing.map((tool) => tool.package)
    console.log(`Installing for the tests: ${packages.join(', ')}`)
    // Whether apt succeeded shows in what is there afterwards.
    if (apt(['update'])) apt(['install', '-y', '--no-install-recommends', ...packages])
  }
  const stillMissing = tools.filter((tool) => !isPresent(tool))
  if (stillMissing.length === 0) return true
  console.error(missingMessage(stillMissing))
  return false
}

if (import.meta.main) process.exitCode = ensureSystemTools() ? 0 : 1
