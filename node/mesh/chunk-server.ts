import type { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { RAW_CODEC } from '../../artworks/format/dag.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { PeerState } from '../store/mesh-state.ts'
import { WireError } from '../wire/codec.ts'
import { chunkFrameHead, decodeChunkFrame, encodeControl } from '../wire/chunk-messages.ts'
import { wireLimits } from '../wire/limits.ts'
import type { BufferPool } from './buffer-pool.ts'
import type { FrameChannel } from './frame-channel.ts'
import type { FrameSocket } from './frame-socket.ts'
import type { GivenChunks } from './given-chunks.ts'

export interface ChunkServerDependencies {
  readonly chunks: ChunkStore
  readonly peer: PeerState
  readonly logger: Logger
  /** What which neighbour was given, of all of them. */
  readonly given: GivenChunks
  /** Where chunks are read into on their way to a plain connection. */
  readonly pool: BufferPool
  /** Whether any visitor may have the chunk: it belongs to a work that is shown. */
  readonly isPublic: (cid: CID) => boolean
  /** What this node does not hold, fetched for the neighbour; and what passed through. */
  readonly relay: ChunkRelay
}

export interface HaveSource {
  /** Roots held whole, and chunks held of the others: everything that may be told. */
  snapshot(): { roots: CID[]; cids: CID[] }
}

export interface ChunkRelay {
  /**
   * @param options.hops how many nodes may pass the request on after this one
   * @returns whether the chunk is here now, or passing through: false when it could not be had
   */
  fetch(cid: CID, root: CID, options: { signal: AbortSignal; hops: number }): Promise<boolean>
  /** The bytes of a chunk that passed through lately and is not stored. */
  passing(cid: CID): Uint8Array | null
}

/** The answering side of the chunk protocol on one stream: says what is held, sends what is asked for, in the order asked. */
export class ChunkServer {
  readonly #framed: FrameChannel
  readonly #chunks: ChunkStore
  readonly #peer: PeerState
  readonly #logger: Logger
  /** Asked for and not yet sent, in order. */
  readonly #queue = new Map<string, CID>()
  /** Those of them that somebody waits for: sent before the others. */
  readonly #first = new Map<string, CID>()
  /** Being fetched from other neighbours. */
  readonly #fetching = new Map<string, AbortController>()
  readonly #relay: ChunkRelay
  readonly #pool: BufferPool
  readonly #given: GivenChunks
  readonly #isPublic: (cid: CID) => boolean
  /** The neighbour's plain connection, once it has one. */
  #socket: FrameSocket | undefined
  #sending = false
  #closed = false

  constructor(framed: FrameChannel, deps: ChunkServerDependencies) {
    this.#framed = framed
    this.#chunks = deps.chunks
    this.#peer = deps.peer
    this.#logger = deps.logger
    this.#pool = deps.pool
    this.#given = deps.given
    this.#isPublic = deps.isPublic
    this.#relay = deps.relay
  }

  /** Tells the neighbour where public chunks can also be had. */
  async offerSocket({ port, token }: { port: number; token: Uint8Array }): Promise<void> {
    await this.#framed.write(encodeControl({ t: 'socket', port, token }))
  }

  /** From here on public chunks go over the plain connection, until it fails. */
  useSocket(socket: FrameSocket): void {
    if (this.#closed) socket.abort(new Error('the neighbour is gone'))
    else this.#socket = socket
  }

  /** Serves until the other side ends the stream. @throws {WireError} when it says what it should not */
  async run(haves: HaveSource): Promise<void> {
    const { roots, cids } = haves.snapshot()
    await this.tell(roots, cids)
    try {
      for (;;) {
        const frame = await this.#framed.read()
        if (frame === null) return
        const message = decodeChunkFrame(frame)
        if (message.t === 'cancel') {
          for (const cid of message.c) this.#forget(cidKey(cid))
        } else if (message.t === 'first') {
          for (const cid of message.c) this.#prefer(cid)
        } else if (message.t === 'want' || message.t === 'insist') {
          await this.#enqueue(message.c, message.t === 'insist')
          this.#sendSoon()
        } else if (message.t === 'seek') {
          await this.#seek(message.c, message.root, message.hops)
          this.#sendSoon()
        } else {
          throw new WireError(`'${message.t}' from the asking side`)
        }
      }
    } finally {
      this.#closed = true
      this.#queue.clear()
      this.#first.clear()
      for (const fetching of this.#fetching.values()) fetching.abort()
      this.#given.forget(this)
      this.#socket?.abort(new Error('the neighbour is gone'))
    }
  }

  /** Tells what is newly held, in messages of bounded length. */
  async tell(roots: readonly CID[], cids: readonly CID[]): Promise<void> {
    const step = wireLimits.cidsPerMessage
    for (let at = 0; at < Math.max(roots.length, cids.length); at += step) {
      if (this.#closed) return
      await this.#framed.write(
        encodeControl({ t: 'have', roots: roots.slice(at, at + step), c: cids.slice(at, at + step) }),
      )
    }
  }

  /**
   * Leaves that another neighbour was given already are put off: those two can swap them, while this node gives each of them what
   * nobody has yet. A seed thus sends everything once before it sends anything twice (as BitTorrent's super-seeding does).
   */
  async #enqueue(cids: readonly CID[], insisted: boolean): Promise<void> {
    const later: CID[] = []
    for (const cid of cids) {
      const key = cidKey(cid)
      if (!insisted && cid.code === RAW_CODEC && this.#given.isWithAnother(key, this)) later.push(cid)
      else {
        this.#given.note(key, this)
        this.#queue.set(key, cid)
      }
    }
    if (later.length > 0) await this.#framed.write(encodeControl({ t: 'later', c: later }))
  }

  #forget(key: string): void {
    this.#queue.delete(key)
    this.#first.delete(key)
    this.#fetching.get(key)?.abort()
  }

  #prefer(cid: CID): void {
    if (this.#queue.delete(cidKey(cid))) this.#first.set(cidKey(cid), cid)
  }

  async #seek(cids: readonly CID[], root: CID, hops: number): Promise<void> {
    const gone: CID[] = []
    for (const cid of cids) {
      const key = cidKey(cid)
      if (this.#queue.has(key) || this.#first.has(key) || this.#fetching.has(key)) this.#prefer(cid)
      else if (this.#chunks.has(cid) || this.#relay.passing(cid) !== null) {
        this.#given.note(key, this)
        this.#first.set(key, cid)
      } else if (hops === 0 || this.#fetching.size >= wireLimits.seeksPerNeighbour) gone.push(cid)
      else this.#fetch(cid, root, hops - 1).catch((err: unknown) => this.#failed(err))
    }
    if (gone.length > 0) await this.#framed.write(encodeControl({ t: 'gone', c: gone }))
  }

  async #fetch(cid: CID, root: CID, hops: number): Promise<void> {
    const key = cidKey(cid)
    const fetching = new AbortController()
    this.#fetching.set(key, fetching)
    const came = await this.#relay.fetch(cid, root, { signal: fetching.signal, hops }).finally(() => {
      this.#fetching.delete(key)
    })
    if (this.#closed || fetching.signal.aborted) return
    if (came) {
      this.#first.set(key, cid)
      this.#sendSoon()
    } else await this.#framed.write(encodeControl({ t: 'gone', c: [cid] }))
  }

  #sendSoon(): void {
    if (this.#queue.size + this.#first.size > wireLimits.wantsPerNeighbour)
      throw new WireError('more asked for than may wait')
    this.#send().catch((err: unknown) => this.#failed(err))
  }

  #failed(err: unknown): void {
    this.#logger.debug({ err }, 'sending chunks ended')
    this.#framed.abort(err instanceof Error ? err : new Error(String(err)))
  }

  /** One chunk in memory at a time: the next is read when the stream has taken the last. */
  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (;;) {
        const [next = this.#queue.entries().next().value] = this.#first
        if (next === undefined || this.#closed) return
        const [key, cid] = next
        this.#first.delete(key)
        this.#queue.delete(key)
        const sent = await this.#sendChunk(cid)
        if (sent === null) await this.#framed.write(encodeControl({ t: 'gone', c: [cid] }))
        else this.#peer.sentBytes += sent
      }
    } finally {
      this.#sending = false
    }
  }

  /** @returns its bytes' number, or null when it is not held */
  async #sendChunk(cid: CID): Promise<number | null> {
    const head = chunkFrameHead(cid)
    const socket = this.#chunks.has(cid) && this.#isPublic(cid) ? this.#socket : undefined
    if (socket === undefined) {
      const bytes = (await this.#chunks.get(cid)) ?? this.#relay.passing(cid)
      if (bytes !== null) await this.#framed.write(head, bytes)
      return bytes?.length ?? null
    }
    const buffer = this.#pool.take(this.#chunks.size(cid) ?? 0)
    const bytes = await this.#chunks.get(cid, { into: buffer })
    const release = (): void => this.#pool.give(buffer)
    if (bytes === null) {
      release()
      return null
    }
    try {
      await socket.writeThen(release, head, bytes)
    } catch (err) {
      // What was on its way is lost: the neighbour notices that the socket is gone, and begins anew without it.
      this.#logger.debug({ err }, 'the plain connection failed')
      this.#socket = undefined
    }
    return bytes.length
  }
}
