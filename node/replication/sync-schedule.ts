/**
 * When to sync with some neighbour although nothing seems to differ: ever more seldom while no record comes. What differs is seen
 * sooner, by the fingerprint in a neighbour's status and on connecting; this is for what both missed.
 */
export class SyncSchedule {
  readonly #firstMs: number
  readonly #lastMs: number
  #waitMs: number

  constructor({ syncFirstMs, syncLastMs }: { syncFirstMs: number; syncLastMs: number }) {
    this.#firstMs = syncFirstMs
    this.#lastMs = syncLastMs
    this.#waitMs = syncFirstMs
  }

  /** A record came. */
  changed(): void {
    this.#waitMs = this.#firstMs
  }

  /** How long to wait for the next one. */
  nextMs(): number {
    const waitMs = this.#waitMs
    this.#waitMs = Math.min(2 * waitMs, this.#lastMs)
    return waitMs
  }
}
