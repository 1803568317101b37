export const haveLimits = Object.freeze({
  /**
   * At least so long between two messages that tell neighbours of new chunks. The first after a pause goes at once: a large chunk is
   * passed on without delay, a hundred small ones in a few messages.
   */
  gatherMs: 50,
})

/** What is newly held and not told yet. Pure: base32 CIDs and steady time in. */
export class NewHaves {
  readonly #chunks = new Set<string>()
  readonly #changedRoots = new Set<string>()
  readonly #toldRoots = new Set<string>()
  #toldAtMs = Number.NEGATIVE_INFINITY

  chunk(cid: string): void {
    this.#chunks.add(cid)
  }

  /** How much of a work is here changed. */
  progress(root: string): void {
    this.#changedRoots.add(root)
  }

  /** How long to wait before `take`. */
  dueInMs(nowMs: number): number {
    return Math.max(0, this.#toldAtMs + haveLimits.gatherMs - nowMs)
  }

  /**
   * What to tell now: roots that became whole, once, and chunks.
   * @param isWhole whether a work is shown and all of it is here
   */
  take(nowMs: number, isWhole: (root: string) => boolean): { roots: string[]; cids: string[] } {
    const roots = [...this.#changedRoots].filter((root) => {
      const whole = isWhole(root)
      if (!whole) this.#toldRoots.delete(root)
      return whole && !this.#toldRoots.has(root)
    })
    for (const root of roots) this.#toldRoots.add(root)
    const cids = [...this.#chunks]
    this.#chunks.clear()
    this.#changedRoots.clear()
    if (roots.length > 0 || cids.length > 0) this.#toldAtMs = nowMs
    return { roots, cids }
  }
}
