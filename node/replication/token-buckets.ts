/**
 * How much each of several may say: `burst` at once, `perSecond` in the long run. Pure: steady time in milliseconds in. Memory is bounded
 * by forgetting whoever is gone.
 */
export class TokenBuckets {
  readonly #burst: number
  readonly #perSecond: number
  readonly #left = new Map<string, { tokens: number; atMs: number }>()

  constructor({ burst, perSecond }: { burst: number; perSecond: number }) {
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** Takes one. @returns false when there is none */
  take(id: string, nowMs: number): boolean {
    const { tokens, atMs } = this.#left.get(id) ?? { tokens: this.#burst, atMs: nowMs }
    const now = Math.min(this.#burst, tokens + ((nowMs - atMs) / 1000) * this.#perSecond)
    this.#left.set(id, { tokens: Math.max(0, now - 1), atMs: nowMs })
    return now >= 1
  }

  forget(id: string): void {
    this.#left.delete(id)
  }
}
