import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { isBlock } from '../../artworks/format/dag.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openTrustedRecord, sameBytes } from '../../artworks/format/envelope.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import { sha256 } from './block-hash.ts'
import { migrate } from './migrations.ts'
import { RecordCache } from './record-cache.ts'
import type { HeardRecord, RecordStore, StoredRecord } from './record-store.ts'
import { damagedDatabase, storeErrorOfSqlite } from './sqlite-errors.ts'

export const sqliteRecordStoreLimits = Object.freeze({
  /** Sealed bytes of the opened records kept in memory; about four thousand usual ones. */
  cacheBytes: 8 * 1024 * 1024,
  /** Rows read at once by `all()`: what it needs of memory, and how long it may block. */
  pageRows: 256,
})

export interface SqliteRecordStoreOptions {
  readonly logger?: Logger
}

interface Row {
  readonly cid: string
  readonly envelope: Uint8Array
  readonly intake: Uint8Array | null
  readonly intake_node: string | null
  readonly intake_sum: Uint8Array
}

const COLUMNS = 'cid, envelope, intake, intake_node, intake_sum'

/**
 * Records in one SQLite file. The signature of a record was checked before it was added and is not checked again: on the way
 * out its bytes are compared with its CID, so that a card's flipped bit is never passed on under somebody's name. Such a row
 * is dropped, and the record comes back from a neighbour.
 */
export class SqliteRecordStore implements RecordStore {
  readonly #path: string
  readonly #logger: Logger | undefined
  readonly #database: DatabaseSync
  readonly #cache = new RecordCache(sqliteRecordStoreLimits.cacheBytes)
  readonly #insert: StatementSync
  readonly #select: StatementSync
  readonly #exists: StatementSync
  readonly #count: StatementSync
  readonly #drop: StatementSync
  readonly #page: StatementSync
  readonly #pageOfKind: StatementSync
  readonly #heard: StatementSync

