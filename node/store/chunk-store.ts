import type { CID } from 'multiformats/cid'

export type ChunkDamage = { readonly cid: string; readonly cause: 'mismatch' | 'unreadable' }

export interface ChunkReading {
  readonly signal?: AbortSignal
  /** A buffer to read into, if it is large enough: for a caller that moves many chunks and keeps none. */
  readonly into?: Uint8Array
  /** False for bytes as they are on the disk, where whoever they are for checks them; only their number is looked at. Default true. */
  readonly checks?: boolean
}

/**
 * Content-addressed blocks. What is put is verified and durable before `put` returns; what is got is verified again, so a
 * damaged block is never given out but to a caller that checks for himself: it is set aside, `onDamage` is called, and it counts as
 * absent until it is put anew.
 * Every implementation passes tests/node/store/chunk-store-compliance.ts.
 */
export interface ChunkStore {
  /** Synchronous: answered from memory. */
  has(cid: CID): boolean
  /** @returns the verified bytes, or null when absent or found damaged */
  get(cid: CID, options?: ChunkReading): Promise<Uint8Array | null>
  /** @throws {StoreError} `block-mismatch`, `disk-full`, `disk-unwritable` */
  put(cid: CID, bytes: Uint8Array): Promise<void>
  delete(cid: CID): Promise<void>
  /** Size in bytes as stored, or null when absent. Synchronous: answered from memory. */
  size(cid: CID): number | null
  /** CIDs held, as base32 text, in no order. */
  list(): Iterable<string>
  /** Number of blocks and bytes held. */
  usage(): { chunks: number; bytes: number }
  /** Called for every block found damaged on reading. @returns a function that stops it */
  onDamage(listener: (damage: ChunkDamage) => void): () => void
  close(): Promise<void>
}
