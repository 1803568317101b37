import type { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
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
}

export interface HaveSource {
  /** Roots held whole, and chunks held of the others: everything that may be told. */
  snapshot(): { roots: CID[]; cids: CID[] }
}

/** The answering side of the chunk protocol on one stream: says what is held, sends what is asked for, in the order asked. */
export class ChunkServer {
  readonly #framed: FrameChannel
  readonly #chunks: ChunkStore
  readonly #peer: PeerState
  readonly #logger: Logger
  /** Asked for and not yet sent, in order. */
  readonly #queue = new Map<string, CID>()
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
          for (const cid of message.c) this.#queue.delete(cid.toString())
        } else if (message.t === 'want' || message.t === 'insist') {
          await this.#enqueue(message.c, message.t === 'insist')
          if (this.#queue.size > wireLimits.wantsPerNeighbour)
            throw new WireError('more asked for than may wait')
          this.#send().catch((err: unknown) => {
            this.#logger.debug({ err }, 'sending chunks ended')
            this.#framed.abort(err instanceof Error ? err : new Error(String(err)))
          })
        } else {
          throw new WireError(`'${message.t}' from the asking side`)
        }
      }
    } finally {
      this.#closed = true
      this.#queue.clear()
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
      const key = cid.toString()
      if (!insisted && cid.code === RAW_CODEC && this.#given.isWithAnother(key, this)) later.push(cid)
      else {
        this.#given.note(key, this)
        this.#queue.set(key, cid)
      }
    }
    if (later.length > 0) await this.#framed.write(encodeControl({ t: 'later', c: later }))
  }

  /** One chunk in memory at a time: the next is read when the stream has taken the last. */
  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (;;) {
        const [next] = this.#queue
        if (next === undefined || this.#closed) return
        const [key, cid] = next
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
    const socket = this.#isPublic(cid) ? this.#socket : undefined
    if (socket === undefined) {
      const bytes = await this.#chunks.get(cid)
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
