export const restLimits = Object.freeze({
  lookEveryMs: 5_000,
  /** So long at rest, and what work left behind is worth a collection: buffers kept for more of it are let go after ten seconds. */
  restMs: 15_000,
  /** Of the main thread's time; above it, somebody waits for answers. */
  busyShare: 0.2,
  /** The least that must have been added since the last collection. */
  grownBytes: 3 * 1024 * 1024,
  gapMs: 60_000,
})

export interface Seen {
  readonly nowMs: number
  /** Share of the time since the last look that the main thread was busy, 0 to 1. */
  readonly busyShare: number
  /** Physical memory of the process. */
  readonly residentBytes: number
}

/** When a node that has come to rest should collect what its work left behind: once after each time of work, if that left anything. */
export class RestWatch {
  #restingSinceMs: number | undefined
  #collectedAtMs = Number.NEGATIVE_INFINITY
  /** What was left right after the last collection, as the next look found it. */
  #leftBytes = 0
  #isNext = false

  /** To be called every so often. @returns whether to collect now */
  look({ nowMs, busyShare, residentBytes }: Seen): boolean {
    // The look after a collection: the time before it was the collection's own.
    if (this.#isNext) {
      this.#isNext = false
      this.#leftBytes = residentBytes
      this.#restingSinceMs = undefined
      return false
    }
    if (busyShare > restLimits.busyShare) {
      this.#restingSinceMs = undefined
      return false
    }
    this.#restingSinceMs ??= nowMs
    // What is given back by itself is not to be grown by again.
    this.#leftBytes = Math.min(this.#leftBytes, residentBytes)
    const isDue =
      nowMs - this.#restingSinceMs >= restLimits.restMs &&
      nowMs - this.#collectedAtMs >= restLimits.gapMs &&
      residentBytes - this.#leftBytes >= restLimits.grownBytes
    if (!isDue) return false
    this.#collectedAtMs = nowMs
    this.#isNext = true
    return true
  }
}
