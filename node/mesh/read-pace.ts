export const paceLimits = Object.freeze({
  /** How long a socket is left alone, so that what comes meanwhile is read at once. */
  restMs: 4,
  /** Bytes a millisecond: what comes as fast as this fills a buffer anyway, and would fill the system's while nobody reads. */
  swiftBytesPerMs: 16_000,
})

/**
 * When to read on from a socket whose buffer was just emptied. On a link of 50 Mbit/s that is after every packet or two, four thousand
 * times a second, and each time a process is woken; network cards have the same trouble, and the same cure (ethtool's rx-usecs).
 * A receiver that reads seldom acknowledges seldom, too: fewer frames in the air.
 */
export class ReadPace {
  #sinceMs = Number.NEGATIVE_INFINITY
  #bytes = 0

  /** So many bytes were read. */
  came(bytes: number): void {
    this.#bytes += bytes
  }

  /** All there was has been read. @returns whether to let bytes gather before more is read */
  isToRest(nowMs: number): boolean {
    const rate = this.#bytes / (nowMs - this.#sinceMs)
    this.#sinceMs = nowMs
    this.#bytes = 0
    return rate < paceLimits.swiftBytesPerMs
  }
}
