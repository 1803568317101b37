/** Nodes remembered, and runs of one node that are over. */
const MAX_NODES = 1024
const MAX_RUNS = 16

/**
 * Orders the statuses of each node without a clock: by number within a run. A run that gave way to another is over for good,
 * so that what a node said before its restart cannot be played again.
 */
export class StatusOrder {
  readonly #newest = new Map<string, { boot: string; n: number; over: string[] }>()

  /** Whether this one is newer than all before; then it is the newest. */
  isNew(node: string, boot: string, n: number): boolean {
    const newest = this.#newest.get(node)
    if (newest === undefined) {
      const [oldest] = this.#newest.keys()
      if (this.#newest.size >= MAX_NODES && oldest !== undefined) this.#newest.delete(oldest)
      this.#newest.set(node, { boot, n, over: [] })
      return true
    }
    if (newest.boot === boot) {
      if (n <= newest.n) return false
      newest.n = n
      return true
    }
    if (newest.over.includes(boot)) return false
    newest.over = [...newest.over, newest.boot].slice(-MAX_RUNS)
    newest.boot = boot
    newest.n = n
    return true
  }
}
