import type { UrgentChunk } from './urgent-chunk.ts'
import { aboutBytes } from './wanted-chunks.ts'
import type { WantedWork } from './wanted-chunks.ts'

/** Steady times in milliseconds. */
export const farLimits = Object.freeze({
  /** What no neighbour holds is fetched through the mesh after nothing else was asked of anybody for so long: neighbours that are to hold it get it first. */
  quietMs: 5_000,
  /** On their way at once. */
  atOnce: 8,
  /** Works that a way is sought to in one plan, and chunks that are looked at. */
  works: 16,
  chunks: 256,
})

/**
 * When to fetch what this node is to keep and no neighbour holds: where some nodes keep only some works, those between may
 * never hold it.
 */
export class FarChunks {
  readonly #asked = new Set<string>()
  #busyAtMs: number | null = null

  /** @param isBusy whether neighbours owe answers of their own now @returns how many may be asked for now */
  room(isBusy: boolean, nowMs: number): number {
    if (this.#busyAtMs === null || isBusy) this.#busyAtMs = nowMs
    return nowMs - this.#busyAtMs < farLimits.quietMs ? 0 : farLimits.atOnce - this.#asked.size
  }

  asked(cid: string): void {
    this.#asked.add(cid)
  }

  settled(cid: string): void {
    this.#asked.delete(cid)
  }
}

/** How what is far is sought. */
export interface FarSearch {
  /** Neighbours on the ways to nodes that hold a work, nearest first. */
  readonly waysTo: (root: string) => readonly string[]
  /** How many nodes may pass a request on. */
  readonly hops: number
  readonly self: string
}

/**
 * Chunks of works that are wanted, with the ways to nodes that hold them. Each time some works, so that those that cannot be had do
 * not keep others waiting.
 * @param random uniform in [0, 1)
 */
export function* farChunks(
  works: Iterable<WantedWork>,
  { waysTo, hops, self }: FarSearch,
  random: () => number,
): Generator<UrgentChunk> {
  const all = [...works]
  const start = Math.floor(random() * all.length)
  const some = [...all.slice(start), ...all.slice(0, start)].slice(0, farLimits.works)
  for (const { root, size, missing } of some) {
    const via = waysTo(root)
    if (via.length > 0)
      for (const cid of missing())
        yield { cid, root, bytes: aboutBytes(cid, size), hops, waiting: [self], via }
  }
}
