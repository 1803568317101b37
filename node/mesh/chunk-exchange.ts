import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { cidKey } from '../../artworks/format/cid-key.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { Swarm } from '../replication/swarm.ts'
import type { SwarmAction } from '../replication/swarm-action.ts'
import type { MeasuredLink } from '../replication/swarm-neighbour.ts'
import type { WantedWork } from '../replication/wanted-chunks.ts'
import { isVerifiedBlock } from '../store/block-hash.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import { StoreError } from '../store/errors.ts'
import type { Holdings } from '../store/holdings.ts'
import type { ChunkControl } from '../wire/chunk-messages.ts'
import { WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { BufferPool } from './buffer-pool.ts'
import { chunkRequest } from './chunk-request.ts'
import { ChunkAnswers } from './chunk-answers.ts'
import { ChunkClient, PlainSocketError } from './chunk-client.ts'
import type { MeshHost } from './host.ts'
import { meshLimits } from './limits.ts'
import type { Member, Membership } from './membership.ts'
import { nodeSwarm } from './node-swarm.ts'
import type { NodeSwarmDependencies } from './node-swarm.ts'
import { didOfPeer } from './peer-did.ts'
import { RecentChunks } from './recent-chunks.ts'

/** After the disk was found full, it is tried again so often. */
const DISK_FULL_RETRY_MS = 10_000
/** What may change what is wanted. */
const WAKING_EVENTS = ['catalogue', 'chunk:damaged', 'chunk:asked'] as const

export interface ChunkExchangeDependencies extends NodeSwarmDependencies {
  readonly host: MeshHost
  readonly membership: Membership
  readonly chunks: ChunkStore
  readonly holdings: Holdings
  readonly events: NodeEventBus
  readonly logger: Logger
  /** multiaddrs of the mesh interface, for the plain sockets. */
  readonly listen: readonly string[]
  /** A neighbour does not answer: whether its link is alive is to be found out. */
  readonly onSilent: (peer: PeerId) => void
}

/** The rim of the chunk protocol: streams in, store out, and `Swarm` to say what to ask of whom. */
export class ChunkExchange {
  readonly #deps: ChunkExchangeDependencies
  readonly #swarm: Swarm
  readonly #answers: ChunkAnswers
  readonly #pool = new BufferPool(wireLimits.chunkFrameBytes)
  readonly #recent = new RecentChunks()
  /** The asking side with each neighbour, by peer id. */
  readonly #clients = new Map<string, ChunkClient>()
  /** Neighbours whose plain connection failed: everything comes over the stream until they connect anew. */
  readonly #withoutSocket = new Set<string>()
  /** A chunk that came wrong over a plain connection is asked for once more over the stream: then it is plain who lies. */
  readonly #suspects = new Map<string, CID>()
  #timer: NodeJS.Timeout | undefined
  #planning: NodeJS.Timeout | undefined
  #plannedAtMs = Number.NEGATIVE_INFINITY
  #diskFullUntilMs = 0

  constructor(deps: ChunkExchangeDependencies) {
    this.#deps = deps
    const { swarm, urgent } = nodeSwarm(
      deps,
      () => this.#wanted(),
      () => this.#planSoon(),
    )
    this.#swarm = swarm
    this.#answers = new ChunkAnswers({ ...deps, pool: this.#pool, recent: this.#recent, relay: urgent })
  }

  async start(): Promise<void> {
    await this.#answers.start()
    for (const event of WAKING_EVENTS) this.#deps.events.on(event, this.#onWanted)
    this.#timer = setInterval(() => this.#tick(), meshLimits.swarmTickMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    clearTimeout(this.#planning)
    for (const event of WAKING_EVENTS) this.#deps.events.off(event, this.#onWanted)
    for (const client of this.#clients.values()) client.close(new Error('this node is stopping'))
    this.#clients.clear()
    await this.#answers.stop()
  }

  connect(member: Member): void {
    this.#ask(member).catch((err: unknown) => this.#deps.logger.debug({ err }, 'a chunk stream ended'))
  }

  disconnect(member: Member): void {
    this.#withoutSocket.delete(member.peer.toString())
    this.#suspects.delete(member.peer.toString())
    this.#clients.get(member.peer.toString())?.close(new Error('the neighbour is gone'))
  }

  measured(peer: PeerId, link: MeasuredLink): void {
    this.#swarm.measured(peer.toString(), link)
  }

  #isFull(): boolean {
    return this.#diskFullUntilMs > this.#deps.steadyNowMs()
  }

  *#wanted(): Iterable<WantedWork> {
    if (this.#isFull()) return
    const { content, holdings } = this.#deps
    for (const { root, size } of content.wanted()) {
      yield { root, size, missing: () => holdings.missingKeys(root) }
    }
  }

  /** Once for all that is heard in a few milliseconds; soon after a pause, and not too often while much is heard. */
  #planSoon(): void {
    if (this.#planning !== undefined) return
    const { planGatherMs, planGapMs } = meshLimits
    const waitMs = Math.max(planGatherMs, this.#plannedAtMs + planGapMs - this.#deps.steadyNowMs())
    this.#planning = setTimeout(() => {
      this.#planning = undefined
      this.#plannedAtMs = this.#deps.steadyNowMs()
      this.#do(this.#swarm.plan(this.#plannedAtMs))
    }, waitMs)
  }

  readonly #onWanted = (): void => {
    // After ExhibitionContent has heard of it too.
    setImmediate(() => this.#tick())
  }

  #tick(): void {
    const { content, reads } = this.#deps
    const shown = content.shown()
    const full = this.#isFull()
    for (const spare of [this.#recent, this.#pool]) spare.tick(this.#deps.steadyNowMs())
    this.#do(
      this.#swarm.drop(
        (cid, root) => reads.isAsked(cid) || (!full && shown.has(root) && content.keeps(root)),
      ),
    )
    for (const id of this.#swarm.owing(this.#deps.steadyNowMs(), meshLimits.owingMs))
      this.#deps.onSilent(peerIdFromString(id))
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

  async #ask(member: Member): Promise<void> {
    const { host, membership, steadyNowMs, logger } = this.#deps
    const id = member.peer.toString()
    const [connection] = host.getConnections(member.peer)
    if (connection === undefined || this.#clients.has(id)) return
    const client = new ChunkClient({
      connection,
      logger,
      pool: this.#pool,
      storesAtOnce: () => Math.max(2, Math.floor(meshLimits.storesAtOnce / this.#clients.size)),
      usesSocket: !this.#withoutSocket.has(id),
      onHave: (roots, cids) => this.#hearHaves(member, roots, cids),
      onGone: (cid) => this.#do(this.#swarm.gone(id, cidKey(cid), steadyNowMs())),
      onLater: (cid) => this.#do(this.#swarm.later(id, cidKey(cid), steadyNowMs())),
      onChunk: (cid, bytes) => this.#take(member, cid, bytes),
      onLie: (cid) => {
        this.#do(this.#swarm.bad(id, cidKey(cid), steadyNowMs()))
        membership.refuse(member.peer, 'bad-chunk')
      },
    })
    this.#clients.set(id, client)
    try {
      await client.run(() => {
        this.#do(this.#swarm.connect(id, steadyNowMs()))
        const suspect = this.#suspects.get(id)
        if (suspect !== undefined) this.#askOf(id, { t: 'insist', c: [suspect] })
      })
    } catch (err) {
      if (err instanceof WireError) membership.refuse(member.peer, 'bad-message')
      if (err instanceof PlainSocketError) {
        this.#withoutSocket.add(id)
        if (err.cid !== null) this.#suspects.set(id, err.cid)
      }
      throw err
    } finally {
      this.#clients.delete(id)
      this.#do(this.#swarm.disconnect(id, steadyNowMs()))
      this.#tellSources()
      // The stream may have ended alone: as long as the neighbour is one, try again.
      if (membership.has(member.peer))
        setTimeout(() => this.connect(member), meshLimits.redialFirstMs).unref()
    }
  }

  #hearHaves(member: Member, roots: readonly CID[], cids: readonly CID[]): void {
    const { membership, steadyNowMs } = this.#deps
    const actions = this.#swarm.haves(
      member.peer.toString(),
      roots.map(cidKey),
      cids.map(cidKey),
      steadyNowMs(),
    )
    if (actions === null) {
      membership.refuse(member.peer, 'flood')
      return
    }
    this.#noteHeld(member, roots)
    this.#do(actions)
  }

  /** @returns whether the bytes are what the CID names; the store checks them, once */
  async #take(member: Member, cid: CID, bytes: Uint8Array): Promise<boolean> {
    const { holdings, content, reads, steadyNowMs, state, events, logger } = this.#deps
    const id = member.peer.toString()
    const key = cidKey(cid)
    state.peer(member.did, steadyNowMs()).receivedBytes += bytes.length
    if (this.#suspects.get(id)?.equals(cid) === true && this.#withoutSocket.has(id)) {
      this.#suspects.delete(id)
      if (!isVerifiedBlock(cid, bytes)) return false
    }
    const isKept = holdings.rootsOf(cid).some((root) => content.keeps(root))
    // Of a work let go of since it was asked for: what nothing follows would stay for good.
    if (!isKept && !reads.isAsked(key)) this.#do(this.#swarm.drop((asked) => asked !== key))
    // Late, cancelled or never asked for: it may be perfectly good, and is not what we need now.
    if (!this.#swarm.isAwaited(id, key)) return true
    try {
      if (isKept && !this.#isFull()) {
        await holdings.add(cid, bytes)
        // For the others, who hear of it now.
        if (this.#clients.size > 1) this.#recent.add(key, bytes, steadyNowMs())
      } else if (isVerifiedBlock(cid, bytes)) reads.pass(key, bytes)
      else return false
    } catch (err) {
      if (!(err instanceof StoreError)) throw err
      if (err.code === 'block-mismatch') return false
      logger.error({ err }, 'a chunk could not be stored')
      this.#diskFullUntilMs = steadyNowMs() + DISK_FULL_RETRY_MS
      state.diskFull = true
      events.emit('mesh')
      reads.pass(key, bytes)
      this.#do(this.#swarm.drop((asked) => reads.isAsked(asked)))
      return true
    }
    this.#do(this.#swarm.received(id, key, steadyNowMs(), bytes.length))
    return true
  }

  #do(actions: readonly SwarmAction[]): void {
    for (const action of actions) this.#askOf(action.neighbour, chunkRequest(action))
  }

  #askOf(neighbour: string, message: ChunkControl): void {
    this.#clients
      .get(neighbour)
      ?.ask(message)
      .catch((err: unknown) => this.#deps.logger.debug({ err }, 'asking a neighbour that is gone'))
  }

  #noteHeld({ did }: Member, roots: readonly CID[]): void {
    if (roots.length === 0) return
    const peer = this.#deps.state.peer(did, this.#deps.steadyNowMs())
    for (const root of roots) peer.held.set(cidKey(root), 1)
    this.#deps.events.emit('mesh')
  }

  #tellSources(): void {
    const { state, host } = this.#deps
    state.sources.clear()
    const dids = new Map(host.getPeers().map((peer) => [peer.toString(), didOfPeer(peer)]))
    for (const [root, peers] of this.#swarm.sources()) {
      state.sources.set(root, new Set([...peers].flatMap((id) => dids.get(id) ?? [])))
    }
  }
}
