import { randomBytes } from 'node:crypto'
import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { LifeBook, markOf } from '../health/life-book.ts'
import { LifeChain } from '../health/life-chain.ts'
import { healthLimits } from '../health/limits.ts'
import { helloWaitMs, relayLinks } from '../health/relay-links.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { MeshState } from '../store/mesh-state.ts'
import { WireError } from '../wire/codec.ts'
import { decodeLife, encodeLife } from '../wire/life-messages.ts'
import type { LifeMessage } from '../wire/life-messages.ts'
import { wireLimits } from '../wire/limits.ts'
import type { NodeTags } from '../wire/node-tags.ts'
import { protocols } from '../wire/protocols.ts'
import { NEVER_MS } from './chunk-client.ts'
import { FramedStream } from './framed-stream.ts'
import type { MeshHost } from './host.ts'
import { meshLimits } from './limits.ts'
import type { Member, Membership } from './membership.ts'
import { didOfPeer } from './peer-did.ts'

export interface LifeExchangeDependencies {
  readonly host: MeshHost
  readonly membership: Membership
  readonly self: { readonly did: Did }
  readonly catalogue: Pick<Catalogue, 'grants'>
  readonly state: MeshState
  readonly tags: NodeTags
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
  readonly mayGossip: (peer: PeerId) => boolean
  /** A status that was asked for. */
  readonly take: (peer: PeerId, sealed: Uint8Array) => Promise<void>
}

interface Link {
  readonly member: Member
  readonly tag: string
  /** What we say to it; undefined while the stream is opened anew. */
  stream: FramedStream | undefined
  openAtMs: number
  /** Until then it would have signs over this link. */
  wantedUntilMs: number
  helloDueMs: number
  heardMs: number
  /** Something more is heard of it until then, if it is there. */
  promisedMs: number
}

/** Proves to the neighbours, and through them to all, that this node lives; and hears who does (health/life-book.ts). */
export class LifeExchange {
  readonly #deps: LifeExchangeDependencies
  readonly #book: LifeBook
  readonly #links = new Map<string, Link>()
  #kept = new Set<string>()
  #quiet: ReadonlySet<string> = new Set()
  #isStale = true
  #chain: LifeChain | undefined
  #k = 0
  #flushes = 0
  #timer: NodeJS.Timeout | undefined

  constructor(deps: LifeExchangeDependencies) {
    this.#deps = deps
    this.#book = new LifeBook(deps.tags.of(deps.self.did))
  }

