/** Samples are kept this long: a rate is of the last few seconds. */
const WINDOW_MS = 5_000
const MAX_KEYS = 4096

/** How fast counters rise. */
export class Rates {
  readonly #samples = new Map<string, { atMs: number; value: number }[]>()

  /** @returns rise a second over the last few seconds; 0 until there are two samples, or when the counter fell */
  sample(key: string, value: number, nowMs: number): number {
    const samples = this.#samples.get(key) ?? []
    if (samples.length === 0 && this.#samples.size >= MAX_KEYS) return 0
    samples.push({ atMs: nowMs, value })
    while (samples.length > 2 && nowMs - (samples[1]?.atMs ?? nowMs) >= WINDOW_MS) samples.shift()
    this.#samples.set(key, samples)
    const first = samples[0]
    if (first === undefined || nowMs <= first.atMs) return 0
    return Math.max(0, ((value - first.value) * 1000) / (nowMs - first.atMs))
  }

  /** Forgets all that is not sampled any more. */
  keepOnly(isKept: (key: string) => boolean): void {
    for (const key of this.#samples.keys()) if (!isKept(key)) this.#samples.delete(key)
  }
}
