import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

export interface DiskImageInit {
  readonly path: string
  /** What it holds. */
  readonly folder: string
  readonly label: string
  /** Sparse: what is not used takes no room. */
  readonly sizeMiB: number
}

/** An ext4 file system in a file, without a loop device. */
export function makeDiskImage({ path, folder, label, sizeMiB }: DiskImageInit): void {
  rmSync(path, { force: true })
  const options = ['-t', 'ext4', '-q', '-F', '-m', '0', '-L', label, '-O', '^has_journal', '-d', folder]
  execFileSync('/usr/sbin/mke2fs', [...options, path, `${sizeMiB}M`], { stdio: ['ignore', 'ignore', 'pipe'] })
}
