import type { Connection, Libp2p, PeerId, Stream, StreamHandler, Topology } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord } from '../../artworks/format/envelope.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { decodeMessage, encodeMessage, WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { helloReplySchema, helloSchema } from '../wire/membership-messages.ts'
import type { Hello, RefusalReason } from '../wire/membership-messages.ts'
import { protocols } from '../wire/protocols.ts'
import { abortAfter, FramedStream } from './framed-stream.ts'
import { guardTopology } from './guarded-topology.ts'
import type { GuardedTopology } from './guarded-topology.ts'
import { meshLimits } from './limits.ts'
import { didOfPeer } from './peer-did.ts'

export interface Member {
  readonly peer: PeerId
  readonly did: Did
}

export interface MembershipDependencies {
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly state: MeshState
  readonly self: Did
  readonly version: string
  readonly logger: Logger
  /** A member is connected, or no longer. */
  readonly onMember: (member: Member) => void
  readonly onMemberGone: (member: Member) => void
  /** A peer was refused or lied: it is to be left alone for a while. */
  readonly onBan: (peer: PeerId) => void
}

/**
 * Who is in the mesh. On every new connection the two sides show each other their grants; until both are satisfied, a peer
 * meets no protocol but identify, ping, membership and join (design, decision 7): `guard` hides the others from it.
 */
export class Membership {
  readonly #deps: MembershipDependencies
  readonly #members = new Map<string, Member>()
  readonly #waiting = new Map<string, Set<(isMember: boolean) => void>>()
  readonly #topologies = new Set<GuardedTopology>()
  #host: Libp2p | undefined

  constructor(deps: MembershipDependencies) {
    this.#deps = deps
  }

