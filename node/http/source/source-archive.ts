import { lstat, open, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { sourceFiles } from './source-files.ts'
import { ustarEnd, ustarHeader, ustarPadding } from './ustar.ts'

const READ_BYTES = 64 * 1024

/**
 * A tar archive of the running program's own files, piece by piece, in the order of their paths.
 * @param folder the directory they are unpacked into
 * @throws when a file changes its size while it is read
 */
export async function* sourceArchive(directory: string, folder: string): AsyncGenerator<Uint8Array> {
  for (const path of await sourceFiles(directory)) yield* archived(join(directory, path), `${folder}/${path}`)
  yield ustarEnd
}

async function* archived(file: string, path: string): AsyncGenerator<Uint8Array> {
  let entry
  try {
    entry = await lstat(file)
  } catch {
    // Tracked by git and deleted here: it is not part of what runs.
    return
  }
  if (entry.isSymbolicLink()) {
    yield ustarHeader({ path, size: 0, executable: false, link: await readlink(file) })
    return
  }
  if (!entry.isFile()) return
  const handle = await open(file)
  try {
    const { size, mode } = await handle.stat()
    yield ustarHeader({ path, size, executable: (mode & 0o100) !== 0 })
    let left = size
    while (left > 0) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(READ_BYTES, left)))
      if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`)
      yield buffer.subarray(0, bytesRead)
      left -= bytesRead
    }
    yield ustarPadding(size)
  } finally {
    await handle.close()
  }
}
