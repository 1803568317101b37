import { meshLimits } from './limits.ts'

/** Smaller ones are not worth a buffer of the pool. */
const POOLED_FROM_BYTES = 64 * 1024
/** Buffers kept for reuse; more than are ever in use at once by a few neighbours. */
const KEPT = 10

/**
 * Buffers of one size, used again and again: a node that moves gigabytes in chunks of 1 MiB would else spend more time in the
 * garbage collector than in hashing. Who gives one back must hold no view of it.
 */
export class BufferPool {
  readonly #size: number
  #free: Uint8Array[] = []
  #isUsed = false
  #usedAtMs = 0

  /** @param size bytes */
  constructor(size: number) {
    this.#size = size
  }

  /** A buffer of at least the length, with whatever was in it. */
  take(length: number): Uint8Array {
    if (length > this.#size || length < POOLED_FROM_BYTES) return Buffer.allocUnsafeSlow(length)
    this.#isUsed = true
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size)
  }

  /** Takes the buffer that a view is of. */
  give(view: Uint8Array): void {
    if (view.buffer.byteLength === this.#size && this.#free.length < KEPT)
      this.#free.push(new Uint8Array(view.buffer))
  }

  /** To be called every so often: gives its memory back when no buffer was taken for a while. @returns whether it did */
  tick(nowMs: number): boolean {
    if (this.#isUsed) {
      this.#isUsed = false
      this.#usedAtMs = nowMs
    }
    if (this.#free.length === 0 || nowMs - this.#usedAtMs < meshLimits.spareMemoryMs) return false
    this.#free = []
    return true
  }
}
