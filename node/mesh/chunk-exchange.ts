import { createHash } from 'node:crypto'
import type { Connection, PeerId, Stream } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { isBlock } from '../../artworks/format/dag.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { WantedChunk } from '../replication/fetch-planner.ts'
import { Swarm } from '../replication/swarm.ts'
import type { SwarmAction } from '../replication/swarm.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import { StoreError } from '../store/errors.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { Holdings } from '../store/holdings.ts'
import type { MeshState } from '../store/mesh-state.ts'
import { WireError } from '../wire/codec.ts'
import { decodeChunkFrame, encodeControl } from '../wire/chunk-messages.ts'
import { wireLimits } from '../wire/limits.ts'
import { protocols } from '../wire/protocols.ts'
import { ChunkServer } from './chunk-server.ts'
import { FramedStream } from './framed-stream.ts'
import { HaveAnnouncer } from './have-announcer.ts'
import type { MeshHost } from './host.ts'
import { meshLimits } from './limits.ts'
import type { Membership, Member } from './membership.ts'
import { didOfPeer } from './peer-did.ts'

/** setTimeout takes no longer delay: 'never', for a stream that is kept however quiet it is. */
const NEVER_MS = 2 ** 31 - 1
/** After the disk was found full, it is tried again so often. */
const DISK_FULL_RETRY_MS = 10_000

export interface ChunkExchangeDependencies {
  readonly host: MeshHost
  readonly membership: Membership
  readonly chunks: ChunkStore
  readonly holdings: Holdings
  readonly content: ExhibitionContent
  readonly state: MeshState
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
  readonly random: () => number
}

/** The rim of the chunk protocol: streams in, store out, and `Swarm` to say what to ask of whom. */
export class ChunkExchange {
  readonly #deps: ChunkExchangeDependencies
  readonly #swarm: Swarm
  readonly #announcer: HaveAnnouncer
  /** Streams we ask on, by peer id. */
  readonly #asking = new Map<string, FramedStream>()
  #timer: NodeJS.Timeout | undefined
  #diskFullUntilMs = 0

  constructor(deps: ChunkExchangeDependencies) {
    this.#deps = deps
    this.#swarm = new Swarm({ wanted: () => this.#wanted(), random: deps.random })
    this.#announcer = new HaveAnnouncer(deps)
  }