  private constructor(path: string, database: DatabaseSync, logger: Logger | undefined) {
    this.#path = path
    this.#logger = logger
    this.#database = database
    this.#insert = database.prepare(
      'INSERT INTO records (cid, kind, envelope, intake, intake_node, intake_sum) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    )
    this.#select = database.prepare(`SELECT ${COLUMNS} FROM records WHERE cid = ?`)
    this.#exists = database.prepare('SELECT 1 FROM records WHERE cid = ?')
    this.#count = database.prepare('SELECT count(*) AS size FROM records')
    this.#drop = database.prepare('DELETE FROM records WHERE cid = ?')
    this.#page = database.prepare(`SELECT ${COLUMNS} FROM records WHERE cid > ? ORDER BY cid LIMIT ?`)
    this.#pageOfKind = database.prepare(
      `SELECT ${COLUMNS} FROM records WHERE kind = ? AND cid > ? ORDER BY cid LIMIT ?`,
    )
    this.#heard = database.prepare(
      `SELECT rowid AS at, ${COLUMNS} FROM records WHERE kind = ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
    )
  }

  /**
   * Opens or creates the database and checks its structure.
   * @throws {StoreError} `database-newer`, `database-damaged`, `disk-full`, `disk-unwritable`, `in-use`
   */
  static async open(path: string, options: SqliteRecordStoreOptions = {}): Promise<SqliteRecordStore> {
    let database: DatabaseSync | undefined
    try {
      database = new DatabaseSync(path)
      // WAL: one sync a commit. FULL: with it, so that a record that was announced survives a loss of power.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      const [finding] = database.prepare('PRAGMA quick_check(1)').all()
      if (finding?.['quick_check'] !== 'ok') throw damagedDatabase(path)
      migrate(database, path)
      return new SqliteRecordStore(path, database, options.logger)
    } catch (error) {
      database?.close()
      throw storeErrorOfSqlite(error, path)
    }
  }

  add(stored: StoredRecord): boolean {
    return this.addAll([stored]).length === 1
  }

  addAll(stored: readonly StoredRecord[]): StoredRecord[] {
    if (stored.length === 0) return []
    return this.#guard(() => {
      this.#database.exec('BEGIN IMMEDIATE')
      try {
        const added = stored.filter((one) => this.#insertOne(one))
        this.#database.exec('COMMIT')
        for (const one of added) this.#cache.set(one)
        return added
      } catch (error) {
        // SQLite rolls back by itself on some errors (a full disk among them).
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
        throw error
      }
    })
  }

  get(cid: string): StoredRecord | undefined {
    const cached = this.#cache.get(cid)
    if (cached !== undefined) return cached
    const row = this.#guard(() => this.#select.get(cid)) as unknown as Row | undefined
    return row === undefined ? undefined : this.#open(row)
  }

  has(cid: string): boolean {
    return this.#guard(() => this.#exists.get(cid)) !== undefined
  }

  list(options: { kind?: string; after?: string; limit?: number } = {}): StoredRecord[] {
    const { limit = Number.MAX_SAFE_INTEGER } = options
    const found: StoredRecord[] = []
    let after = options.after ?? ''
    // More than one page only where damaged rows were left out.
    while (found.length < limit) {
      const asked = limit - found.length
      const rows = this.#rows(options.kind, after, asked)
      for (const row of rows) {
        const stored = this.#open(row)
        if (stored !== undefined) found.push(stored)
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < asked) break
      after = last.cid
    }
    return found
  }

  heard({
    kinds,
    before,
    limit,
  }: {
    kinds: readonly string[]
    before?: number
    limit: number
  }): HeardRecord[] {
    const rows = kinds.flatMap(
      (kind) =>
        this.#guard(() =>
          this.#heard.all(kind, before ?? Number.MAX_SAFE_INTEGER, limit),
        ) as unknown as (Row & {
          readonly at: number
        })[],
    )
    return rows
      .sort((a, b) => b.at - a.at)
      .slice(0, limit)
      .flatMap((row) => {
        const stored = this.#open(row)
        return stored === undefined ? [] : [{ ...stored, at: row.at }]
      })
  }

  *all(): Iterable<StoredRecord> {
    let after = ''
    for (;;) {
      const rows = this.#rows(undefined, after, sqliteRecordStoreLimits.pageRows)
      for (const row of rows) {
        const stored = this.#open(row)
        if (stored !== undefined) yield stored
      }
      const last = rows.at(-1)
      if (last === undefined) return
      after = last.cid
    }
  }

  size(): number {
    return Number(this.#guard(() => this.#count.get())?.['size'])
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #insertOne({ record, intake, intakeNode }: StoredRecord): boolean {
    const sum = intakeSum(intake, intakeNode)
    return this.#insert.run(record.cid, record.kind, record.bytes, intake, intakeNode, sum).changes === 1
  }

  #rows(kind: string | undefined, after: string, limit: number): Row[] {
    return this.#guard(() =>
      kind === undefined ? this.#page.all(after, limit) : this.#pageOfKind.all(kind, after, limit),
    ) as unknown as Row[]
  }

  /** @returns the record; undefined for a row that is not what was stored, which is dropped, or that cannot be read here */
  #open(row: Row): StoredRecord | undefined {
    const cached = this.#cache.get(row.cid)
    if (cached !== undefined) return cached
    if (!isIntact(row)) {
      this.#logger?.warn({ cid: row.cid }, 'a stored record is damaged and is dropped')
      this.#guard(() => this.#drop.run(row.cid))
      return undefined
    }
    try {
      const stored: StoredRecord = {
        record: openTrustedRecord(row.envelope, row.cid),
        intake: row.intake,
        intakeNode: row.intake_node as Did | null,
      }
      this.#cache.set(stored)
      return stored
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      // Intact, so another version of this program took it and may want it back: it stays, and is not shown.
      this.#logger?.debug({ cid: row.cid, err: error }, 'a stored record is not understood')
      return undefined
    }
  }

  #guard<T>(task: () => T): T {
    try {
      return task()
    } catch (error) {
      throw storeErrorOfSqlite(error, this.#path)
    }
  }
}

function intakeSum(intake: Uint8Array | null, node: string | null): Uint8Array {
  return sha256(Buffer.concat([intake ?? new Uint8Array(), Buffer.from(node ?? '')]))
}

function isIntact({ cid, envelope, intake, intake_node: node, intake_sum: sum }: Row): boolean {
  return isBlock(CID.parse(cid), envelope, sha256) && sameBytes(intakeSum(intake, node), sum)
}
