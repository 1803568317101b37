const REMEMBERED_MS = 3_600_000
const MAX_LINKS = 4096

/** Which links there were of late: a link that both ends no longer have is lost, until an hour has passed. */
export class LinkMemory {
  /** `a b`, ids in text order, to when it was last there. */
  readonly #seen = new Map<string, number>()

  /** @param links that are there now @returns those of the last hour that are not */
  step(links: Iterable<readonly [string, string]>, nowMs: number): [string, string][] {
    const now = new Set<string>()
    for (const [one, other] of links) {
      const key = one < other ? `${one} ${other}` : `${other} ${one}`
      now.add(key)
      this.#seen.delete(key)
      this.#seen.set(key, nowMs)
    }
    const lost: [string, string][] = []
    for (const [key, atMs] of this.#seen) {
      if (nowMs - atMs > REMEMBERED_MS || this.#seen.size > MAX_LINKS) this.#seen.delete(key)
      else if (!now.has(key)) lost.push(key.split(' ') as [string, string])
    }
    return lost
  }
}