  async start(): Promise<void> {
    this.#announcer.start()
    this.#deps.events.on('catalogue', this.#onWanted)
    this.#deps.events.on('chunk:damaged', this.#onWanted)
    this.#timer = setInterval(() => this.#tick(), meshLimits.swarmTickMs)
    await this.#deps.host.handle(protocols.chunks, this.#deps.membership.guardHandler(this.#serve), {
      maxInboundStreams: meshLimits.streamsPerProtocol,
    })
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#announcer.stop()
    this.#deps.events.off('catalogue', this.#onWanted)
    this.#deps.events.off('chunk:damaged', this.#onWanted)
    await this.#deps.host.unhandle(protocols.chunks)
    for (const framed of this.#asking.values()) framed.abort(new Error('this node is stopping'))
    this.#asking.clear()
  }

  connect(member: Member): void {
    this.#ask(member).catch((err: unknown) => this.#deps.logger.debug({ err }, 'a chunk stream ended'))
  }

  disconnect(member: Member): void {
    this.#asking.get(member.peer.toString())?.abort(new Error('the neighbour is gone'))
  }

  /** Whether any neighbour is known to hold a missing part of the work. */
  isHeldNearby(root: string): boolean {
    return this.#deps.holdings.missing(root).some((cid) => this.#swarm.isHeld(cid.toString(), root))
  }

  measured(peer: PeerId, rttMs: number): void {
    this.#swarm.measured(peer.toString(), rttMs)
  }

  *#wanted(): Iterable<Iterable<WantedChunk>> {
    if (this.#diskFullUntilMs > this.#deps.steadyNowMs()) return
    const { content, holdings } = this.#deps
    for (const root of content.wantedRoots()) {
      yield (function* (): Iterable<WantedChunk> {
        for (const cid of holdings.missing(root)) yield { cid: cid.toString(), root }
      })()
    }
  }

  readonly #onWanted = (): void => {
    // After ExhibitionContent has heard of it too.
    setImmediate(() => this.#tick())
  }

  #tick(): void {
    const shown = this.#deps.content.shown()
    const full = this.#diskFullUntilMs > this.#deps.steadyNowMs()
    this.#do(this.#swarm.drop((_cid, root) => !full && shown.has(root)))
    this.#do(this.#swarm.tick(this.#deps.steadyNowMs()))
    if (!full && this.#deps.state.diskFull) {
      this.#deps.state.diskFull = false
      this.#deps.events.emit('mesh')
    }
    for (const root of shown.keys()) {
      if (this.#deps.holdings.refusal(root) !== undefined) this.#deps.state.refusedRoots.add(root)
    }
    this.#tellSources()
  }

  /** Our own stream to a neighbour: on it we ask, and hear what it holds. */
  async #ask(member: Member): Promise<void> {
    const { host, membership, steadyNowMs } = this.#deps
    const id = member.peer.toString()
    const [connection] = host.getConnections(member.peer)
    if (connection === undefined || this.#asking.has(id)) return
    const stream = await connection.newStream(protocols.chunks, {
      signal: AbortSignal.timeout(meshLimits.membershipTimeoutMs),
    })
    stream.inactivityTimeout = NEVER_MS
    const framed = new FramedStream(stream, wireLimits.chunkFrameBytes)
    this.#asking.set(id, framed)
    try {
      this.#do(this.#swarm.connect(id, steadyNowMs()))
      for (;;) {
        const frame = await framed.read()
        if (frame === null) break
        await this.#hear(member, frame)
      }
    } catch (err) {
      if (err instanceof WireError) membership.refuse(member.peer, 'bad-message')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      throw err
    } finally {
      this.#asking.delete(id)
      this.#do(this.#swarm.disconnect(id, steadyNowMs()))
      this.#tellSources()
      // The stream may have ended alone: as long as the neighbour is one, try again.
      if (membership.has(member.peer))
        setTimeout(() => this.connect(member), meshLimits.redialFirstMs).unref()
    }
  }

  async #hear(member: Member, frame: Uint8Array): Promise<void> {
    const { steadyNowMs, membership, state } = this.#deps
    const id = member.peer.toString()
    const message = decodeChunkFrame(frame)
    switch (message.t) {
      case 'have': {
        const actions = this.#swarm.haves(id, message.roots.map(String), message.c.map(String), steadyNowMs())
        if (actions === null) {
          membership.refuse(member.peer, 'flood')
          return
        }
        this.#noteHeld(member, message.roots)
        this.#do(actions)
        return
      }
      case 'gone':
        for (const cid of message.c) this.#do(this.#swarm.gone(id, cid.toString(), steadyNowMs()))
        return
      case 'chunk':
        state.peer(member.did, steadyNowMs()).receivedBytes += message.bytes.length
        await this.#take(member, message.cid, message.bytes)
        return
      case 'want':
      case 'cancel':
        throw new WireError(`'${message.t}' from the answering side`)
    }
  }

  async #take(member: Member, cid: CID, bytes: Uint8Array): Promise<void> {
    const { holdings, membership, steadyNowMs, state, events, logger } = this.#deps
    const id = member.peer.toString()
    const key = cid.toString()
    // Late, cancelled or never asked for: it may be perfectly good, and is not what we need now.
    if (!this.#swarm.isAwaited(id, key)) return
    if (!isBlock(cid, bytes, sha256)) {
      this.#do(this.#swarm.bad(id, key, steadyNowMs()))
      membership.refuse(member.peer, 'bad-chunk')
      return
    }
    try {
      await holdings.add(cid, bytes)
    } catch (err) {
      if (!(err instanceof StoreError)) throw err
      logger.error({ err }, 'a chunk could not be stored')
      this.#diskFullUntilMs = steadyNowMs() + DISK_FULL_RETRY_MS
      state.diskFull = true
      events.emit('mesh')
      this.#do(this.#swarm.drop(() => false))
      return
    }
    this.#do(this.#swarm.received(id, key, steadyNowMs()))
    this.#tellSources()
  }

  #do(actions: readonly SwarmAction[]): void {
    for (const { do: t, neighbour, cids } of actions) {
      const framed = this.#asking.get(neighbour)
      if (framed === undefined) continue
      framed
        .write(encodeControl({ t, c: cids.map((cid) => CID.parse(cid)) }))
        .catch((err: unknown) => this.#deps.logger.debug({ err }, 'asking a neighbour that is gone'))
    }
  }

  #noteHeld({ did }: Member, roots: readonly CID[]): void {
    if (roots.length === 0) return
    const peer = this.#deps.state.peer(did, this.#deps.steadyNowMs())
    const held = new Map(peer.held)
    for (const root of roots) held.set(root.toString(), 1)
    peer.held = held
    this.#deps.events.emit('mesh')
  }

  #tellSources(): void {
    const { state, host } = this.#deps
    state.sources.clear()
    for (const [root, peers] of this.#swarm.sources()) {
      const dids = [...peers].flatMap((id) => {
        const [connection] = host.getConnections().filter(({ remotePeer }) => remotePeer.toString() === id)
        const did = connection && didOfPeer(connection.remotePeer)
        return did ? [did] : []
      })
      state.sources.set(root, new Set(dids))
    }
  }

  /** A neighbour's stream to us. */
  readonly #serve = async (stream: Stream, connection: Connection): Promise<void> => {
    const { chunks, membership, state, logger, steadyNowMs } = this.#deps
    stream.inactivityTimeout = NEVER_MS
    const did = didOfPeer(connection.remotePeer)
    if (did === null) return
    const framed = new FramedStream(stream, wireLimits.controlFrameBytes)
    const server = new ChunkServer(framed, { chunks, logger, peer: state.peer(did, steadyNowMs()) })
    this.#announcer.add(server)
    try {
      await server.run(this.#announcer)
      await framed.close()
    } catch (err) {
      if (err instanceof WireError) membership.refuse(connection.remotePeer, 'bad-message')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      logger.debug({ err }, 'serving chunks ended')
    } finally {
      this.#announcer.delete(server)
    }
  }
}

/** SHA-256 of the platform: several times faster than the portable one. */
function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
