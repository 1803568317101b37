import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Debian's package, and the program of it that is needed. */
export interface HostTool {
  readonly package: string
  readonly command: string
}

/** Programs that make a card. */
export const imageTools: readonly HostTool[] = [
  { package: 'mmdebstrap', command: 'mmdebstrap' },
  { package: 'debian-archive-keyring', command: '/usr/share/keyrings/debian-archive-keyring.gpg' },
  { package: 'dpkg', command: 'dpkg-deb' },
  { package: 'kmod', command: 'depmod' },
  { package: 'systemd', command: 'systemd-sysusers' },
  { package: 'squashfs-tools', command: 'mksquashfs' },
  { package: 'dosfstools', command: 'mkfs.vfat' },
  { package: 'mtools', command: 'mcopy' },
  { package: 'e2fsprogs', command: 'mke2fs' },
  { package: 'xz-utils', command: 'xz' },
  { package: 'npm', command: 'npm' },
]

/** Runs another architecture's programs while its packages are set up. */
export const emulationTool: HostTool = { package: 'qemu-user-static', command: 'qemu-aarch64-static' }

/** What of these is not here. */
export function missingTools(
  tools: readonly HostTool[],
  searchPath: string = process.env['PATH'] ?? '',
): HostTool[] {
  const folders = [...searchPath.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  const isThere = (path: string, mode: number): boolean => {
    try {
      accessSync(path, mode)
      return true
    } catch {
      return false
    }
  }
  return tools.filter(({ command }) =>
    command.startsWith('/')
      ? !isThere(command, constants.R_OK)
      : !folders.some((folder) => folder !== '' && isThere(join(folder, command), constants.X_OK)),
  )
}
