/** What is known of one node: whom it is connected to, as it says itself. */
export interface KnownNode {
  readonly id: string
  readonly neighbours: readonly string[]
}

/**
 * One's own neighbours on the shortest ways to any of the nodes that hold something, nearest first; those whose way leads back
 * through this node are left out. A link counts when either end says so. Pure.
 * @param maxHops links between a neighbour and a holder, at most
 */
export function waysToHolders(
  self: string,
  own: readonly string[],
  nodes: Iterable<KnownNode>,
  holders: Iterable<string>,
  maxHops: number,
): string[] {
  const links = new Map<string, Set<string>>()
  const link = (a: string, b: string): void => {
    const known = links.get(a)
    if (known === undefined) links.set(a, new Set([b]))
    else known.add(b)
  }
  for (const { id, neighbours } of nodes) {
    if (id === self) continue
    for (const other of neighbours) {
      if (other === self) continue
      link(id, other)
      link(other, id)
    }
  }
  const distance = new Map<string, number>()
  let ring = [...new Set(holders)].filter((id) => id !== self)
  for (const id of ring) distance.set(id, 0)
  for (let hops = 1; hops <= maxHops && ring.length > 0; hops += 1) {
    const next: string[] = []
    for (const id of ring) {
      for (const other of links.get(id) ?? []) {
        if (distance.has(other)) continue
        distance.set(other, hops)
        next.push(other)
      }
    }
    ring = next
  }
  return own
    .filter((id) => distance.has(id))
    .toSorted((a, b) => (distance.get(a) ?? 0) - (distance.get(b) ?? 0) || (a < b ? -1 : 1))
}
