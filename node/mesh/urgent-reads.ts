import type { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'
import type { UrgentChunk } from '../replication/urgent-chunk.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import { ReadThroughError } from '../store/read-through.ts'
import type { ReadThrough } from '../store/read-through.ts'
import { wireLimits } from '../wire/limits.ts'
import type { ChunkRelay } from './chunk-relay.ts'

/** A neighbour that asks is given an answer within this time; it may ask again. */
const FETCH_PATIENCE_MS = 20_000
/** How large a chunk is that somebody waits for, as far as one can tell. */
const URGENT_BYTES = 1024 * 1024

export interface UrgentReadsDependencies {
  readonly reads: ReadThrough
  readonly content: Pick<ExhibitionContent, 'isReadable'>
  /** Ids of neighbours on the ways to nodes that hold the work, nearest first, without these nodes. */
  readonly waysTo: (root: string, without: readonly Did[]) => readonly string[]
  readonly self: { readonly did: Did }
}

/** What readers here wait for, as the swarm asks for it; and what neighbours seek, fetched for them. */
export class UrgentReads implements ChunkRelay {
  readonly #deps: UrgentReadsDependencies

  constructor(deps: UrgentReadsDependencies) {
    this.#deps = deps
  }

  *chunks(): Iterable<UrgentChunk> {
    const { reads, content, waysTo, self } = this.#deps
    for (const { cid, root, hops, waiting } of reads.asked()) {
      if (!content.isReadable(root)) continue
      const via = hops === 0 ? [] : waysTo(root, waiting)
      const others = waiting.slice(1 - wireLimits.seekWaiting)
      yield { cid, root, bytes: URGENT_BYTES, hops, waiting: [...others, self.did], via }
    }
  }

  async fetch(
    cid: CID,
    root: CID,
    { signal, hops, waiting }: { signal: AbortSignal; hops: number; waiting: readonly Did[] },
  ): Promise<boolean> {
    const { reads, content, self } = this.#deps
    // Asked in a circle: who asked has other neighbours.
    if (waiting.includes(self.did) || !content.isReadable(root.toString())) return false
    try {
      await reads.read(cid, {
        signal,
        root: root.toString(),
        hops,
        waiting,
        patienceMs: FETCH_PATIENCE_MS,
      })
      return true
    } catch (err) {
      // The neighbour is told `gone`, or is gone itself.
      if (err instanceof ReadThroughError || signal.aborted) return false
      throw err
    }
  }

  passing(cid: CID): Uint8Array | null {
    return this.#deps.reads.passing(cid.toString())
  }
}