  async start(host: Libp2p): Promise<void> {
    this.#host = host
    await host.handle(protocols.membership, this.#answer, { maxInboundStreams: 1 })
    host.addEventListener('connection:open', this.#onConnection)
    host.addEventListener('peer:disconnect', this.#onDisconnect)
  }

  async stop(): Promise<void> {
    this.#host?.removeEventListener('connection:open', this.#onConnection)
    this.#host?.removeEventListener('peer:disconnect', this.#onDisconnect)
    await this.#host?.unhandle(protocols.membership)
    for (const settle of [...this.#waiting.values()].flatMap((set) => [...set])) settle(false)
    this.#members.clear()
  }

  members(): Iterable<Member> {
    return this.#members.values()
  }

  has(peer: PeerId): boolean {
    return this.#members.has(peer.toString())
  }

  /** Grants may have been revoked: members that are none any more are cut off. */
  recheck(): void {
    for (const { peer, did } of this.#members.values()) {
      if (!this.#deps.catalogue.isMember(did)) this.refuse(peer, 'not-granted')
    }
  }

  /** Counts the incident, closes the connections and asks for the peer to be left alone. */
  refuse(
    peer: PeerId,
    reason: 'not-granted' | 'other-exhibition' | 'bad-message' | 'bad-chunk' | 'bad-record' | 'flood',
  ): void {
    this.#deps.state.addIncident(didOfPeer(peer) ?? peer.toString(), reason)
    this.#deps.logger.warn({ peer: didOfPeer(peer) ?? peer.toString(), reason }, 'peer turned away')
    this.#deps.onBan(peer)
    this.#settle(peer, false)
    this.#host?.hangUp(peer).catch((err: unknown) => this.#deps.logger.debug({ err }, 'hanging up'))
  }

  /** A registrar under which protocols are reached by members alone, and hear of members alone. */
  guard(registrar: Registrar): Registrar {
    const ids = new Map<string, GuardedTopology>()
    return new Proxy(registrar, {
      get: (target, property) => {
        if (property === 'handle') {
          return (protocol: string, handler: StreamHandler, options?: Parameters<Registrar['handle']>[2]) =>
            target.handle(protocol, this.guardHandler(handler), options)
        }
        if (property === 'register') {
          return async (protocol: string, topology: Topology) => {
            const guarded = guardTopology(topology, (peer) => this.has(peer), this.#deps.logger)
            this.#topologies.add(guarded)
            const id = await target.register(protocol, guarded.topology)
            ids.set(id, guarded)
            return id
          }
        }
        if (property === 'unregister') {
          return (id: string) => {
            const guarded = ids.get(id)
            if (guarded !== undefined) this.#topologies.delete(guarded)
            ids.delete(id)
            target.unregister(id)
          }
        }
        const value: unknown = Reflect.get(target, property)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  }

  /** Serves members; a stream of a peer whose grant is still being looked at waits, any other is reset. */
  guardHandler(handler: StreamHandler): StreamHandler {
    return async (stream, connection) => {
      if (!(await this.#decided(connection.remotePeer))) {
        stream.abort(new Error('not a member of this exhibition'))
        return
      }
      await handler(stream, connection)
    }
  }

  readonly #onConnection = (event: CustomEvent<Connection>): void => {
    const connection = event.detail
    if (this.has(connection.remotePeer)) return
    // Whoever dialled introduces itself first; the other answers, or gives up on a silent stranger.
    if (connection.direction === 'outbound') {
      this.#introduce(connection).catch((err: unknown) => {
        this.#deps.logger.debug({ err }, 'membership not settled')
        this.#settle(connection.remotePeer, false)
      })
      return
    }
    const timer = setTimeout(() => {
      if (!this.has(connection.remotePeer) && connection.status === 'open') {
        connection
          .close()
          .catch((err: unknown) => this.#deps.logger.debug({ err }, 'closing a silent connection'))
      }
    }, meshLimits.membershipTimeoutMs * 2)
    timer.unref()
  }

  readonly #onDisconnect = (event: CustomEvent<PeerId>): void => {
    const member = this.#members.get(event.detail.toString())
    this.#settle(event.detail, false)
    if (member === undefined) return
    this.#members.delete(event.detail.toString())
    for (const topology of this.#topologies) topology.left(member.peer)
    this.#deps.onMemberGone(member)
  }

  async #introduce(connection: Connection): Promise<void> {
    const hello = this.#hello()
    if (hello === null) return
    const signal = AbortSignal.timeout(meshLimits.membershipTimeoutMs)
    const stream = await connection.newStream(protocols.membership, { signal, runOnLimitedConnection: false })
    const done = abortAfter(stream, meshLimits.membershipTimeoutMs, 'membership')
    const framed = new FramedStream(stream, wireLimits.controlFrameBytes)
    try {
      await framed.write(encodeMessage(hello))
      const frame = await framed.read()
      if (frame === null) throw new Error('no answer')
      const reply = decodeMessage(helloReplySchema, frame)
      if ('refused' in reply) {
        const theirs = reply.refused === 'other-exhibition' ? 'other-exhibition' : 'not-granted'
        this.#deps.logger.warn(
          { peer: didOfPeer(connection.remotePeer), reason: reply.refused },
          'we were turned away',
        )
        this.#deps.state.addIncident(didOfPeer(connection.remotePeer) ?? '', theirs)
        this.#deps.onBan(connection.remotePeer)
        return
      }
      const refusal = await this.#check(connection.remotePeer, reply)
      if (refusal !== null) this.refuse(connection.remotePeer, incidentOf(refusal))
      else this.#welcome(connection)
    } catch (err) {
      if (err instanceof WireError) this.refuse(connection.remotePeer, 'bad-message')
      throw err
    } finally {
      done()
      await framed
        .close()
        .catch((err: unknown) => this.#deps.logger.debug({ err }, 'closing membership stream'))
    }
  }

  readonly #answer = async (stream: Stream, connection: Connection): Promise<void> => {
    const done = abortAfter(stream, meshLimits.membershipTimeoutMs, 'membership')
    const framed = new FramedStream(stream, wireLimits.controlFrameBytes)
    try {
      const frame = await framed.read()
      if (frame === null) throw new Error('nothing was said')
      const refusal = await this.#check(connection.remotePeer, decodeMessage(helloSchema, frame))
      const hello = this.#hello()
      if (refusal !== null || hello === null) {
        await framed.write(encodeMessage({ refused: refusal ?? 'not-granted' }))
        await framed.close()
        this.refuse(connection.remotePeer, incidentOf(refusal ?? 'not-granted'))
        return
      }
      await framed.write(encodeMessage(hello))
      this.#welcome(connection)
      await framed.close()
    } catch (err) {
      if (err instanceof WireError) this.refuse(connection.remotePeer, 'bad-message')
      this.#deps.logger.debug({ err }, 'membership not settled')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
    } finally {
      done()
    }
  }

  /** Ours, or null while this node has no grant itself (it is still joining). */
  #hello(): Hello | null {
    const grant = this.#deps.catalogue.grant(this.#deps.self)
    if (grant === undefined) return null
    return { exhibition: this.#deps.catalogue.id, grant: grant.bytes, version: this.#deps.version }
  }

  async #check(peer: PeerId, hello: Hello): Promise<RefusalReason | null> {
    const did = didOfPeer(peer)
    if (hello.exhibition !== this.#deps.catalogue.id) return 'other-exhibition'
    let grant: Awaited<ReturnType<typeof openRecord>>
    try {
      grant = await openRecord(hello.grant)
    } catch (err) {
      this.#deps.logger.debug({ err }, 'a grant that does not open')
      return 'not-granted'
    }
    if (grant.exhibition !== this.#deps.catalogue.id) return 'other-exhibition'
    if (!isKind(grant, 'node-grant') || did === null || grant.body.node !== did) return 'not-granted'
    await this.#deps.keeper.accept(hello.grant, null, 'mesh')
    if (!this.#deps.catalogue.isMember(did)) return 'not-granted'
    return null
  }

  #welcome(connection: Connection): void {
    const peer = connection.remotePeer
    const did = didOfPeer(peer)
    if (did === null || this.has(peer) || connection.status !== 'open') return
    const member = { peer, did }
    this.#members.set(peer.toString(), member)
    this.#settle(peer, true)
    for (const topology of this.#topologies) topology.joined(peer)
    this.#deps.onMember(member)
  }

  #settle(peer: PeerId, isMember: boolean): void {
    const waiting = this.#waiting.get(peer.toString())
    this.#waiting.delete(peer.toString())
    for (const settle of waiting ?? []) settle(isMember)
  }

  #decided(peer: PeerId): Promise<boolean> {
    if (this.has(peer)) return Promise.resolve(true)
    return new Promise((resolve) => {
      const key = peer.toString()
      const waiting = this.#waiting.get(key) ?? new Set()
      this.#waiting.set(key, waiting)
      const settle = (isMember: boolean): void => {
        clearTimeout(timer)
        waiting.delete(settle)
        resolve(isMember)
      }
      const timer = setTimeout(() => settle(false), meshLimits.membershipTimeoutMs)
      timer.unref()
      waiting.add(settle)
    })
  }
}

function incidentOf(reason: RefusalReason): 'not-granted' | 'other-exhibition' | 'bad-message' {
  return reason === 'other-exhibition' || reason === 'bad-message' ? reason : 'not-granted'
}
