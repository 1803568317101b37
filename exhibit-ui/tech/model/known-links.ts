import type { LinkView } from '../../../node/http/contracts/tech.ts'

export interface KnownLink {
  readonly a: string
  readonly b: string
  /** As it is now; `gone`: it was there before. */
  readonly quality: LinkView['quality'] | 'gone'
}

/** As long as a node remembers a link that was lost. */
const FORGET_MS = 3_600_000
const MAX_LINKS = 2_000

/**
 * The links that this page has seen, those that are gone included: a map that is laid out by them does not jump when one comes and
 * goes. Time is an argument.
 */
export class KnownLinks {
  readonly #seen = new Map<string, { a: string; b: string; atMs: number }>()

  /** What is known now, in an order that does not change. */
  step(
    links: readonly Pick<LinkView, 'a' | 'b' | 'quality'>[],
    nodes: ReadonlySet<string>,
    nowMs: number,
  ): KnownLink[] {
    const now = new Map(links.map((link) => [keyOf(link), link.quality]))
    for (const { a, b } of links) {
      if (this.#seen.size < MAX_LINKS || this.#seen.has(keyOf({ a, b })))
        this.#seen.set(keyOf({ a, b }), { a, b, atMs: nowMs })
    }
    for (const [key, { a, b, atMs }] of this.#seen)
      if (nowMs - atMs > FORGET_MS || !nodes.has(a) || !nodes.has(b)) this.#seen.delete(key)
    return [...this.#seen]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { a, b }]) => ({ a, b, quality: now.get(key) ?? 'gone' }))
  }
}

function keyOf({ a, b }: { a: string; b: string }): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
