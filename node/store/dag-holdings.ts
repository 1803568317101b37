import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { DAG_PB_CODEC, linksOfBlock } from '../../artworks/format/dag.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { ChunkOwners } from '../replication/chunk-owners.ts'
import { dagTrackerLimits, DagTracker } from '../replication/dag-tracker.ts'
import type { DagFigures } from '../replication/dag-tracker.ts'
import type { ChunkDamage, ChunkStore } from './chunk-store.ts'
import type { DagProgress, Holdings } from './holdings.ts'

export const dagHoldingsLimits = Object.freeze({
  /** Inner blocks of one DAG read from the disk at once when it is loaded. */
  concurrentReads: 16,
})

export interface DagHoldingsParts {
  readonly chunks: ChunkStore
  readonly events: NodeEventBus
  readonly logger?: Logger
}

/** Holdings over a chunk store. */
export class DagHoldings implements Holdings {
  readonly #chunks: ChunkStore
  readonly #events: NodeEventBus
  readonly #logger: Logger | undefined
  readonly #dags = new Map<string, DagTracker>()
  readonly #owners = new ChunkOwners()
  readonly #loading = new Map<DagTracker, Promise<void>>()
  readonly #adding = new Set<Promise<void>>()
  #stopListening: (() => void) | undefined

  constructor({ chunks, events, logger }: DagHoldingsParts) {
    this.#chunks = chunks
    this.#events = events
    this.#logger = logger
  }

  /** Listens for damage from here on. Idempotent. */
  start(): void {
    this.#stopListening ??= this.#chunks.onDamage((damage) => this.#lose(damage))
  }

  stop(): void {
    this.#stopListening?.()
    this.#stopListening = undefined
  }

