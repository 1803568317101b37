import type { Venue, VenueNode } from '../schema/resolve-venue.ts'

/** What a node carries that nobody else may see. */
export interface NodeSecrets {
  /** Of the mesh (SAE); absent where only a wire joins the nodes. */
  readonly mesh?: string
  /** Of the hotspot; absent where it is open. */
  readonly hotspot?: string
  readonly provision?: {
    /** Private key, libp2p's protobuf form. */
    readonly nodeKey: Uint8Array
    /** Sealed records. */
    readonly exhibition: Uint8Array
    readonly grant: Uint8Array
  }
}

/** All that is known of one node when its files are written. */
export interface NodePlan {
  readonly venue: Venue
  readonly node: VenueNode
  readonly secrets: NodeSecrets
}

/** Interfaces have the same names on every board: files, rules and units need no cases. */
export const interfaces = Object.freeze({
  hotspot: 'hotspot0',
  meshRadio: 'mesh0',
  wire: 'wire0',
  batman: 'bat0',
})

export const meshPort = 4001
/** How many others a node calls: those with the nearest numbers, which join all nodes to one ring. */
const peersEachWay = 8

/** The interface that libp2p listens on. */
export function meshInterface({ mesh }: Venue): string {
  return mesh.radio === undefined ? interfaces.wire : interfaces.batman
}

const firstTwo = (network: string): string => network.split('.').slice(0, 2).join('.')

/** The same on every node, so that an open page goes on where a phone roams to. */
export function gateway({ network }: Venue): string {
  return `${firstTwo(network.hotspot)}.0.1`
}

/** A range of the node's own: whatever node a lease is from, nobody else has it. */
export function leaseRange(
  { network }: Venue,
  { number, leases }: VenueNode,
): { first: string; last: string } {
  const own = `${firstTwo(network.hotspot)}.${number}`
  return { first: `${own}.10`, last: `${own}.${9 + leases}` }
}

export function meshAddress({ network }: Venue, { number }: Pick<VenueNode, 'number'>): string {
  return `${network.mesh.split('.').slice(0, 3).join('.')}.${number}`
}

/** Others to call, nearest number first. Fixed addresses: nothing has to be searched for, and no multicast is spent. */
export function neighbours({ nodes }: Venue, { number }: VenueNode): VenueNode[] {
  const sorted = nodes.toSorted((a, b) => a.number - b.number)
  const at = sorted.findIndex((node) => node.number === number)
  const found = new Map<number, VenueNode>()
  for (let step = 1; step <= peersEachWay; step++) {
    for (const offset of [step, -step]) {
      const other = sorted[(at + offset + sorted.length * peersEachWay) % sorted.length]
      if (other !== undefined && other.number !== number) found.set(other.number, other)
    }
  }
  return [...found.values()]
}
