import type { HeardRecord, RecordStore, StoredRecord } from './record-store.ts'

/** Records in memory, for tests and simulations. */
export class MemoryRecordStore implements RecordStore {
  readonly #records = new Map<string, StoredRecord>()

  add(stored: StoredRecord): boolean {
    if (this.#records.has(stored.record.cid)) return false
    this.#records.set(stored.record.cid, stored)
    return true
  }

  addAll(stored: readonly StoredRecord[]): StoredRecord[] {
    return stored.filter((one) => this.add(one))
  }

  get(cid: string): StoredRecord | undefined {
    return this.#records.get(cid)
  }

  has(cid: string): boolean {
    return this.#records.has(cid)
  }

  list(options: { kind?: string; after?: string; limit?: number } = {}): StoredRecord[] {
    const { kind, after = '', limit } = options
    return [...this.#records.values()]
      .filter(({ record }) => record.cid > after && (kind === undefined || record.kind === kind))
      .sort((a, b) => (a.record.cid < b.record.cid ? -1 : 1))
      .slice(0, limit)
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
    return [...this.#records.values()]
      .map((stored, i) => ({ ...stored, at: i + 1 }))
      .filter(({ record, at }) => kinds.includes(record.kind) && at < (before ?? Number.POSITIVE_INFINITY))
      .reverse()
      .slice(0, limit)
  }

  /** Of the records there are when it is asked: records added while it is read do not join. */
  all(): Iterable<StoredRecord> {
    return [...this.#records.values()]
  }

  size(): number {
    return this.#records.size
  }

  close(): void {}
}
