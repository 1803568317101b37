import { meshLimits } from './limits.ts'

/** Bytes kept; about what a link of 50 Mbit/s brings in two thirds of a second. */
const RING_BYTES = 4 * 1024 * 1024

interface Place {
  readonly at: number
  readonly length: number
}

/**
 * The chunks stored last, so that what is passed on right after it came is not read and checked again: between a neighbour that
 * gives and one that takes, that is nearly all. One block of memory, written round and round.
 */
export class RecentChunks {
  #ring: Uint8Array | undefined
  /** Oldest first, which is the order in which they lie in the ring. */
  readonly #places = new Map<string, Place>()
  #head = 0
  #usedAtMs = 0

  /** @param bytes verified and stored; copied */
  add(cid: string, bytes: Uint8Array, nowMs: number): void {
    if (bytes.length === 0 || bytes.length > RING_BYTES / 2 || this.#places.has(cid)) return
    this.#usedAtMs = nowMs
    const ring = (this.#ring ??= new Uint8Array(new ArrayBuffer(RING_BYTES)))
    if (this.#head + bytes.length > RING_BYTES) {
      this.#evict(this.#head, RING_BYTES)
      this.#head = 0
    }
    this.#evict(this.#head, this.#head + bytes.length)
    ring.set(bytes, this.#head)
    this.#places.set(cid, { at: this.#head, length: bytes.length })
    this.#head += bytes.length
  }

  /** Copies a chunk. @param into at least as long as the chunk @returns the part of `into` it takes, or null when it is not here */
  read(cid: string, into: Uint8Array, nowMs: number): Uint8Array | null {
    const place = this.#places.get(cid)
    if (place === undefined || this.#ring === undefined || into.length < place.length) return null
    this.#usedAtMs = nowMs
    into.set(this.#ring.subarray(place.at, place.at + place.length))
    return into.subarray(0, place.length)
  }

  /** To be called every so often: gives its memory back when nothing was put in or taken out for a while. @returns whether it did */
  tick(nowMs: number): boolean {
    if (this.#ring === undefined || nowMs - this.#usedAtMs < meshLimits.spareMemoryMs) return false
    this.#ring = undefined
    this.#places.clear()
    this.#head = 0
    return true
  }

  /** Forgets what lies from `from` to before `to`: the oldest. */
  #evict(from: number, to: number): void {
    for (const [cid, { at, length }] of this.#places) {
      if (at >= to || at + length <= from) return
      this.#places.delete(cid)
    }
  }
}
