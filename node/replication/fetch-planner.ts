/** A chunk that is wanted: its CID as base32 text, the root it was first wanted for, and about how many bytes it has. */
export interface WantedChunk {
  readonly cid: string
  readonly root: string
  readonly bytes: number
}

/** What the planner sees of a neighbour. */
export interface PlannerNeighbour {
  readonly id: string
  /** How many more requests it may be sent now. */
  readonly room: number
  /** How many more bytes it may be asked for now; the last chunk may go beyond them. */
  readonly roomBytes: number
  /** Until it would have answered what it is asked for already. */
  readonly costMs: number
  readonly msPerByte: number
  /** Whether it holds the chunk: what counts for how rare it is. */
  has(chunk: WantedChunk): boolean
  /** Whether the chunk, which it has, is to be asked of it now. */
  may(chunk: WantedChunk): boolean
}

export interface FetchRequest {
  readonly neighbour: string
  readonly chunk: WantedChunk
}

export const plannerLimits = Object.freeze({
  /** Wanted chunks looked at in one plan; the rest waits, so that a plan's cost is bounded. */
  candidates: 512,
})

/** A neighbour in the course of a plan. */
interface Asked {
  readonly neighbour: PlannerNeighbour
  room: number
  roomBytes: number
  costMs: number
}

/**
 * Whom to ask for which chunk next. Pure: state and random numbers in, requests out.
 *
 * Chunks are taken rarest first, ties at random, so that neighbours of one seed fetch different chunks and then swap; each from
 * the neighbour that would deliver it soonest. `wanted` comes in order of importance, in groups of equal importance: a less
 * important group is looked at only while there is room. One chunk is asked of one neighbour.
 * @param random uniform in [0, 1)
 */
export function planFetches(
  groups: Iterable<Iterable<WantedChunk>>,
  neighbours: readonly PlannerNeighbour[],
  random: () => number,
): FetchRequest[] {
  const requests: FetchRequest[] = []
  const all = neighbours.map((neighbour): Asked => ({
    neighbour,
    room: neighbour.room,
    roomBytes: neighbour.roomBytes,
    costMs: neighbour.costMs,
  }))
  let open = all.filter(hasRoom).length
  for (const group of groups) {
    if (open === 0) break
    for (const { chunk, holders } of candidatesOf(group, all, random)) {
      const best = soonest(holders, chunk)
      if (best === undefined) continue
      best.room -= 1
      best.roomBytes -= chunk.bytes
      best.costMs += chunk.bytes * best.neighbour.msPerByte
      requests.push({ neighbour: best.neighbour.id, chunk })
      if (hasRoom(best)) continue
      open -= 1
      if (open === 0) break
    }
  }
  return requests
}

function hasRoom({ room, roomBytes }: Asked): boolean {
  return room > 0 && roomBytes > 0
}

function soonest(holders: readonly Asked[], { bytes }: WantedChunk): Asked | undefined {
  let best: Asked | undefined
  let bestMs = Number.POSITIVE_INFINITY
  for (const holder of holders) {
    if (!hasRoom(holder)) continue
    const atMs = holder.costMs + bytes * holder.neighbour.msPerByte
    if (atMs >= bestMs) continue
    best = holder
    bestMs = atMs
  }
  return best
}

interface Candidate {
  readonly chunk: WantedChunk
  /** Who may be asked for it. */
  readonly holders: readonly Asked[]
  /** How many neighbours have it. */
  readonly copies: number
  readonly tie: number
}

function candidatesOf(
  group: Iterable<WantedChunk>,
  all: readonly Asked[],
  random: () => number,
): Candidate[] {
  const found: Candidate[] = []
  for (const chunk of group) {
    if (found.length >= plannerLimits.candidates) break
    let copies = 0
    const holders: Asked[] = []
    for (const one of all) {
      if (!one.neighbour.has(chunk)) continue
      copies += 1
      if (hasRoom(one) && one.neighbour.may(chunk)) holders.push(one)
    }
    if (holders.length > 0) found.push({ chunk, holders, copies, tie: random() })
  }
  return found.sort((a, b) => a.copies - b.copies || a.tie - b.tie)
}
