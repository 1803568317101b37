export interface Topology {
  readonly name: string
  readonly says: string
  readonly nodes: readonly string[]
  /** Who hears whom; absent: everyone hears everyone. */
  readonly links?: readonly (readonly [string, string])[]
  readonly lossPercent?: number
}

/** Every cable carries so much, each way. */
export const LINK_MBIT = 50

const PAYLOAD_PER_FRAME = 1448
const FRAME_BYTES = 1514
const CUT_THROUGH_BYTES = 64 * 1024

export const topologies: readonly Topology[] = [
  {
    name: 'line-4',
    says: 'A–B–C–D, each hears only its neighbours',
    nodes: letters(4),
    links: chain(letters(4)),
  },
  { name: 'star-5', says: 'one switch, everyone hears everyone', nodes: letters(5) },
  {
    name: 'islands',
    says: 'A, B, C hear one another, and so do E, F, G; D hears all six',
    nodes: letters(7),
    links: [...pairs(['a', 'b', 'c', 'd']), ...pairs(['d', 'e', 'f', 'g'])],
  },
  { name: 'loss', says: 'star-5 in which 5 % of all frames are lost', nodes: letters(5), lossPercent: 5 },
  { name: 'star-20', says: 'one switch, twenty nodes', nodes: letters(20) },
]

/** Who hears a node. */
export function neighboursOf({ nodes, links }: Topology, name: string): number {
  return links === undefined ? nodes.length - 1 : links.filter((link) => link.includes(name)).length
}

/** Full frames at the rate of one link, every node passing on what it gets 64 KiB later: bench-notes. @returns seconds */
export function limitSeconds({ nodes }: Topology, payloadBytes: number): number {
  const onAir = (payloadBytes * FRAME_BYTES) / PAYLOAD_PER_FRAME + (nodes.length - 2) * CUT_THROUGH_BYTES
  return (onAir * 8) / (LINK_MBIT * 1e6)
}

function letters(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String.fromCharCode('a'.charCodeAt(0) + i))
}

function chain(names: readonly string[]): [string, string][] {
  return names.slice(1).map((name, i) => [names[i] ?? '', name])
}

function pairs(names: readonly string[]): [string, string][] {
  return names.flatMap((a, i) => names.slice(i + 1).map((b): [string, string] => [a, b]))
}
