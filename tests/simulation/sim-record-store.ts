import { StoreError } from '../../node/store/errors.ts'
import { MemoryRecordStore } from '../../node/store/memory-record-store.ts'
import type { StoredRecord } from '../../node/store/record-store.ts'

/** Records that outlive the process: what was added is on the card when `add` returns, as SQLite's full sync promises. */
export class SimRecordStore extends MemoryRecordStore {
  full = false

  override add(stored: StoredRecord): boolean {
    return this.addAll([stored]).length === 1
  }

  override addAll(stored: readonly StoredRecord[]): StoredRecord[] {
    const fresh = stored.filter(({ record }) => !this.has(record.cid))
    if (fresh.length === 0) return []
    if (this.full) throw new StoreError('disk-full', 'the simulated disk is full')
    return stored.filter((one) => super.add(one))
  }
}
