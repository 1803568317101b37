import { planFetches } from './fetch-planner.ts'
import type { FetchRequest, WantedChunk } from './fetch-planner.ts'
import type { SwarmNeighbour } from './swarm-neighbour.ts'

export interface AskingRules {
  /** How many more requests a neighbour may be sent. */
  readonly room: (neighbour: SwarmNeighbour) => number
  /** Whether a chunk that a neighbour holds may be asked of it. */
  readonly may: (neighbour: SwarmNeighbour, cid: string) => boolean
}

/** Whom to ask for which of the wanted chunks that nobody is asked for yet. @param groups most important first */
export function planRequests(
  groups: Iterable<Iterable<WantedChunk>>,
  alive: ReadonlyMap<string, string>,
  neighbours: readonly SwarmNeighbour[],
  { room, may }: AskingRules,
  random: () => number,
): FetchRequest[] {
  const requests = planFetches(
    unasked(groups, alive),
    neighbours.map((neighbour) => ({
      id: neighbour.id,
      room: room(neighbour),
      roomBytes: neighbour.roomBytes,
      costMs: neighbour.rttMs + neighbour.askedBytes * neighbour.msPerByte,
      msPerByte: neighbour.msPerByte,
      has: (chunk) => neighbour.haves.has(chunk.cid, chunk.root),
      may: (chunk) => may(neighbour, chunk.cid),
    })),
    random,
  )
  // Two works may have a chunk in common.
  const planned = new Set<string>()
  return requests.filter(({ chunk }) => !planned.has(chunk.cid) && planned.add(chunk.cid))
}

function* unasked(
  groups: Iterable<Iterable<WantedChunk>>,
  alive: ReadonlyMap<string, string>,
): Iterable<Iterable<WantedChunk>> {
  for (const group of groups) {
    yield (function* (): Iterable<WantedChunk> {
      for (const chunk of group) if (!alive.has(chunk.cid)) yield chunk
    })()
  }
}