  async start(): Promise<void> {
    await this.#deps.host.handle(protocols.life, this.#deps.membership.guardHandler(this.#serve), {
      maxInboundStreams: meshLimits.streamsPerProtocol,
    })
    // Evenly: where all wait the same time, each sign takes as long as the one before it, however many nodes pass it on.
    this.#timer = setInterval(() => this.#flush(), healthLimits.flushMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    for (const link of [...this.#links.values()]) this.disconnect(link.member)
    await this.#deps.host.unhandle(protocols.life)
  }

  connect(member: Member): void {
    const nowMs = this.#deps.steadyNowMs()
    const tag = this.#deps.tags.of(member.did)
    this.disconnect(member)
    this.#links.set(tag, {
      member,
      tag,
      stream: undefined,
      openAtMs: nowMs,
      wantedUntilMs: 0,
      helloDueMs: 0,
      heardMs: nowMs,
      promisedMs: Number.POSITIVE_INFINITY,
    })
    this.#book.open(tag, nowMs)
    this.#isStale = true
  }

  disconnect(member: Member): void {
    const tag = this.#deps.tags.of(member.did)
    this.#links.get(tag)?.stream?.abort(new Error('the neighbour is gone'))
    this.#links.delete(tag)
    this.#book.close(tag)
    this.#isStale = true
  }

  /** A chain for the next status; what it shows of it. */
  anchor(): Uint8Array {
    this.#chain = new LifeChain(randomBytes(wireLimits.lifeValueBytes))
    this.#k = 0
    return this.#chain.anchor
  }

  /** A status was taken for true, or is this node's own. */
  status(did: Did, anchor: Uint8Array, sealed: Uint8Array): void {
    this.#book.status(this.#deps.tags.of(did), anchor, sealed.slice(), this.#deps.steadyNowMs())
  }

  /** Who has which neighbours changed. */
  linksChanged(): void {
    this.#isStale = true
  }

  /** Whether a neighbour has said nothing on this link although it said it would; undefined: it has not begun to. */
  isSilent(did: Did): boolean | undefined {
    const link = this.#links.get(this.#deps.tags.of(did))
    if (link === undefined || link.promisedMs === Number.POSITIVE_INFINITY) return undefined
    return this.#deps.steadyNowMs() > link.promisedMs + healthLimits.silenceSlackMs
  }

  #flush(): void {
    const nowMs = this.#deps.steadyNowMs()
    this.#flushes += 1
    if (this.#flushes % (healthLimits.signMs / healthLimits.flushMs) === 0) this.#sign(nowMs)
    this.#chooseLinks(nowMs)
    const passing = [...this.#links.values()].filter(({ tag }) => !this.#kept.has(tag)).length
    for (const link of this.#links.values()) this.#tell(link, passing, nowMs)
  }

  /** Anew when something of it has changed. */
  #chooseLinks(nowMs: number): void {
    const { state, tags, self } = this.#deps
    const quiet = new Set<string>()
    for (const { id, lastHeardMs } of state.peers.values())
      if (nowMs - lastHeardMs > healthLimits.quietMs) quiet.add(tags.of(id as Did))
    const isSame = quiet.size === this.#quiet.size && [...quiet].every((tag) => this.#quiet.has(tag))
    if (!this.#isStale && isSame) return
    this.#isStale = false
    this.#quiet = quiet
    this.#kept = relayLinks(
      tags.of(self.did),
      [...this.#links.keys()],
      (tag) => {
        const link = this.#links.get(tag)
        const peer = link === undefined ? undefined : state.peers.get(link.member.did)
        // Who has not said anything yet has no neighbours either, as far as can be told.
        if (peer?.boot === undefined) return undefined
        return new Set(peer.neighbours.filter((did) => did !== '').map((did) => tags.of(did as Did)))
      },
      (tag) => quiet.has(tag),
    )
  }

  #sign(nowMs: number): void {
    if (this.#chain === undefined) return
    const value = this.#chain.at(this.#k + 1)
    if (value === undefined) return
    this.#k += 1
    const tag = this.#deps.tags.of(this.#deps.self.did)
    this.#book.own({ tag, mark: markOf(this.#chain.anchor), k: this.#k, value }, nowMs)
  }

  #tell(link: Link, passing: number, nowMs: number): void {
    if (link.stream === undefined) {
      if (nowMs >= link.openAtMs) this.#open(link)
      return
    }
    const keeps = this.#kept.has(link.tag)
    if (keeps || nowMs < link.wantedUntilMs) {
      const signs = this.#book.flush(link.tag)
      this.#say(link, { t: 'signs', keeps, within: healthLimits.flushMs / 1000, signs })
      link.helloDueMs = 0
      return
    }
    this.#book.skip(link.tag)
    if (nowMs < link.helloDueMs) return
    const waitMs = helloWaitMs(passing)
    link.helloDueMs = nowMs + waitMs
    this.#say(link, { t: 'signs', keeps, within: waitMs / 1000, signs: [] })
  }

  #open(link: Link): void {
    const { host, logger, steadyNowMs } = this.#deps
    link.openAtMs = Number.POSITIVE_INFINITY
    const opening = async (): Promise<void> => {
      const connection = host.getConnections(link.member.peer)[0]
      if (connection === undefined) throw new Error('no connection')
      const signal = AbortSignal.timeout(meshLimits.membershipTimeoutMs)
      const stream = await connection.newStream(protocols.life, { signal })
      stream.inactivityTimeout = NEVER_MS
      if (this.#links.get(link.tag) !== link) return stream.abort(new Error('the neighbour is gone'))
      link.stream = new FramedStream(stream, wireLimits.lifeFrameBytes)
    }
    opening().catch((err: unknown) => {
      logger.debug({ err, node: link.member.did }, 'no stream for signs of life')
      link.openAtMs = steadyNowMs() + meshLimits.lifeReopenMs
    })
  }

  #say(link: Link, message: LifeMessage): void {
    const { stream } = link
    // Whoever does not read is told no more: what it misses, another tells it, or nobody needs to.
    if (stream === undefined || stream.stream.writableNeedsDrain) return
    stream.write(encodeLife(message)).catch((err: unknown) => {
      this.#deps.logger.debug({ err, node: link.member.did }, 'a stream for signs of life ended')
      if (link.stream !== stream) return
      link.stream = undefined
      link.openAtMs = this.#deps.steadyNowMs() + meshLimits.lifeReopenMs
    })
  }

  /** A neighbour's stream to us. */
  readonly #serve = async (stream: Stream, connection: Connection): Promise<void> => {
    const { membership, logger, mayGossip, tags } = this.#deps
    stream.inactivityTimeout = NEVER_MS
    const peer = connection.remotePeer
    const did = didOfPeer(peer)
    if (did === null) return
    const framed = new FramedStream(stream, wireLimits.lifeFrameBytes)
    try {
      for (;;) {
        const frame = await framed.read()
        if (frame === null) break
        if (!mayGossip(peer)) break
        const link = this.#links.get(tags.of(did))
        if (link !== undefined) await this.#hear(link, decodeLife(frame))
      }
      await framed.close()
    } catch (err) {
      if (err instanceof WireError) membership.refuse(peer, 'bad-message')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      logger.debug({ err }, 'hearing signs of life ended')
    }
  }

  async #hear(link: Link, message: LifeMessage): Promise<void> {
    const { state, events, catalogue, tags, take, steadyNowMs } = this.#deps
    const nowMs = steadyNowMs()
    link.heardMs = nowMs
    if (message.t === 'status') return take(link.member.peer, message.sealed)
    if (message.t === 'want') {
      const { statuses, signs } = this.#book.serve(message.tags, nowMs)
      for (const sealed of statuses) this.#say(link, { t: 'status', sealed })
      const { flushMs } = healthLimits
      if (signs.length > 0) this.#say(link, { t: 'signs', keeps: false, within: flushMs / 1000, signs })
      return
    }
    link.promisedMs = nowMs + message.within * 1000
    if (message.keeps) link.wantedUntilMs = nowMs + 3 * healthLimits.flushMs
    const { alive, wants, forged } = this.#book.hear(link.tag, message.signs, nowMs)
    state.droppedStatuses.forged += forged
    for (const tag of alive) {
      const did = tags.didOf(tag, () => [...catalogue.grants()].map(({ body }) => body.node))
      if (did !== undefined) state.peer(did, nowMs).lastHeardMs = nowMs
    }
    if (wants.length > 0) this.#say(link, { t: 'want', tags: wants })
    if (alive.length > 0) events.emit('mesh')
  }
}
