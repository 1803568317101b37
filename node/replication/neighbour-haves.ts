/** Entries remembered of what one neighbour says it holds; beyond it the neighbour is cut off. */
const MAX_ENTRIES = 200_000

/** What one neighbour says it holds: whole DAGs by their root, single chunks of others, less what it then had not. */
export class NeighbourHaves {
  readonly #roots = new Set<string>()
  readonly #cids = new Set<string>()
  /** Said to be held with its root, and then found gone. */
  readonly #gone = new Set<string>()

  /** @returns false when that is more than may be remembered */
  add(roots: readonly string[], cids: readonly string[]): boolean {
    for (const root of roots) this.#roots.add(root)
    for (const cid of cids) {
      this.#cids.add(cid)
      this.#gone.delete(cid)
    }
    return this.#roots.size + this.#cids.size <= MAX_ENTRIES
  }

  remove(cid: string): void {
    this.#cids.delete(cid)
    this.#gone.add(cid)
  }

  /** @param root the DAG that the chunk is wanted for */
  has(cid: string, root: string): boolean {
    return this.#cids.has(cid) || (this.#roots.has(root) && !this.#gone.has(cid))
  }
}
