import type { Connection } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { CID } from 'multiformats/cid'
import { RAW_CODEC } from '../../artworks/format/dag.ts'
import { decodeChunkFrame, encodeControl } from '../wire/chunk-messages.ts'
import type { ChunkControl } from '../wire/chunk-messages.ts'
import { WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { protocols } from '../wire/protocols.ts'
import type { BufferPool } from './buffer-pool.ts'
import { connectChunkSocket } from './chunk-sockets.ts'
import type { FrameChannel } from './frame-channel.ts'
import { FramedStream } from './framed-stream.ts'
import { meshLimits } from './limits.ts'

/** setTimeout takes no longer delay: 'never', for a stream that is kept however quiet it is. */
export const NEVER_MS = 2 ** 31 - 1

/** What came over the plain connection was cut off or wrong: whose fault, nobody can tell. The stream can do without it. */
export class PlainSocketError extends Error {
  override readonly name = 'PlainSocketError'
  /** The chunk whose bytes were wrong, if that was it. */
  readonly cid: CID | null

  constructor(cid: CID | null, options?: ErrorOptions) {
    super('the plain connection failed', options)
    this.cid = cid
  }
}

export interface ChunkClientInit {
  readonly connection: Connection
  /** Whether to use a plain connection when the neighbour offers one. */
  readonly usesSocket: boolean
  /** Where chunks are read into that come over plain connections. */
  readonly pool: BufferPool
  /** How many chunks may be on their way into the store; more are not read meanwhile. */
  readonly storesAtOnce: () => number
  readonly logger: Logger
  readonly onHave: (roots: readonly CID[], cids: readonly CID[]) => void
  readonly onGone: (cid: CID) => void
  readonly onLater: (cid: CID) => void
  /** Resolves when the chunk is dealt with; until then few more are taken. @returns whether the bytes were what the CID names */
  readonly onChunk: (cid: CID, bytes: Uint8Array) => Promise<boolean>
  /** The bytes came over the authenticated stream and are not what the CID names: the neighbour lies. */
  readonly onLie: (cid: CID) => void
}

/** The asking side of the chunk protocol with one neighbour: one stream, and a plain connection beside it where there is one. */
export class ChunkClient {
  readonly #init: ChunkClientInit
  #stream: FramedStream | undefined
  #socket: FrameChannel | undefined
  #failure: Error | undefined

  constructor(init: ChunkClientInit) {
    this.#init = init
  }

  /**
   * Opens the stream and hears the neighbour until one of them ends it.
   * @throws {WireError} when it says what no correct node says @throws {PlainSocketError}
   */
  async run(onOpen: () => void): Promise<void> {
    const { connection } = this.#init
    const stream = await connection.newStream(protocols.chunks, {
      signal: AbortSignal.timeout(meshLimits.membershipTimeoutMs),
    })
    stream.inactivityTimeout = NEVER_MS
    this.#stream = new FramedStream(stream, wireLimits.chunkFrameBytes)
    try {
      onOpen()
      await this.#hear(this.#stream, (cid, good) => {
        if (!good) this.#init.onLie(cid)
      })
      if (this.#failure !== undefined) throw this.#failure
    } catch (err) {
      const cause = this.#failure ?? err
      this.close(cause instanceof Error ? cause : new Error(String(cause)))
      throw cause
    } finally {
      this.#socket?.abort(new Error('the stream ended'))
    }
  }

  ask(message: ChunkControl): Promise<void> {
    return this.#stream?.write(encodeControl(message)) ?? Promise.resolve()
  }

  close(reason: Error): void {
    this.#failure ??= reason
    this.#socket?.abort(reason)
    this.#stream?.abort(reason)
  }

  /** Reads a channel to its end; a few chunks are stored at once, and no more are read meanwhile. */
  async #hear(channel: FrameChannel, onStored: (cid: CID, good: boolean) => void): Promise<void> {
    const storing = new Set<Promise<void>>()
    // What waits here for the next frame, for hours on a quiet link, must hold nothing of the last one: that is 1.25 MiB a neighbour.
    while (this.#take(await channel.read(), channel, storing, onStored)) {
      if (storing.size >= this.#init.storesAtOnce()) await Promise.race(storing)
    }
    await Promise.all(storing)
  }

  /** @returns whether there may be more */
  #take(
    frame: Uint8Array | null,
    channel: FrameChannel,
    storing: Set<Promise<void>>,
    onStored: (cid: CID, good: boolean) => void,
  ): boolean {
    if (frame === null) return false
    const message = decodeChunkFrame(frame)
    switch (message.t) {
      case 'chunk': {
        const stored = this.#init
          .onChunk(message.cid, message.bytes)
          .then((good) => onStored(message.cid, good))
          .catch((err: unknown) => this.close(err instanceof Error ? err : new Error(String(err))))
          .finally(() => {
            storing.delete(stored)
            // Of a leaf nobody keeps a view; the links of a dag-pb block are views of its bytes.
            if (message.cid.code === RAW_CODEC) this.#init.pool.give(message.bytes)
          })
        storing.add(stored)
        break
      }
      case 'have':
        this.#init.onHave(message.roots, message.c)
        break
      case 'gone':
        for (const cid of message.c) this.#init.onGone(cid)
        break
      case 'later':
        for (const cid of message.c) this.#init.onLater(cid)
        break
      case 'socket':
        if (this.#init.usesSocket && this.#socket === undefined && channel === this.#stream) {
          this.#useSocket(message).catch((err: unknown) => this.#plainFailed(err))
        }
        break
      case 'want':
      case 'insist':
      case 'first':
      case 'seek':
      case 'cancel':
        throw new WireError(`'${message.t}' from the answering side`)
    }
    return true
  }

  async #useSocket(offer: { port: number; token: Uint8Array }): Promise<void> {
    let socket: FrameChannel
    try {
      socket = await connectChunkSocket(this.#init.connection.remoteAddr, offer, this.#init.pool)
    } catch (err) {
      // A firewall between: the stream does it all.
      this.#init.logger.debug({ err }, 'no plain connection; chunks come over the stream')
      return
    }
    this.#socket = socket
    if (this.#failure !== undefined) {
      socket.abort(this.#failure)
      return
    }
    await this.#hear(socket, (cid, good) => {
      if (!good) this.#plainFailed(new Error('bytes that are not what their CID names'), cid)
    })
    throw new Error('the plain connection ended')
  }

  /** What was on its way over it is lost: the stream ends too, and another one, without it, begins anew. */
  #plainFailed(cause: unknown, cid: CID | null = null): void {
    this.close(new PlainSocketError(cid, { cause }))
  }
}
