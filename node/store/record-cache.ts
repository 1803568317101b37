import type { StoredRecord } from './record-store.ts'

/** Opened records, the least recently used ones dropped beyond a number of sealed bytes. */
export class RecordCache {
  readonly #maxBytes: number
  /** In the order of their last use, oldest first: a Map lists its keys as they were set. */
  readonly #records = new Map<string, StoredRecord>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get(cid: string): StoredRecord | undefined {
    const stored = this.#records.get(cid)
    if (stored === undefined) return undefined
    this.#records.delete(cid)
    this.#records.set(cid, stored)
    return stored
  }

  set(stored: StoredRecord): void {
    if (this.#records.has(stored.record.cid)) return
    this.#records.set(stored.record.cid, stored)
    this.#bytes += sizeOf(stored)
    for (const [cid, oldest] of this.#records) {
      if (this.#bytes <= this.#maxBytes) return
      this.#records.delete(cid)
      this.#bytes -= sizeOf(oldest)
    }
  }
}

function sizeOf({ record, intake }: StoredRecord): number {
  return record.bytes.length + (intake?.length ?? 0)
}
