import * as nodeFs from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError } from './errors.ts'

/** The part of `node:fs/promises` that stores use: tests put one that fails in its place. */
export type FileSystem = Pick<
  typeof nodeFs,
  'lstat' | 'mkdir' | 'open' | 'readdir' | 'rename' | 'rm' | 'stat' | 'statfs'
>

export const nodeFileSystem: FileSystem = nodeFs

const FULL_CODES = new Set(['ENOSPC', 'EDQUOT'])
const UNWRITABLE_CODES = new Set(['EACCES', 'EPERM', 'EROFS'])
/** What a worn card answers; EBADMSG and EUCLEAN are ext4's own words for a block that fails its checksum. */
const FAILING_CODES = new Set(['EIO', 'EBADMSG', 'EUCLEAN'])

/** The `code` of a system error, or undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Puts an error of the file system into a line that says what to do; any other error is given back as it is. */
export function storeErrorOf(cause: unknown, path: string): unknown {
  const code = systemCode(cause)
  if (code === undefined) return cause
  if (FULL_CODES.has(code)) {
    return new StoreError(
      'disk-full',
      `the disk of ${path} is full: free some space, run 'mesh-art gc', or use a larger card`,
      { cause },
    )
  }
  if (UNWRITABLE_CODES.has(code)) {
    return new StoreError(
      'disk-unwritable',
      `${path} cannot be written (${code}): give this user the right to write there, or choose another --data-dir`,
      { cause },
    )
  }
  if (FAILING_CODES.has(code)) {
    return new StoreError(
      'disk-unwritable',
      `the disk of ${path} fails (${code}): replace the card; the content comes back from neighbours`,
      { cause },
    )
  }
  return cause
}

/**
 * Makes a directory, and those above it where they are missing. Unlike `mkdir` with `recursive` it tells the true error of a
 * read-only disk, and ends where a file system takes no directories (`/proc`).
 */
export async function makeDirectory(
  path: string,
  { fs = nodeFileSystem, mode = 0o777 }: { fs?: FileSystem; mode?: number } = {},
): Promise<void> {
  try {
    await fs.mkdir(path, { mode })
  } catch (error) {
    const parent = dirname(path)
    if (systemCode(error) === 'ENOENT' && parent !== path) {
      await makeDirectory(parent, { fs })
      await fs.mkdir(path, { mode })
    } else if (!(await isDirectory(path, fs))) {
      throw error
    }
  }
}

async function isDirectory(path: string, fs: FileSystem): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory()
  } catch {
    // The caller has an error that says more.
    return false
  }
}

/** Makes what was renamed into, or created in, a directory survive power loss: POSIX promises it after this call only. */
export async function syncDirectory(path: string, fs: FileSystem = nodeFileSystem): Promise<void> {
  const directory = await fs.open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Writes a new file whose content is on the disk on return; its name is durable only after `syncDirectory`. */
export async function writeSynced(
  path: string,
  content: Uint8Array | string,
  { fs = nodeFileSystem, mode = 0o644 }: { fs?: FileSystem; mode?: number } = {},
): Promise<void> {
  const file = await fs.open(path, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Writes a file that is there whole or not at all, whenever the power fails. An existing file is replaced.
 * @throws {StoreError} `disk-full`, `disk-unwritable`
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array | string,
  { fs = nodeFileSystem, mode = 0o644 }: { fs?: FileSystem; mode?: number } = {},
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    // A process that died may have had the same number.
    await fs.rm(temporary, { force: true })
    await writeSynced(temporary, content, { fs, mode })
    await fs.rename(temporary, path)
    await syncDirectory(dirname(path), fs)
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => {
      // The first error is the one to tell; a left-over temporary file harms nobody and is replaced next time.
    })
    throw storeErrorOf(error, path)
  }
}
