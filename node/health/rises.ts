const MAX_KEYS = 8192

/** When counters of others last rose, as far as it was seen from here: what they had when first heard is no news. */
export class Rises {
  readonly #known = new Map<string, { value: number; roseAtMs: number }>()

  /** @returns milliseconds since it last rose; infinite when it has not */
  sample(key: string, value: number, nowMs: number): number {
    const known = this.#known.get(key)
    if (known === undefined) {
      if (this.#known.size < MAX_KEYS) this.#known.set(key, { value, roseAtMs: Number.NEGATIVE_INFINITY })
      return Number.POSITIVE_INFINITY
    }
    // A counter that fell belongs to a node that started anew: what it has counted since is news.
    if (value > known.value || (value < known.value && value > 0)) known.roseAtMs = nowMs
    known.value = value
    return nowMs - known.roseAtMs
  }
}
