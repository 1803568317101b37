import { cidKey } from '../../artworks/format/cid-key.ts'
import type { CID } from 'multiformats/cid'
import { assertBlock, isVerifiedBlock } from './block-hash.ts'
import type { ChunkDamage, ChunkReading, ChunkStore } from './chunk-store.ts'
import { StoreError } from './errors.ts'

/**
 * Blocks in memory, for tests and simulations. Keeps the very bytes it is given, so that a hundred simulated nodes share
 * one copy: callers must not change them.
 */
export class MemoryChunkStore implements ChunkStore {
  readonly reserveBytes = 0
  readonly #capacityBytes: number
  readonly #blocks = new Map<string, Uint8Array>()
  readonly #listeners = new Set<(damage: ChunkDamage) => void>()
  #bytes = 0

  /** @param options.capacityBytes a disk that is full at that many bytes; default without bound */
  constructor(options: { capacityBytes?: number } = {}) {
    this.#capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY
  }

  has(cid: CID): boolean {
    return this.#blocks.has(cidKey(cid))
  }

  size(cid: CID): number | null {
    return this.#blocks.get(cidKey(cid))?.length ?? null
  }

  list(): Iterable<string> {
    return this.#blocks.keys()
  }

  usage(): { chunks: number; bytes: number } {
    return { chunks: this.#blocks.size, bytes: this.#bytes }
  }

  async freeBytes(): Promise<number> {
    return this.#capacityBytes - this.#bytes
  }

  async get(cid: CID, { signal, checks = true }: ChunkReading = {}): Promise<Uint8Array | null> {
    signal?.throwIfAborted()
    const key = cidKey(cid)
    const bytes = this.#blocks.get(key)
    if (bytes === undefined) return null
    if (!checks || isVerifiedBlock(cid, bytes)) return bytes
    this.#drop(key)
    for (const listener of this.#listeners) listener({ cid: key, cause: 'mismatch' })
    return null
  }

  async put(cid: CID, bytes: Uint8Array): Promise<void> {
    assertBlock(cid, bytes)
    const key = cidKey(cid)
    if (this.#blocks.has(key)) return
    if (this.#bytes + bytes.length > this.#capacityBytes) {
      throw new StoreError('disk-full', `the store holds ${this.#capacityBytes} bytes and is full`)
    }
    this.#blocks.set(key, bytes)
    this.#bytes += bytes.length
  }

  async delete(cid: CID): Promise<void> {
    this.#drop(cidKey(cid))
  }

  onDamage(listener: (damage: ChunkDamage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#listeners.clear()
  }

  /** Flips a bit of a stored block, as a bad card does. @returns whether there was one to flip */
  damage(cid: CID): boolean {
    const key = cidKey(cid)
    const bytes = this.#blocks.get(key)
    if (bytes === undefined || bytes.length === 0) return false
    const flipped = bytes.slice()
    flipped[0] = (flipped[0] ?? 0) ^ 1
    this.#blocks.set(key, flipped)
    return true
  }

  #drop(key: string): void {
    const bytes = this.#blocks.get(key)
    if (bytes === undefined) return
    this.#blocks.delete(key)
    this.#bytes -= bytes.length
  }
}
