import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreError } from './errors.ts'

/** Primary result codes (https://www.sqlite.org/rescode.html); the low byte of an extended one. */
const SQLITE = {
  perm: 3,
  busy: 5,
  locked: 6,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  notadb: 26,
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error)
  return code === SQLITE.busy || code === SQLITE.locked
}

/** What to do about a damaged database, for every place that finds one. */
export function damagedDatabase(path: string, options?: ErrorOptions): StoreError {
  return new StoreError(
    'database-damaged',
    `${path} is damaged: move it and the files beside it that start with its name away, and start again; ` +
      'the records come back from neighbours',
    options,
  )
}

/** Puts an error of SQLite into a line that says what to do; any other error is given back as it is. */
export function storeErrorOfSqlite(cause: unknown, path: string): unknown {
  switch (resultCode(cause) ?? 0) {
    case SQLITE.corrupt:
    case SQLITE.notadb:
      return damagedDatabase(path, { cause })
    case SQLITE.full:
      return fullDisk(path, cause)
    case SQLITE.busy:
    case SQLITE.locked:
      return new StoreError('in-use', `another process uses ${path}: stop it, or choose another --data-dir`, {
        cause,
      })
    case SQLITE.perm:
    case SQLITE.readonly:
    case SQLITE.ioerr:
    case SQLITE.cantopen:
      // A full disk shows as one of these when a file beside the database cannot grow.
      if (isFull(path)) return fullDisk(path, cause)
      return new StoreError(
        'disk-unwritable',
        `${path} cannot be opened and written (${cause instanceof Error ? cause.message : String(cause)}): ` +
          'give this user the right to write there, or choose another --data-dir',
        { cause },
      )
    default:
      return cause
  }
}

/** Less than SQLite writes at once: a few pages and the index of its log. */
const FULL_BELOW_BYTES = 64 * 1024

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize < FULL_BELOW_BYTES
  } catch {
    // The error that led here says more.
    return false
  }
}

function fullDisk(path: string, cause: unknown): StoreError {
  return new StoreError(
    'disk-full',
    `the disk of ${path} is full: free some space, run 'mesh-art gc', or use a larger card`,
    { cause },
  )
}
