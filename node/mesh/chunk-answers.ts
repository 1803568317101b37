import type { Connection, Stream } from '@libp2p/interface'
import { WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { protocols } from '../wire/protocols.ts'
import type { BufferPool } from './buffer-pool.ts'
import { NEVER_MS } from './chunk-client.ts'
import type { ChunkExchangeDependencies } from './chunk-exchange.ts'
import { ChunkServer } from './chunk-server.ts'
import type { ChunkRelay } from './chunk-relay.ts'
import { ChunkSockets } from './chunk-sockets.ts'
import { FramedStream } from './framed-stream.ts'
import { GivenChunks } from './given-chunks.ts'
import { HaveAnnouncer } from './have-announcer.ts'
import { meshLimits } from './limits.ts'
import { didOfPeer } from './peer-did.ts'
import type { RecentChunks } from './recent-chunks.ts'

interface ChunkAnswersDependencies extends ChunkExchangeDependencies {
  readonly pool: BufferPool
  readonly recent: RecentChunks
  readonly relay: ChunkRelay
}

/** The answering side of the chunk protocol with all neighbours: what they hear and get of what is held here. */
export class ChunkAnswers {
  readonly #deps: ChunkAnswersDependencies
  readonly #announcer: HaveAnnouncer
  readonly #sockets: ChunkSockets
  readonly #given = new GivenChunks()

  constructor(deps: ChunkAnswersDependencies) {
    this.#deps = deps
    this.#announcer = new HaveAnnouncer(deps)
    this.#sockets = new ChunkSockets(deps.listen, deps.logger)
  }

  async start(): Promise<void> {
    await this.#sockets.start()
    this.#announcer.start()
    await this.#deps.host.handle(protocols.chunks, this.#deps.membership.guardHandler(this.#serve), {
      maxInboundStreams: meshLimits.streamsPerProtocol,
    })
  }

  async stop(): Promise<void> {
    this.#announcer.stop()
    await this.#deps.host.unhandle(protocols.chunks)
    await this.#sockets.stop()
  }

  /** A neighbour's stream to us. */
  readonly #serve = async (stream: Stream, connection: Connection): Promise<void> => {
    const { chunks, membership, state, logger, steadyNowMs, holdings, content } = this.#deps
    stream.inactivityTimeout = NEVER_MS
    const did = didOfPeer(connection.remotePeer)
    if (did === null) return
    const framed = new FramedStream(stream, wireLimits.controlFrameBytes)
    const server = new ChunkServer(framed, {
      chunks,
      logger,
      steadyNowMs,
      pool: this.#deps.pool,
      recent: this.#deps.recent,
      given: this.#given,
      relay: this.#deps.relay,
      peer: state.peer(did, steadyNowMs()),
      isPublic: (cid) => holdings.rootsOf(cid).some((root) => content.shown().has(root)),
    })
    const ticket = this.#sockets.expect((socket) => server.useSocket(socket))
    this.#announcer.add(server)
    try {
      if (ticket !== null) await server.offerSocket(ticket)
      await server.run(this.#announcer)
      await framed.close()
    } catch (err) {
      if (err instanceof WireError) membership.refuse(connection.remotePeer, 'bad-message')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      logger.debug({ err }, 'serving chunks ended')
    } finally {
      ticket?.cancel()
      this.#announcer.delete(server)
    }
  }
}
