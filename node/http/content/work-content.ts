import { CID } from 'multiformats/cid'
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import type { ChunkStore } from '../../store/chunk-store.ts'
import { ReadThroughError } from '../../store/read-through.ts'
import type { ReadThrough } from '../../store/read-through.ts'
import { BoundedMap } from '../bounded-map.ts'
import { httpLimits } from '../limits.ts'
import type { HttpLimits } from '../limits.ts'
import { HttpProblem } from '../problems.ts'
import { Turnstile } from './turnstile.ts'
import { parseUnixfsNode } from '../../../artworks/format/unixfs-node.ts'
import type { FilePart } from '../../../artworks/format/unixfs-node.ts'
import { findEntry, readFile } from './unixfs-reader.ts'

const RETRY_AFTER_SECONDS = '5'

/** A file, and the work that it is asked for as part of. */
export type WorkFile = FilePart & { readonly root?: string }

export type Place =
  | ({ readonly kind: 'file' } & WorkFile)
  | { readonly kind: 'directory'; readonly cid: CID }
  | { readonly kind: 'nothing' }

type ContentLimits = Pick<
  HttpLimits,
  | 'chunkWaitMs'
  | 'contentStreams'
  | 'contentTurnMs'
  | 'directoryEntries'
  | 'keptBlocksBytes'
  | 'keptBlockBytes'
  | 'keptLeavesBytes'
  | 'keptLeavesMs'
  | 'resolvedPaths'
  | 'wholeFileBytes'
>

/** Reads files of DAGs that are here, or nearly. Who may see them is not its business. */
export class WorkContent {
  readonly #chunks: ChunkStore
  readonly #reads: ReadThrough
  readonly #turnstile: Turnstile
  readonly #limits: ContentLimits
  readonly #blocks: BoundedMap<string, Uint8Array>
  /** Whole chunks of large files, for seconds: an idle node holds none. */
  #leaves: BoundedMap<string, Uint8Array>
  #leavesTimer: NodeJS.Timeout | undefined
  readonly #reading = new Map<string, Promise<Uint8Array>>()
  /** What a path leads to never changes: the root names all of it. */
  readonly #places: BoundedMap<string, Place>

  constructor(chunks: ChunkStore, reads: ReadThrough, limits: ContentLimits = httpLimits) {
    this.#chunks = chunks
    this.#limits = limits
    this.#reads = reads
    this.#turnstile = new Turnstile(limits.contentStreams, limits.contentTurnMs)
    this.#places = new BoundedMap(limits.resolvedPaths)
    this.#blocks = new BoundedMap(limits.keptBlocksBytes, (bytes) => bytes.length)
    this.#leaves = this.#noLeaves()
  }

  /**
   * @param root the work it is read for; without it nobody is asked for what is not here
   * @throws {HttpProblem} `still-arriving`, `busy` @throws {FormatError} `block-mismatch`
   */
  async block(cid: CID, signal: AbortSignal, root?: string): Promise<Uint8Array> {
    const key = cid.toString()
    // The store has the last word: what it dropped is not given out.
    const kept = this.#chunks.has(cid) ? (this.#blocks.get(key) ?? this.#leaves.get(key)) : undefined
    if (kept !== undefined) return kept
    const bytes = await this.#shared(cid, signal, root)
    if (bytes.length <= this.#limits.keptBlockBytes) this.#blocks.set(key, bytes)
    else this.#keepLeaf(key, bytes)
    return bytes
  }

  /** Read from the disk and checked once for all who want it now. */
  async #shared(cid: CID, signal: AbortSignal, root: string | undefined): Promise<Uint8Array> {
    const key = cid.toString()
    const underWay = this.#reading.get(key)
    if (underWay !== undefined) {
      try {
        return await underWay
      } catch {
        // Their reader left, or has less patience: on our own account then.
      }
    }
    const reading = this.#arrival(cid, signal, root)
    this.#reading.set(key, reading)
    try {
      return await reading
    } finally {
      if (this.#reading.get(key) === reading) this.#reading.delete(key)
    }
  }

  /** A chunk that was read just now is soon wanted again: by the next visitor at the same film, or by a player that asks in pieces. */
  #keepLeaf(key: string, bytes: Uint8Array): void {
    this.#leaves.set(key, bytes)
    if (this.#leavesTimer !== undefined) return
    this.#leavesTimer = setTimeout(() => {
      this.#leavesTimer = undefined
      this.#leaves = this.#noLeaves()
    }, this.#limits.keptLeavesMs).unref()
  }

