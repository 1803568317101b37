import { allocatePages, PAGE_BYTES } from '../store/page-memory.ts'
import { meshLimits } from './limits.ts'

/** Smaller ones are not worth a buffer of the pool. */
const POOLED_FROM_BYTES = 64 * 1024
/** Buffers kept for reuse: those of all chunks that are being stored (limits.ts), and a few that are sent. */
const KEPT = 18

/**
 * Buffers of one size, used again and again: a node that moves gigabytes in chunks of 1 MiB would else spend more time in the
 * garbage collector than in hashing. Who gives one back must hold no view of it.
 */
export class BufferPool {
  readonly #size: number
  /** What there is of memory in each: a page for the head of a frame, and the size up to the end of a page. */
  readonly #heldBytes: number
  #free: ArrayBuffer[] = []
  #isUsed = false
  #usedAtMs = 0

  /** @param size bytes of the largest */
  constructor(size: number) {
    this.#size = size
    this.#heldBytes = PAGE_BYTES * (1 + Math.ceil(size / PAGE_BYTES))
  }

  /**
   * A buffer of the length, with whatever was in it.
   * @param headBytes what goes before that which is to begin at a page, so that it can be written to a disk as it is; less than a page
   */
  take(length: number, headBytes = 0): Uint8Array<ArrayBuffer> {
    if (length > this.#size || length < POOLED_FROM_BYTES) return Buffer.allocUnsafeSlow(length)
    this.#isUsed = true
    const buffer = this.#free.pop() ?? allocatePages(this.#heldBytes)
    return new Uint8Array(buffer, PAGE_BYTES - headBytes, length)
  }

  /** Takes the buffer that a view is of. */
  give({ buffer }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === this.#heldBytes && this.#free.length < KEPT)
      this.#free.push(buffer)
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
