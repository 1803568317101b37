import type { Venue, VenueNode } from '../schema/resolve-venue.ts'
import { driverOf } from '../schema/resolve-venue.ts'

/** Rules of thumb, in megabits a second that a program gets to see. Rooms differ: measure yours. */
export const rates = Object.freeze({
  /** A hotspot, shared by all its phones: a radio on the board, a USB radio. */
  hotspot: { onboard: { '2.4': 20, '5': 40 }, usb: { '2.4': 30, '5': 80 } },
  /** 802.11s with SAE under batman-adv, one hop; every further hop on one channel takes its share. */
  meshRadio: { '2.4': 15, '5': 50 },
  wire: { 'pi-3': 90, 'pi-3-plus': 200, other: 400 },
  /** A video of the exhibition at the quality phones get. */
  video: 3,
})

/** What a visit is taken to be. */
export const visit = Object.freeze({ minutes: 12, megabytes: 60 })

export interface NodeCapacity {
  readonly name: string
  /** Phones at once. */
  readonly phones: number
  readonly leases: number
  readonly hotspotMbit: number
  readonly videosAtOnce: number
  /** Fewer of: what the radio carries, and what its rate lets through. */
  readonly visitorsPerHour: number
  readonly limitedBy: 'radio' | 'rate'
  /** To fetch the whole collection from a neighbour. */
  readonly minutesToFill: number
}

export interface Capacity {
  readonly nodes: readonly NodeCapacity[]
  readonly visitorsPerHour: number
  readonly phones: number
  readonly collectionBytes: number
  /** From one node to all, one after the other, if they stand in a line. */
  readonly minutesToFillAll: number
}

/** What radios and links mean in visitors and minutes. */
export function capacityOf(venue: Venue, collectionBytes: number): Capacity {
  const nodes = venue.nodes.map((node) => nodeCapacity(venue, node, collectionBytes))
  const hops = Math.max(1, nodes.length - 1)
  const slowest = Math.max(...nodes.map(({ minutesToFill }) => minutesToFill))
  return {
    nodes,
    visitorsPerHour: sum(nodes.map(({ visitorsPerHour }) => visitorsPerHour)),
    phones: sum(nodes.map(({ phones }) => phones)),
    collectionBytes,
    // Chunks go on as they come: a line shares its air, it does not wait for whole works.
    minutesToFillAll: venue.mesh.radio === undefined ? slowest : slowest * Math.min(hops, 3),
  }
}

function nodeCapacity(venue: Venue, node: VenueNode, collectionBytes: number): NodeCapacity {
  const kind = driverOf(node.hotspotRadio, node.board) === 'brcmfmac' ? 'onboard' : 'usb'
  const hotspotMbit = rates.hotspot[kind][venue.hotspot.band]
  const byRadio = Math.floor((node.clients * 60) / visit.minutes)
  const byRate = Math.floor((hotspotMbit * 3600) / 8 / visit.megabytes)
  return {
    name: node.name,
    phones: node.clients,
    leases: node.leases,
    hotspotMbit,
    videosAtOnce: Math.min(node.clients, Math.floor(hotspotMbit / rates.video)),
    visitorsPerHour: Math.min(byRadio, byRate),
    limitedBy: byRadio <= byRate ? 'radio' : 'rate',
    minutesToFill: (collectionBytes * 8) / (linkMbit(venue, node) * 1_000_000) / 60,
  }
}

function linkMbit({ mesh }: Venue, { boardId }: VenueNode): number {
  const wire = boardId === 'pi-3' || boardId === 'pi-3-plus' ? rates.wire[boardId] : rates.wire.other
  if (mesh.wire) return wire
  return rates.meshRadio[mesh.radio?.band ?? '2.4']
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
