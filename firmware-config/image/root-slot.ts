import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Rendered } from '../render/rendered-file.ts'
import { slotBootFolder } from '../slots/fill-slot.ts'
import { runProgram } from './run-program.ts'

/** The node's user owns the data partition: its number is the same on every card, whatever else a release brings. */
export const nodeUserId = 890

/** Puts a node's rendered files into a system that is not running, with what a first start would make of them. */
export async function placeRendered(root: string, files: readonly Rendered[], epoch: number): Promise<void> {
  for (const file of files) {
    const path = join(root, file.path)
    await mkdir(dirname(path), { recursive: true })
    await rm(path, { recursive: true, force: true })
    if ('link' in file) await symlink(file.link, path)
    else {
      await writeFile(path, file.content, { mode: file.mode })
      await chmod(path, file.mode)
    }
  }
  const users = join(root, 'etc/sysusers.d/mesh-art.conf')
  await writeFile(
    users,
    (await readFile(users, 'utf8')).replace(/^u mesh-art -/m, `u mesh-art ${nodeUserId}`),
  )
  await runProgram({
    command: 'systemd-sysusers',
    args: [`--root=${root}`],
    env: { SOURCE_DATE_EPOCH: String(epoch) },
  })
  for (const name of ['passwd-', 'group-', 'shadow-', 'gshadow-', '.pwd.lock'])
    await rm(join(root, 'etc', name), { force: true })
  await mkdir(join(root, 'var/lib/mesh-art'), { recursive: true })
}

/** Puts into a system what starts it, so that a slot is whole by itself: an update brings that out to the boot partition. */
export async function placeBoot(root: string, contents: ReadonlyMap<string, string>): Promise<void> {
  const to = join(root, slotBootFolder)
  await mkdir(to, { recursive: true })
  for (const [path, source] of contents) {
    const [slot, name] = path.split('/')
    if (slot !== 'a' || name === undefined) continue
    await cp(source, join(to, name))
    await chmod(join(to, name), 0o644)
  }
}

/** A file system that cannot be written, of all that is in a folder: the same folder gives the same bytes. */
export async function packSlot(options: {
  readonly root: string
  readonly file: string
  readonly epoch: number
  readonly onLine?: (line: string) => void
  readonly signal?: AbortSignal
}): Promise<void> {
  const { root, file, epoch, onLine = () => {}, signal } = options
  await runProgram({
    command: 'mksquashfs',
    args: [
      root,
      file,
      ...['-noappend', '-no-xattrs', '-no-progress', '-quiet'],
      ...['-comp', 'zstd', '-Xcompression-level', '9', '-b', '256K'],
      ...['-all-time', String(epoch), '-mkfs-time', String(epoch)],
    ],
    onLine,
    ...(signal === undefined ? {} : { signal }),
  })
}
