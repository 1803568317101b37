/** Lets a bounded number in at once; the others wait in order, for a bounded time. */
export class Turnstile {
  readonly #places: number
  readonly #waitMs: number
  readonly #queue = new Set<() => void>()
  #inside = 0

  constructor(places: number, waitMs: number) {
    this.#places = places
    this.#waitMs = waitMs
  }

  /** @returns a function that gives the place back, once however often it is called; null when none became free in time */
  async enter(signal: AbortSignal): Promise<(() => void) | null> {
    signal.throwIfAborted()
    if (this.#inside < this.#places) this.#inside += 1
    else if (!(await this.#turn(signal))) return null
    let left = false
    return () => {
      if (left) return
      left = true
      this.#leave()
    }
  }

  #turn(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const settle = (mine: boolean): void => {
      this.#queue.delete(admit)
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      resolve(mine)
    }
    const admit = (): void => settle(true)
    const giveUp = (): void => settle(false)
    const timer = setTimeout(giveUp, this.#waitMs)
    signal.addEventListener('abort', giveUp, { once: true })
    this.#queue.add(admit)
    return promise
  }

  /** The place passes to the one who has waited longest, so `#inside` stays as it is. */
  #leave(): void {
    const [next] = this.#queue
    if (next === undefined) this.#inside -= 1
    else next()
  }
}
