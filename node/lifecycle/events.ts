import { EventEmitter } from 'node:events'
import type { OpenedRecord } from '../../artworks/format/records.ts'

/** Everything the parts of a node tell each other. Stores and the mesh emit; HTTP and the mesh listen. */
export interface NodeEvents {
  /** A record was added to the store. */
  record: [record: OpenedRecord, from: 'local' | 'mesh']
  /** What the exhibition shows changed (coalesced). */
  catalogue: []
  /** A chunk was verified and stored. */
  chunk: [cid: string]
  /** A reader waits for a chunk that is not here. */
  'chunk:asked': [cid: string]
  /** A stored chunk was found damaged and set aside. */
  'chunk:damaged': [cid: string]
  /** How much of a version is here changed. `root` is its root CID. */
  progress: [root: string]
  /** Nothing is left here of a version that was shown or waited. */
  'let-go': []
  /** Neighbours, links or what others hold changed (coalesced). */
  mesh: []
  /** Something about this node's own health changed that others should know soon. */
  'own-health': []
  /** An alert was raised or cleared, or something else is new in the timeline. */
  alerts: []
}

export type NodeEventBus = EventEmitter<NodeEvents>

export function createEventBus(): NodeEventBus {
  const bus: NodeEventBus = new EventEmitter<NodeEvents>()
  // Each open event stream of a visitor listens; their number is bounded by HTTP's own limit.
  bus.setMaxListeners(0)
  return bus
}