  async track(root: string, declared: DagFigures): Promise<void> {
    const known = this.#dags.get(root)
    if (known !== undefined && (known.declares(declared) || known.claims.length >= dagTrackerLimits.claims)) {
      return this.#loading.get(known)
    }
    // Figures are facts of a DAG: a manifest with wrong ones must not keep a right one from being fetched, whichever came
    // first. So the DAG is read anew under all of them.
    const figures = { size: declared.size, chunks: declared.chunks }
    this.untrack(root)
    const dag = new DagTracker(CID.parse(root), [figures, ...(known?.claims ?? [])], (cid) => {
      // What is still being read of a DAG that was let go is of nobody.
      if (this.#dags.get(root) === dag) this.#owners.add(cid, root)
    })
    this.#dags.set(root, dag)
    this.#owners.add(root, root)
    const loading = this.#settle(root, dag, [dag.root]).finally(() => this.#loading.delete(dag))
    this.#loading.set(dag, loading)
    await loading
    if (this.#dags.get(root) === dag) this.#events.emit('progress', root)
  }

  untrack(root: string): void {
    for (const cid of this.#dags.get(root)?.known() ?? []) this.#owners.delete(cid, root)
    this.#dags.delete(root)
  }

  roots(): Iterable<string> {
    return this.#dags.keys()
  }

  progress(root: string): DagProgress | undefined {
    const dag = this.#dags.get(root)
    if (dag === undefined) return undefined
    const { have, total, complete } = dag
    return {
      ...{ have, total, complete },
      get cells() {
        return dag.cells()
      },
    }
  }

  lacks(root: string): boolean {
    return this.#dags.get(root)?.lacks ?? false
  }

  missing(root: string): readonly CID[] {
    return this.#dags.get(root)?.missing() ?? []
  }

  missingKeys(root: string): readonly string[] {
    return this.#dags.get(root)?.missingKeys() ?? []
  }

  refusal(root: string): string | undefined {
    return this.#dags.get(root)?.refusal
  }

  chunksOf(root: string): Iterable<string> {
    return this.#dags.get(root)?.held() ?? []
  }

  /** Roots of the tracked DAGs that the block is known to belong to. */
  rootsOf(cid: CID): readonly string[] {
    return this.#owners.of(cidKey(cid))
  }

  referenced(): Set<string> {
    const referenced = new Set<string>()
    for (const dag of this.#dags.values()) for (const cid of dag.known()) referenced.add(cid)
    return referenced
  }

  async add(cid: CID, bytes: Uint8Array): Promise<void> {
    const adding = this.#add(cid, bytes)
    this.#adding.add(adding)
    try {
      await adding
    } finally {
      this.#adding.delete(adding)
    }
  }

  async idle(): Promise<void> {
    // Each has a caller of its own, who gets its error.
    await Promise.allSettled(this.#adding)
  }

  async #add(cid: CID, bytes: Uint8Array): Promise<void> {
    const key = cidKey(cid)
    const wasWanted = this.#owners.has(key)
    await this.#chunks.put(cid, bytes)
    if (wasWanted && !this.#owners.has(key)) {
      // Its work was withdrawn while it was being written: what was deleted meanwhile must not be outlived by it.
      await this.#chunks.delete(cid)
      return
    }
    this.#events.emit('chunk', key)
    for (const root of this.#owners.of(key)) {
      const dag = this.#dags.get(root)
      if (dag === undefined) continue
      const found = this.#take(root, dag, cid, bytes)
      if (found === null) continue
      // What it links to and is here already, as part of another work, can be had for this one too from now on.
      await this.#settle(root, dag, found, (stored) => this.#events.emit('chunk', cidKey(stored)))
      if (this.#dags.get(root) === dag) this.#events.emit('progress', root)
    }
  }

  /** Takes what is stored of these blocks of a DAG, and of what they link to. Reads inner blocks only. */
  async #settle(
    root: string,
    dag: DagTracker,
    blocks: readonly CID[],
    onTaken?: (cid: CID) => void,
  ): Promise<void> {
    let pending = this.#takeLeaves(dag, blocks, onTaken)
    while (pending.length > 0 && this.#dags.get(root) === dag && dag.refusal === undefined) {
      const next = pending.splice(-dagHoldingsLimits.concurrentReads)
      const found = await Promise.all(
        next.map(async (cid) => {
          const bytes = await this.#chunks.get(cid)
          if (bytes === null) return []
          onTaken?.(cid)
          // In the same turn: a leaf that is known and not taken yet would be asked for.
          return this.#takeLeaves(dag, this.#take(root, dag, cid, bytes) ?? [], onTaken)
        }),
      )
      pending = pending.concat(...found)
    }
  }

  /** Takes the stored leaves without reading them. @returns the stored inner blocks, to be read */
  #takeLeaves(dag: DagTracker, blocks: readonly CID[], onTaken?: (cid: CID) => void): CID[] {
    const inner: CID[] = []
    for (const cid of blocks) {
      const size = this.#chunks.size(cid)
      if (size === null) continue
      if (cid.code === DAG_PB_CODEC) inner.push(cid)
      else if (dag.add(cid, [], size) !== null) onTaken?.(cid)
    }
    return inner
  }

  /** @returns as DagTracker.add */
  #take(root: string, dag: DagTracker, cid: CID, bytes: Uint8Array): readonly CID[] | null {
    let links: readonly CID[]
    try {
      // A piece of a larger buffer is copied: the CIDs of the links would keep all of that buffer in memory.
      const isPiece = cid.code === DAG_PB_CODEC && bytes.length < bytes.buffer.byteLength
      links = linksOfBlock(cid, isPiece ? bytes.slice() : bytes)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      this.#logger?.warn({ root, err: error }, 'a work has a block that no work may have')
      dag.refuse(error.message)
      return []
    }
    return dag.add(cid, links, bytes.length)
  }

  #lose({ cid }: ChunkDamage): void {
    this.#events.emit('chunk:damaged', cid)
    const damaged = CID.parse(cid)
    for (const root of this.#owners.of(cid)) {
      if (this.#dags.get(root)?.lose(damaged) === true) this.#events.emit('progress', root)
    }
  }
}
