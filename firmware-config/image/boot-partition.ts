import { mkdir, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BoardId } from '../schema/boards.ts'
import { bootFiles, deviceTrees, startsBy } from './boot-files.ts'
import type { CardIdentity } from './card-identity.ts'
import { hex32 } from './card-identity.ts'
import { ImageError } from './image-error.ts'
import { runProgram } from './run-program.ts'
import { makeInitramfs } from './unpack-kernel.ts'

const script = (name: string): Promise<Uint8Array> => readFile(join(import.meta.dirname, name))

/** Loaders of UEFI, by where its specification has a removable disk's. */
const efiLoaders = {
  'systemd-bootx64.efi': 'EFI/BOOT/BOOTX64.EFI',
  'systemd-bootaa64.efi': 'EFI/BOOT/BOOTAA64.EFI',
}

/** What lies on the boot partition of a new card: path, and the file that is copied there. */
export async function bootContents(options: {
  readonly board: BoardId
  readonly diskId: number
  /** Of the base system. */
  readonly boot: string
  /** Texts are written there first. */
  readonly work: string
}): Promise<Map<string, string>> {
  const { board, diskId, boot, work } = options
  await mkdir(work, { recursive: true })
  const initrd = join(work, 'initrd')
  const scripts = { init: await script('init.sh'), spendTry: await script('spend-try.sh') }
  await writeFile(initrd, await makeInitramfs(boot, scripts))
  const contents = new Map([
    ['a/vmlinuz', join(boot, 'vmlinuz')],
    ['a/initrd', initrd],
  ])
  for (const { path, text } of bootFiles(board, diskId)) {
    const file = join(work, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    contents.set(path, file)
  }
  const list = (folder: string): Promise<string[]> => readdir(join(boot, folder)).catch(() => [])
  if (startsBy(board) === 'uefi') {
    for (const name of await list('efi')) {
      const path = efiLoaders[name as keyof typeof efiLoaders]
      if (path !== undefined) contents.set(path, join(boot, 'efi', name))
    }
    return contents
  }
  for (const name of await list('pi')) if (isNeeded(name, board)) contents.set(name, join(boot, 'pi', name))
  const trees = (await list('dtb')).filter((name) => deviceTrees[board].includes(name))
  if (trees.length === 0) throw new ImageError(`the locked kernel brings no device tree of ${board}`)
  for (const name of trees) contents.set(`a/${name}`, join(boot, 'dtb', name))
  return contents
}

/** With 16 MiB for the graphics processor, the small ones (`cd`) are what it reads. A Pi 5 has them in its own memory. */
function isNeeded(name: string, board: BoardId): boolean {
  if (board === 'pi-5') return false
  const small =
    board === 'pi-4' ? ['start4cd.elf', 'fixup4cd.dat'] : ['start_cd.elf', 'fixup_cd.dat', 'bootcode.bin']
  return small.includes(name)
}

/** A FAT32 of exactly these files, in the order of their paths, all of one time. */
export async function makeBootPartition(options: {
  readonly contents: ReadonlyMap<string, string>
  readonly file: string
  readonly bytes: number
  readonly identity: CardIdentity
  readonly epoch: number
}): Promise<void> {
  const { contents, file, bytes, identity, epoch } = options
  const env = { SOURCE_DATE_EPOCH: String(epoch), MTOOLS_SKIP_CHECK: '1', MTOOLSRC: '/dev/null' }
  await writeFile(file, '')
  await truncate(file, bytes)
  await runProgram({
    command: 'mkfs.vfat',
    args: ['--invariant', '-F', '32', '-i', hex32(identity.volumeId), '-n', 'MESHARTBOOT', file],
    env,
  })
  const folders = new Set<string>()
  for (const [path, source] of [...contents].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = path.split('/')
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/')
      if (!folders.has(folder)) await runProgram({ command: 'mmd', args: ['-i', file, `::${folder}`], env })
      folders.add(folder)
    }
    await utimes(source, epoch, epoch)
    await runProgram({ command: 'mcopy', args: ['-m', '-i', file, source, `::${path}`], env })
  }
}
