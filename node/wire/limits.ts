import { formatLimits } from '../../artworks/format/limits.ts'

/** Bounds on everything a peer can send. Beyond one, the stream is reset and the peer counted as having sent a bad message. */
export const wireLimits = Object.freeze({
  /** A control frame of any protocol. */
  controlFrameBytes: 256 * 1024,
  /** A frame that may hold a chunk: its CID, its bytes, and a few bytes of framing. */
  chunkFrameBytes: formatLimits.blockBytes + 1024,
  /** A frame that carries records. */
  recordsFrameBytes: 1024 * 1024,
  /** A record with its intake, as gossiped. */
  gossipRecordBytes: formatLimits.recordBytes + 4096,
  gossipStatusBytes: 16 * 1024,
  /** CIDs in one message. */
  cidsPerMessage: 2048,
  /** Chunks a neighbour may have asked for and not yet got. */
  wantsPerNeighbour: 256,
  /** How many more nodes may pass a `seek` on: enough for a mesh of a building, and an end to every circle. */
  seekHops: 8,
  /** Nodes named that wait for what is sought. */
  seekWaiting: 16,
  /** Chunks that one neighbour may have a node fetch for it at once. */
  seeksPerNeighbour: 16,
  /** CIDs and roots remembered of what a neighbour says it holds. */
  havesPerNeighbour: 200_000,
  /** Digests listed in one reconcile message. */
  reconcileIds: 4096,
  reconcileRanges: 4096,
  /** Round trips of one record sync. */
  reconcileRounds: 24,
  nameLength: 120,
  statusNeighbours: 64,
  statusPartialWorks: 64,
  /** A frame of signs of life: of all the nodes that are remembered. */
  lifeFrameBytes: 32 * 1024,
  /** Signs of life that one status is good for; with one every five seconds, longer than the longest wait between two statuses. */
  lifeChain: 64,
  /** Nobody finds another beginning of a chain of so many bytes before the chain is over. */
  lifeValueBytes: 10,
  inviteBytes: 1024,
  inviteAddresses: 8,
})
