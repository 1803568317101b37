/** Bytes, and steady times in milliseconds. */
export const windowLimits = Object.freeze({
  /** Two of the largest chunks: one on its way, and one waiting behind it. */
  leastBytes: 2 * 1024 * 1024,
  mostBytes: 32 * 1024 * 1024,
  /** Requests alive at one neighbour, however small what they ask for; a neighbour may be asked for 256 (wire/limits.ts). */
  mostRequests: 128,
  /** Beyond them, for chunks that somebody waits for. */
  urgentRequests: 32,
  /** What a neighbour delivers in this time is asked of it in advance, besides what its round-trip time takes. */
  aheadMs: 250,
  /** A neighbour is asked for more once so much of its window is free: a few chunks in one message, not one in each. */
  refillShare: 0.25,
  /** The rate is measured over at least so long with requests alive, and so much. */
  sampleMs: 100,
  sampleBytes: 128 * 1024,
  /** Or over so long and so much, which no slow link brings. */
  swiftMs: 10,
  swiftBytes: 4 * 1024 * 1024,
  /** How much a slower sample says against what was measured before; a faster one is believed at once. */
  slowerWeight: 0.25,
})

/**
 * How many bytes to have asked of one neighbour at a time: its measured rate times its delay. More would not come sooner; it
 * would only wait in that neighbour's queue, where no other neighbour can be asked for it.
 */
export class RequestWindow {
  /** Bytes a millisecond; 0 before the first sample. */
  #rate = 0
  #sampleBytes = 0
  #sampleMs = 0
  #sinceMs = 0

  get bytesPerMs(): number {
    return this.#rate
  }

  /** The first request is alive, after none was: time without requests says nothing of the rate. What came before still counts. */
  begin(nowMs: number): void {
    this.#sinceMs = nowMs
  }

  came(bytes: number, nowMs: number): void {
    this.#sampleBytes += bytes
    this.#sampleMs += nowMs - this.#sinceMs
    this.#sinceMs = nowMs
    const { sampleMs, sampleBytes, swiftMs, swiftBytes } = windowLimits
    const isEnough = this.#sampleMs >= sampleMs && this.#sampleBytes >= sampleBytes
    if (!isEnough && (this.#sampleMs < swiftMs || this.#sampleBytes < swiftBytes)) return
    const rate = this.#sampleBytes / this.#sampleMs
    const { slowerWeight } = windowLimits
    this.#rate = rate > this.#rate ? rate : this.#rate + (rate - this.#rate) * slowerWeight
    this.#sampleBytes = 0
    this.#sampleMs = 0
  }

  bytes(rttMs: number): number {
    const ahead = this.#rate * (rttMs + windowLimits.aheadMs)
    return Math.min(windowLimits.mostBytes, Math.max(windowLimits.leastBytes, ahead))
  }
}
