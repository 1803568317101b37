import type { Did } from '../../artworks/format/did-key.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'

/** A record as it is kept: opened, with the sealed intake it came in with (null for the steward's own records). */
export interface StoredRecord {
  readonly record: OpenedRecord
  /** Sealed intake (artworks/format/intake.ts), or null. */
  readonly intake: Uint8Array | null
  /** Node that took it in (did:key), as the intake says; null for the steward's own records. */
  readonly intakeNode: Did | null
}

/** A record with its place in the order in which this node heard of them: no clock, and another node has another order. */
export interface HeardRecord extends StoredRecord {
  readonly at: number
}

/**
 * The set of records of one exhibition. Records are only ever added, and must have been opened with `openRecord`: a store
 * does not check signatures. Every method throws {StoreError} `database-damaged`, `disk-full` or `disk-unwritable` when the
 * disk fails. Every implementation passes
 * tests/node/store/record-store-compliance.ts.
 */
export interface RecordStore {
  /** Keeps a record durably; a record already there is left as it is. @returns whether it was new */
  add(stored: StoredRecord): boolean
  /**
   * Keeps many records at the cost of one: all are durable on return, or, after an error, none.
   * @returns those that were new, in the order given
   */
  addAll(stored: readonly StoredRecord[]): StoredRecord[]
  get(cid: string): StoredRecord | undefined
  has(cid: string): boolean
  /** Records in the order of their CIDs, after `after`, of one kind if given. */
  list(options?: { kind?: string; after?: string; limit?: number }): StoredRecord[]
  /** Records of some kinds, the one heard last first; `before` is the place of one that was given earlier. */
  heard(options: { kinds: readonly string[]; before?: number; limit: number }): HeardRecord[]
  /** Every record, in no order; opened lazily. */
  all(): Iterable<StoredRecord>
  size(): number
  close(): void
}
