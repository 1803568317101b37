/**
 * Which followed DAGs a chunk is known to belong to. Nearly every chunk is of one alone: its root is kept as it is, so that a chunk costs
 * one entry of a map, whose texts are those that the DAGs have anyway.
 */
export class ChunkOwners {
  readonly #roots = new Map<string, string | readonly string[]>()

  add(cid: string, root: string): void {
    const known = this.#roots.get(cid)
    if (known === undefined) this.#roots.set(cid, root)
    else if (typeof known !== 'string') {
      if (!known.includes(root)) this.#roots.set(cid, [...known, root])
    } else if (known !== root) this.#roots.set(cid, [known, root])
  }

  delete(cid: string, root: string): void {
    const left = this.of(cid).filter((one) => one !== root)
    const [only] = left
    if (only === undefined) this.#roots.delete(cid)
    else this.#roots.set(cid, left.length === 1 ? only : left)
  }

  has(cid: string): boolean {
    return this.#roots.has(cid)
  }

  /** Roots, in the order in which they were found to have it. */
  of(cid: string): readonly string[] {
    const roots = this.#roots.get(cid)
    if (roots === undefined) return []
    return typeof roots === 'string' ? [roots] : roots
  }
}