  #noLeaves(): BoundedMap<string, Uint8Array> {
    return new BoundedMap(this.#limits.keptLeavesBytes, (bytes) => bytes.length)
  }

  async #arrival(cid: CID, signal: AbortSignal, root: string | undefined): Promise<Uint8Array> {
    try {
      const options = { signal, patienceMs: this.#limits.chunkWaitMs }
      return await this.#reads.read(cid, root === undefined ? options : { ...options, root })
    } catch (error) {
      if (!(error instanceof ReadThroughError)) throw error
      const code = error.code === 'not-arrived' ? 'still-arriving' : 'busy'
      throw new HttpProblem(code, error.message, { headers: { 'retry-after': RETRY_AFTER_SECONDS } })
    }
  }

  /**
   * What is at a path under a root; the empty path is the root itself.
   * @throws {HttpProblem} `still-arriving` @throws {FormatError} `block-mismatch`, `too-large`
   */
  async find(root: string, path: readonly string[], signal: AbortSignal): Promise<Place> {
    const key = [root, ...path].join('/')
    const known = this.#places.get(key)
    if (known !== undefined) return known
    let cid: CID | undefined = CID.parse(root)
    for (const name of path) {
      cid = (await findEntry((cid) => this.block(cid, signal, root), cid, name, this.#limits))?.cid
      if (cid === undefined) break
    }
    if (cid === undefined) return { kind: 'nothing' }
    const place = await this.#placeOf(cid, signal, root)
    this.#places.set(key, place)
    return place
  }

  async #placeOf(cid: CID, signal: AbortSignal, root: string): Promise<Place> {
    if (cid.code === RAW_CODEC) {
      const size = this.#chunks.size(cid) ?? (await this.block(cid, signal, root)).length
      return { kind: 'file', cid, size, root }
    }
    const node = parseUnixfsNode(cid, await this.block(cid, signal, root))
    return node.kind === 'file' ? { kind: 'file', cid, size: node.size, root } : { kind: 'directory', cid }
  }

  /** A small file of one leaf, or null: what is small needs no stream and no turn. */
  async readWhole(file: WorkFile, signal: AbortSignal): Promise<Uint8Array | null> {
    if (file.cid.code !== RAW_CODEC || file.size > this.#limits.wholeFileBytes) return null
    return this.block(file.cid, signal, file.root)
  }

  /**
   * The bytes of a file, in turn with the other readers. The first block is here when it resolves, so that a missing one
   * can still be told as a problem.
   * @throws {HttpProblem} `still-arriving`, `busy` @throws {FormatError} `block-mismatch`
   */
  async read(
    file: WorkFile,
    start: number,
    end: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { root } = file
    const ahead = (cids: readonly CID[]): void => {
      if (root !== undefined) this.#reads.ahead(cids, root)
    }
    return this.stream(
      () => readFile((cid) => this.block(cid, signal, root), file, start, end, ahead),
      signal,
    )
  }

  /** Runs a generator of blocks in turn with the other readers; its first item is here when this resolves. */
  async stream(
    generate: () => AsyncGenerator<Uint8Array>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const leave = await this.#turnstile.enter(signal)
    if (leave === null) {
      signal.throwIfAborted()
      throw new HttpProblem('busy', 'many visitors are loading works now; try again in a moment', {
        headers: { 'retry-after': '3' },
      })
    }
    // Whatever becomes of the reader, the request ends, and with it its signal.
    signal.addEventListener('abort', leave, { once: true })
    try {
      const items = generate()
      const first = await items.next()
      return rest(first.done === true ? [] : [first.value], items, leave)
    } catch (error) {
      leave()
      throw error
    }
  }
}

/** @param first taken out of the array when it is given on: nobody is to hold it while the rest is sent */
async function* rest(
  first: Uint8Array[],
  items: AsyncGenerator<Uint8Array>,
  done: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first.splice(0)
    yield* items
  } finally {
    done()
  }
}
