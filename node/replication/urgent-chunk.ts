import type { WantedChunk } from './fetch-planner.ts'

/** A chunk that somebody waits for now. */
export interface UrgentChunk extends WantedChunk {
  /** How many nodes may pass the request on; 0 when only one that holds it may be asked. */
  readonly hops: number
  /** Nodes that wait for it, this one last. */
  readonly waiting: readonly string[]
  /** Neighbours on the way to one that holds the work, nearest first: they fetch what they do not hold. */
  readonly via: readonly string[]
}

export interface UrgentNeighbour {
  readonly id: string
  readonly rttMs: number
  readonly askedBytes: number
  readonly msPerByte: number
  /** How often it could not fetch what it does not hold, since it last could. */
  readonly failedSeeks: number
  readonly haves: { has(cid: string, root: string): boolean }
}

/**
 * Whom to ask for a chunk at once: of those that hold it the quickest, else the first on a way to one that does; one that came
 * to nothing lately after the others, since the nearest may be silent. Pure.
 */
export function nearestFor<N extends UrgentNeighbour>(
  { cid, root, hops, via }: UrgentChunk,
  neighbours: readonly N[],
): N | undefined {
  let best: N | undefined
  for (const neighbour of neighbours) {
    if (!neighbour.haves.has(cid, root)) continue
    if (best === undefined || load(neighbour) < load(best)) best = neighbour
  }
  if (best !== undefined || hops === 0) return best
  for (const id of via) {
    const neighbour = neighbours.find((one) => one.id === id)
    if (neighbour === undefined) continue
    if (best === undefined || neighbour.failedSeeks < best.failedSeeks) best = neighbour
  }
  return best
}

function load({ rttMs, askedBytes, msPerByte }: UrgentNeighbour): number {
  return rttMs + askedBytes * msPerByte
}
