import type { CID } from 'multiformats/cid'
import { linksOfBlock } from '../../artworks/format/dag.ts'
import { formatLimits } from '../../artworks/format/limits.ts'
import { DagTracker } from '../replication/dag-tracker.ts'
import type { DagFigures } from '../replication/dag-tracker.ts'

/** Takes one verified block of a work and returns when it is durable. */
export type BlockSink = (cid: CID, bytes: Uint8Array) => Promise<void>

interface Seen {
  readonly put: Promise<void>
  readonly links: readonly CID[]
  readonly bytes: number
}

/** Hands each different block on once, and counts. */
export class CountingSink {
  readonly #sink: BlockSink
  readonly #seen = new Map<string, Seen>()
  #bytes = 0

  constructor(sink: BlockSink) {
    this.#sink = sink
  }

  get figures(): DagFigures {
    return { chunks: this.#seen.size, size: this.#bytes }
  }

  async put(cid: CID, bytes: Uint8Array): Promise<void> {
    const key = cid.toString()
    let seen = this.#seen.get(key)
    if (seen === undefined) {
      const links = linksOfBlock(cid, bytes)
      seen = { put: this.#sink(cid, bytes), links, bytes: bytes.length }
      this.#seen.set(key, seen)
      this.#bytes += bytes.length
    }
    await seen.put
  }

  /** Why it is too much already, or undefined. */
  excess(): string | undefined {
    if (this.#bytes > formatLimits.artworkBytes) return `is more than ${formatLimits.artworkBytes} bytes`
    if (this.#seen.size > formatLimits.artworkChunks)
      return `is more than ${formatLimits.artworkChunks} chunks`
    return undefined
  }

  /** Why another node would refuse the DAG under this root, or undefined: asks the very rule that it would ask. */
  refusal(root: CID): string | undefined {
    const tracker = new DagTracker(root, [this.figures])
    const pending = [root]
    for (let cid = pending.pop(); cid !== undefined; cid = pending.pop()) {
      const seen = this.#seen.get(cid.toString())
      const found = seen === undefined ? null : tracker.add(cid, seen.links, seen.bytes)
      if (found !== null) for (const link of found) pending.push(link)
    }
    return tracker.refusal ?? (tracker.complete ? undefined : 'is not whole')
  }
}
