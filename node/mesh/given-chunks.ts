/** Chunks remembered; beyond them the longest ago is forgotten, and sent twice at the worst. */
const MAX_CHUNKS = 20_000

/** Which neighbour was given which chunk first, while it is connected. A neighbour is whatever object stands for it. */
export class GivenChunks {
  readonly #holders = new Map<string, object>()

  /** Whether a neighbour other than this one was given the chunk, and is still there. */
  isWithAnother(cid: string, neighbour: object): boolean {
    const holder = this.#holders.get(cid)
    return holder !== undefined && holder !== neighbour
  }

  note(cid: string, neighbour: object): void {
    if (this.#holders.has(cid)) return
    if (this.#holders.size >= MAX_CHUNKS) {
      for (const oldest of this.#holders.keys()) {
        this.#holders.delete(oldest)
        break
      }
    }
    this.#holders.set(cid, neighbour)
  }

  /** The neighbour is gone: what it was given is with nobody. */
  forget(neighbour: object): void {
    for (const [cid, holder] of this.#holders) if (holder === neighbour) this.#holders.delete(cid)
  }
}
