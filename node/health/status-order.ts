/** Nodes remembered, and runs of one node that are over. */
const MAX_NODES = 1024
const MAX_RUNS = 16
/** Statuses of one run that may be on their way at once. */
const OVERTAKEN = 4

interface Newest {
  boot: string
  n: number
  /** Runs before this one. */
  over: string[]
  /** The last numbers of this run that came unasked. */
  told: number[]
}

/**
 * Orders the statuses of each node without a clock: by number within a run. A run that gave way to another is over for good,
 * so that what a node said before its restart cannot be played again.
 */
export class StatusOrder {
  readonly #newest = new Map<string, Newest>()

  /** Whether this one is newer than all before; then it is the newest. @param isTold unasked, as gossip brings it once */
  isNew(node: string, boot: string, n: number, isTold = true): boolean {
    const newest = this.#newest.get(node)
    const told = isTold ? [n] : []
    if (newest === undefined) {
      const [oldest] = this.#newest.keys()
      if (this.#newest.size >= MAX_NODES && oldest !== undefined) this.#newest.delete(oldest)
      this.#newest.set(node, { boot, n, over: [], told })
      return true
    }
    if (newest.boot === boot) {
      if (n <= newest.n) return false
      newest.n = n
      newest.told = [...newest.told, ...told].slice(-OVERTAKEN)
      return true
    }
    if (newest.over.includes(boot)) return false
    newest.over = [...newest.over, newest.boot].slice(-MAX_RUNS)
    newest.boot = boot
    newest.n = n
    newest.told = told
    return true
  }

  /**
   * Whether one that is told and not new comes for the first time: a newer one overtook it on its way, or it had been asked for.
   * Anything else is played again.
   */
  isOvertaken(node: string, boot: string, n: number): boolean {
    const newest = this.#newest.get(node)
    if (newest?.boot !== boot || newest.n - n >= OVERTAKEN || newest.told.includes(n)) return false
    newest.told = [...newest.told, n].slice(-OVERTAKEN)
    return true
  }
}
