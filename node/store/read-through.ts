import type { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'
import { afterMs } from '../lifecycle/after.ts'
import type { After } from '../lifecycle/after.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { wireLimits } from '../wire/limits.ts'
import type { ChunkStore } from './chunk-store.ts'
import { PassingChunks } from './passing-chunks.ts'

export const readThroughLimits = Object.freeze({
  /** Readers that wait at once: visitors' requests, and neighbours that this node fetches for. */
  readers: 256,
  /** A reader waits this long while nothing of the work comes, and never longer than `waitMs` for one chunk. */
  patienceMs: 8_000,
  waitMs: 60_000,
  /** A chunk that nobody waits for any more is still asked for during this time: a reader that was told to come back finds it. */
  lingerMs: 30_000,
  /** Chunks asked for at once; of half as many some may be ahead of their readers. */
  asks: 512,
  /** Chunks kept in memory that pass through this node and are not stored. */
  passingBytes: 16 * 1024 * 1024,
})

export type ReadThroughLimits = { readonly [K in keyof typeof readThroughLimits]: number }

export type ReadThroughErrorCode = 'not-arrived' | 'too-many-readers'

export class ReadThroughError extends Error {
  override readonly name = 'ReadThroughError'
  readonly code: ReadThroughErrorCode

  constructor(code: ReadThroughErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** A chunk somebody waits for now. */
export interface AskedChunk {
  readonly cid: string
  readonly root: string
  /** How many nodes may pass the request on; with 0 only a neighbour that holds it is asked. */
  readonly hops: number
  /** Nodes that wait for it and are not to be asked. */
  readonly waiting: readonly Did[]
}

export interface ReadOptions {
  readonly signal: AbortSignal
  /** The work it is part of; without one the reader waits, and nobody is asked. */
  readonly root?: string
  readonly hops?: number
  /** Nodes that wait for what this reader fetches for one of them. */
  readonly waiting?: readonly Did[]
  readonly patienceMs?: number
}

interface Ask extends Omit<AskedChunk, 'waiting'> {
  /** The work that the last reader named: another that has this chunk, too, may be withdrawn by now, and is not asked for. */
  root: string
  hops: number
  /** What wakes a reader, and which nodes wait for what it reads. */
  readonly readers: Map<() => void, readonly Did[]>
  stopLingering: (() => void) | undefined
}

export interface ReadThroughInit {
  readonly chunks: ChunkStore
  readonly events: NodeEventBus
  readonly after?: After
  readonly limits?: ReadThroughLimits
}

/**
 * Chunks for readers who wait: out of the store, out of memory, or out of the mesh, which fetches what is asked for here before
 * all else. A work that is arriving is seen while it arrives, and one that this node does not keep is read through it.
 */
export class ReadThrough {
  readonly #chunks: ChunkStore
  readonly #events: NodeEventBus
  readonly #after: After
  readonly #limits: ReadThroughLimits
  readonly #asks = new Map<string, Ask>()
  readonly #passing: PassingChunks
  /** How many chunks of a work have come, while somebody waits for one of them. */
  readonly #arrived = new Map<string, number>()
  #readers = 0

  constructor({ chunks, events, after = afterMs, limits = readThroughLimits }: ReadThroughInit) {
    this.#chunks = chunks
    this.#events = events
    this.#after = after
    this.#limits = limits
    this.#passing = new PassingChunks(limits.passingBytes)
  }

  start(): void {
    this.#events.on('chunk', this.#onChunk)
    this.#events.on('progress', this.#onProgress)
    this.#events.on('catalogue', this.#onCatalogue)
  }

  stop(): void {
    this.#events.off('chunk', this.#onChunk)
    this.#events.off('progress', this.#onProgress)
    this.#events.off('catalogue', this.#onCatalogue)
    for (const ask of this.#asks.values()) ask.stopLingering?.()
    this.#asks.clear()
  }

  /**
   * The verified bytes, as soon as they are here.
   * @throws {ReadThroughError} when too many wait, or nothing comes in time @throws the signal's reason when it is aborted
   */
  async read(cid: CID, options: ReadOptions): Promise<Uint8Array> {
    const { signal } = options
    const here = await this.here(cid, signal)
    if (here !== null) return here
    if (this.#readers >= this.#limits.readers || this.#asks.size >= this.#limits.asks)
      throw new ReadThroughError('too-many-readers', 'too many wait for what is on its way')
    this.#readers += 1
    try {
      for (;;) {
        const came = await this.#arrival(cid, options)
        signal.throwIfAborted()
        const bytes = came ? await this.here(cid, signal) : null
        if (bytes !== null) return bytes
        // Damaged or let go of before it could be read: once more.
        if (!came)
          throw new ReadThroughError('not-arrived', `chunk ${cid.toString()} has not reached this node yet`)
      }
    } finally {
      this.#readers -= 1
    }
  }

  /** Asks for chunks that a reader will soon come to. */
  ahead(cids: readonly CID[], root: string): void {
    for (const cid of cids) {
      if (this.#asks.size >= this.#limits.asks / 2) return
      const key = cid.toString()
      if (this.#asks.has(key) || this.#chunks.has(cid) || this.#passing.has(key)) continue
      this.#linger(this.#ask(key, root, wireLimits.seekHops))
    }
  }

  /** Asked for now, in the order asked. */
  *asked(): Iterable<AskedChunk> {
    for (const { cid, root, hops, readers } of this.#asks.values()) {
      yield { cid, root, hops, waiting: [...new Set([...readers.values()].flat())] }
    }
  }

  isAsked(cid: string): boolean {
    return this.#asks.has(cid)
  }

  /** Verified bytes of a chunk that was asked for and that this node does not store: they are copied. */
  pass(cid: string, bytes: Uint8Array): void {
    const ask = this.#asks.get(cid)
    if (ask === undefined) return
    this.#passing.set(cid, bytes.slice())
    this.#progressed(ask.root)
    this.#wake(cid)
  }

  /** Bytes that passed through lately, or null. */
  passing(cid: string): Uint8Array | null {
    return this.#passing.get(cid)
  }

  /** What is here without asking anybody, or null. */
  async here(cid: CID, signal?: AbortSignal): Promise<Uint8Array | null> {
    return (
      (await this.#chunks.get(cid, signal === undefined ? {} : { signal })) ??
      this.#passing.get(cid.toString())
    )
  }

  readonly #onChunk = (cid: string): void => {
    if (this.#asks.has(cid)) this.#wake(cid)
  }

  /** A withdrawal, perhaps: what passed through of the work must not outlive it. */
  readonly #onCatalogue = (): void => this.#passing.clear()

  readonly #onProgress = (root: string): void => this.#progressed(root)

  #progressed(root: string): void {
    const arrived = this.#arrived.get(root)
    if (arrived !== undefined) this.#arrived.set(root, arrived + 1)
  }

  #wake(cid: string): void {
    const ask = this.#asks.get(cid)
    if (ask === undefined) return
    this.#forget(ask)
    for (const wake of [...ask.readers.keys()]) wake()
  }

  #ask(cid: string, root: string, hops: number): Ask {
    const known = this.#asks.get(cid)
    if (known !== undefined) {
      known.stopLingering?.()
      known.stopLingering = undefined
      known.hops = Math.max(known.hops, hops)
      if (root !== '' && root !== known.root) this.#name(known, root)
      return known
    }
    const ask: Ask = { cid, root, hops, readers: new Map(), stopLingering: undefined }
    this.#asks.set(cid, ask)
    if (!this.#arrived.has(root)) this.#arrived.set(root, 0)
    this.#events.emit('chunk:asked', cid)
    return ask
  }

  #name(ask: Ask, root: string): void {
    const before = ask.root
    ask.root = root
    if (!this.#arrived.has(root)) this.#arrived.set(root, 0)
    this.#forgetArrived(before)
    this.#events.emit('chunk:asked', ask.cid)
  }

  #linger(ask: Ask): void {
    ask.stopLingering = this.#after(this.#limits.lingerMs, () => this.#forget(ask))
  }

  #forget(ask: Ask): void {
    ask.stopLingering?.()
    if (this.#asks.get(ask.cid) !== ask) return
    this.#asks.delete(ask.cid)
    this.#forgetArrived(ask.root)
  }

  #forgetArrived(root: string): void {
    for (const ask of this.#asks.values()) if (ask.root === root) return
    this.#arrived.delete(root)
  }

  /** @returns whether it came; false when patience is over or the reader went away */
  #arrival(cid: CID, options: ReadOptions): Promise<boolean> {
    const { signal, root = '', hops = root === '' ? 0 : wireLimits.seekHops } = options
    const patienceMs = options.patienceMs ?? this.#limits.patienceMs
    const ask = this.#ask(cid.toString(), root, hops)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    let arrived = this.#arrived.get(root)
    let waitedMs = 0
    let stopWaiting = (): void => {}
    const settle = (came: boolean): void => {
      stopWaiting()
      signal.removeEventListener('abort', onAbort)
      ask.readers.delete(onArrival)
      if (ask.readers.size === 0) {
        // Who has it, or went away, will not come back for it; who was sent away will.
        if (came || signal.aborted) this.#forget(ask)
        else this.#linger(ask)
      }
      resolve(came)
    }
    const onArrival = (): void => settle(true)
    const onAbort = (): void => settle(false)
    const wait = (): void => {
      stopWaiting = this.#after(patienceMs, () => {
        waitedMs += patienceMs
        const now = this.#arrived.get(root)
        if (now === arrived || waitedMs >= this.#limits.waitMs) return settle(false)
        arrived = now
        wait()
      })
    }
    ask.readers.set(onArrival, options.waiting ?? [])
    signal.addEventListener('abort', onAbort, { once: true })
    // It may have been stored between looking and listening.
    if (this.#chunks.has(cid)) settle(true)
    else if (signal.aborted) settle(false)
    else wait()
    return promise
  }
}
