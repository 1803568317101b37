/** A chunk that is wanted: its CID as base32 text, and the root it was first wanted for. */
export interface WantedChunk {
  readonly cid: string
  readonly root: string
}

/** What the planner sees of a neighbour. */
export interface PlannerNeighbour {
  readonly id: string
  /** How many more requests it may be sent now. */
  readonly room: number
  /** Lower is better: measured round-trip time and load. */
  readonly cost: number
  has(chunk: WantedChunk): boolean
}

export interface FetchRequest {
  readonly neighbour: string
  readonly chunk: WantedChunk
}

export const plannerLimits = Object.freeze({
  /** Wanted chunks looked at in one plan; the rest waits, so that a plan's cost is bounded. */
  candidates: 512,
})

/**
 * Whom to ask for which chunk next. Pure: state and random numbers in, requests out.
 *
 * Chunks are taken rarest first, ties at random, so that neighbours of one seed fetch different chunks and then swap; each from
 * the neighbour of lowest cost that has it. `wanted` comes in order of importance, in groups of equal importance: a less
 * important group is looked at only while there is room. One chunk is asked of one neighbour.
 * @param random uniform in [0, 1)
 */
export function planFetches(
  groups: Iterable<Iterable<WantedChunk>>,
  neighbours: readonly PlannerNeighbour[],
  random: () => number,
): FetchRequest[] {
  const requests: FetchRequest[] = []
  const room = new Map(neighbours.map((neighbour) => [neighbour.id, neighbour.room]))
  let left = neighbours.reduce((sum, neighbour) => sum + Math.max(0, neighbour.room), 0)
  for (const group of groups) {
    if (left === 0) break
    const ranked = candidatesOf(group, neighbours, random)
    for (const { chunk, holders } of ranked) {
      if (left === 0) break
      let best: PlannerNeighbour | undefined
      for (const holder of holders) {
        if ((room.get(holder.id) ?? 0) <= 0) continue
        if (best === undefined || load(holder, room) < load(best, room)) best = holder
      }
      if (best === undefined) continue
      room.set(best.id, (room.get(best.id) ?? 0) - 1)
      left -= 1
      requests.push({ neighbour: best.id, chunk })
    }
  }
  return requests
}

function load(neighbour: PlannerNeighbour, room: ReadonlyMap<string, number>): number {
  return neighbour.cost * (1 + Math.max(0, neighbour.room - (room.get(neighbour.id) ?? 0)))
}

interface Candidate {
  readonly chunk: WantedChunk
  readonly holders: readonly PlannerNeighbour[]
  readonly tie: number
}

function candidatesOf(
  group: Iterable<WantedChunk>,
  neighbours: readonly PlannerNeighbour[],
  random: () => number,
): Candidate[] {
  const found: Candidate[] = []
  for (const chunk of group) {
    if (found.length >= plannerLimits.candidates) break
    const holders = neighbours.filter((neighbour) => neighbour.has(chunk))
    if (holders.length > 0) found.push({ chunk, holders, tie: random() })
  }
  return found.sort((a, b) => a.holders.length - b.holders.length || a.tie - b.tie)
}
