import { healthLimits } from './limits.ts'

/**
 * Over which of its links a node passes on signs of life: all but those that are the longest in a circle of three or four links. By a
 * length that is the same for everybody, the shortest tree is never cut, so what is linked stays linked; two nodes need nothing but
 * what their neighbours say of theirs to agree; and where everybody hears everybody, a few links of each are left.
 * A circle through a node that has fallen quiet is none: it may be dead, and its neighbours have not noticed.
 * @param neighboursOf a neighbour's own neighbours as it last said; undefined: it has not said, and its link is kept
 * @returns those of the neighbours whose links are kept
 */
export function relayLinks(
  self: string,
  neighbours: readonly string[],
  neighboursOf: (tag: string) => ReadonlySet<string> | undefined,
  isQuiet: (tag: string) => boolean = () => false,
): Set<string> {
  const around = new Map(neighbours.map((tag) => [tag, neighboursOf(tag)]))
  const lengths = new Map<string, ReadonlyMap<string, number>>()
  /** From one node to its neighbours. */
  const lengthsFrom = (tag: string): ReadonlyMap<string, number> => {
    let known = lengths.get(tag)
    if (known === undefined) {
      const theirs = tag === self ? neighbours : (around.get(tag) ?? [])
      known = new Map(
        [...theirs].filter((other) => other !== tag).map((other) => [other, linkLength(tag, other)]),
      )
      lengths.set(tag, known)
    }
    return known
  }
  const own = lengthsFrom(self)
  const isLongest = (tag: string, length: number): boolean => {
    const theirs = lengthsFrom(tag)
    const isNear = (other: string): boolean => (theirs.get(other) ?? Number.POSITIVE_INFINITY) < length
    for (const [first, toFirst] of own) {
      if (toFirst >= length || isQuiet(first)) continue
      if (isNear(first)) return true
      for (const [second, between] of lengthsFrom(first)) {
        if (between >= length || second === self || isQuiet(second)) continue
        if (second === tag || isNear(second)) return true
      }
    }
    return false
  }
  const kept = new Set<string>()
  for (const [tag, length] of own) {
    if (around.get(tag) === undefined || !isLongest(tag, length)) kept.add(tag)
  }
  return kept
}

/** Of two tags in any order, spread evenly over 32 bits. */
export function linkLength(a: string, b: string): number {
  const [x, y] = [Number.parseInt(a.slice(0, 8), 16), Number.parseInt(b.slice(0, 8), 16)]
  let mixed = (x ^ y) + Math.imul(x | 1, y | 1)
  // The finalizer of MurmurHash3: public domain, every bit of the input changes every bit of the output.
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** How long nothing may be said over a link that passes nothing on. @param links how many of those there are */
export function helloWaitMs(links: number): number {
  return Math.min(healthLimits.helloLastMs, Math.max(healthLimits.helloFirstMs, links * 1_000))
}
