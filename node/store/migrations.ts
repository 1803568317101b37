import type { DatabaseSync } from 'node:sqlite'
import { StoreError } from './errors.ts'

/**
 * Steps of the record database, applied in order from `PRAGMA user_version`. A step that was released is never edited:
 * databases exist that have it.
 */
export const migrations: readonly string[] = [
  // 1: `kind` repeats what the envelope says, so that a kind can be listed without opening every record. `intake_sum` is
  // the SHA-256 of the intake and its node: SQLite has no checksums, and only the envelope is guarded by its CID.
  `CREATE TABLE records (
     cid TEXT NOT NULL PRIMARY KEY,
     kind TEXT NOT NULL,
     envelope BLOB NOT NULL,
     intake BLOB,
     intake_node TEXT,
     intake_sum BLOB NOT NULL
   ) STRICT;
   CREATE INDEX records_by_kind ON records (kind, cid);`,
  // 2: the rows of a kind in the order they came, which is that of their rowid: every index ends in it.
  `CREATE INDEX records_heard ON records (kind);`,
]

/**
 * Brings a database to the newest version, each step in a transaction of its own.
 * @throws {StoreError} `database-newer`
 */
export function migrate(database: DatabaseSync, path: string, steps: readonly string[] = migrations): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > steps.length) {
    throw new StoreError(
      'database-newer',
      `${path} was written by a newer mesh-art (database version ${version}, this one knows ${steps.length}): ` +
        'start the newer program, or choose another --data-dir',
    )
  }
  for (const [done, step] of steps.entries()) {
    if (done < version) continue
    database.exec('BEGIN IMMEDIATE')
    try {
      database.exec(step)
      database.exec(`PRAGMA user_version = ${done + 1}`)
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
}
