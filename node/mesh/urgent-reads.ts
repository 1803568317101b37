import type { CID } from 'multiformats/cid'
import type { UrgentChunk } from '../replication/urgent-chunk.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import { ReadThroughError } from '../store/read-through.ts'
import type { ReadThrough } from '../store/read-through.ts'
import type { ChunkRelay } from './chunk-server.ts'

/** A neighbour that asks is given an answer within this time; it may ask again. */
const FETCH_PATIENCE_MS = 20_000
/** How large a chunk is that somebody waits for, as far as one can tell. */
const URGENT_BYTES = 1024 * 1024

export interface UrgentReadsDependencies {
  readonly reads: ReadThrough
  readonly content: ExhibitionContent
  /** Ids of neighbours on the ways to nodes that hold the work, nearest first. */
  readonly waysTo: (root: string) => readonly string[]
}

/** What readers here wait for, as the swarm asks for it; and what neighbours seek, fetched for them. */
export class UrgentReads implements ChunkRelay {
  readonly #deps: UrgentReadsDependencies

  constructor(deps: UrgentReadsDependencies) {
    this.#deps = deps
  }

  *chunks(): Iterable<UrgentChunk> {
    const { reads, content, waysTo } = this.#deps
    for (const { cid, root, hops } of reads.asked()) {
      if (content.isReadable(root))
        yield { cid, root, bytes: URGENT_BYTES, hops, via: hops === 0 ? [] : waysTo(root) }
    }
  }

  async fetch(
    cid: CID,
    root: CID,
    { signal, hops }: { signal: AbortSignal; hops: number },
  ): Promise<boolean> {
    const { reads, content } = this.#deps
    if (!content.isReadable(root.toString())) return false
    try {
      await reads.read(cid, { signal, root: root.toString(), hops, patienceMs: FETCH_PATIENCE_MS })
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
