import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDirectory, storeErrorOf, systemCode } from './durable-files.ts'
import { StoreError } from './errors.ts'
import { isBusy, storeErrorOfSqlite } from './sqlite-errors.ts'

/** Where a node keeps everything. Held by one process at a time, until it closes it or ends. */
export interface DataDir {
  /** Absolute. */
  readonly path: string
  /** FileChunkStore */
  readonly chunks: string
  /** SqliteRecordStore */
  readonly records: string
  /** Only this user may look into it. */
  readonly keys: string
  readonly nodeKey: string
  close(): void
}

/**
 * Opens or creates a data directory and locks it.
 * @throws {StoreError} `in-use`, `disk-full`, `disk-unwritable`
 */
export async function openDataDir(dir: string): Promise<DataDir> {
  const path = resolve(dir)
  const keys = join(path, 'keys')
  try {
    await makeDirectory(path)
    const lock = lockDirectory(path)
    try {
      await makeDirectory(keys, { mode: 0o700 })
    } catch (error) {
      lock.close()
      throw error
    }
    return {
      path,
      chunks: join(path, 'chunks'),
      records: join(path, 'records.sqlite'),
      keys,
      nodeKey: join(keys, 'node.key'),
      close: () => {
        if (lock.isOpen) lock.close()
      },
    }
  } catch (error) {
    const told = storeErrorOf(error, path)
    const code = systemCode(told)
    // A file in the way, a link to a stick that is not there.
    if (told instanceof StoreError || code === undefined) throw told
    throw new StoreError(
      'disk-unwritable',
      `${path} cannot be made (${code}): choose another --data-dir, or make the folders above it`,
      { cause: error },
    )
  }
}

/**
 * An exclusive transaction on an empty database, which writes nothing and never ends: the system's own file lock, which goes
 * with the process however it dies. A file with a process number would outlive it, and the number would be given out again.
 */
function lockDirectory(dir: string): DatabaseSync {
  const file = join(dir, 'lock')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file)
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock?.close()
    if (isBusy(cause)) {
      throw new StoreError(
        'in-use',
        `another node already runs on ${dir}: stop it, or choose another --data-dir`,
        {
          cause,
        },
      )
    }
    throw storeErrorOfSqlite(cause, file)
  }
}
