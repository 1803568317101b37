import type { PeerId, PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { SyncSchedule } from '../replication/sync-schedule.ts'
import { TokenBuckets } from '../replication/token-buckets.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { Holdings } from '../store/holdings.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { ReadThrough } from '../store/read-through.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import type { Technician } from '../technician/technician.ts'
import { NodeTags } from '../wire/node-tags.ts'
import { topics } from '../wire/protocols.ts'
import { ActionRelay } from './action-relay.ts'
import { ChunkExchange } from './chunk-exchange.ts'
import { Discovery } from './discovery.ts'
import { createHost } from './host.ts'
import type { MeshHost } from './host.ts'
import { JoinDoor } from './join.ts'
import { LifeExchange } from './life-exchange.ts'
import { LinkWatch } from './link-watch.ts'
import { meshLimits } from './limits.ts'
import { Membership } from './membership.ts'
import type { Member } from './membership.ts'
import { peerOfDid } from './peer-did.ts'
import { RecordGossip } from './record-gossip.ts'
import type { QuietBudget } from './quiet-budget.ts'
import { RecordSync } from './record-sync.ts'
import { StatusGossip } from './status-gossip.ts'

export interface MeshDependencies {
  readonly key: PrivateKey
  /** The exhibition's key, on the node that holds it. */
  readonly stewardKey: PrivateKey | null
  readonly self: { did: Did; name: string; version: string }
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly chunks: ChunkStore
  readonly holdings: Holdings
  readonly content: ExhibitionContent
  readonly reads: ReadThrough
  readonly state: MeshState
  /** Obeys technicians who are logged in at other nodes. */
  readonly technician?: Pick<Technician, 'obey' | 'useCarrier'>
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly listen: readonly string[]
  readonly meshInterface?: string | undefined
  /** multiaddrs dialled besides what mDNS finds. */
  readonly peers: readonly string[]
  readonly mdns: boolean
  readonly budget: QuietBudget
  /** How well nodes are reached by radio, by IP address, in (0, 1]; of those it does not name nothing is known. */
  readonly linkQualities?: () => Promise<ReadonlyMap<string, number>>
  /** Milliseconds of a clock that never jumps. */
  readonly steadyNowMs: () => number
  /** Uniform in [0, 1). */
  readonly random: () => number
}

interface Parts {
  readonly host: MeshHost
  readonly membership: Membership
  readonly discovery: Discovery
  readonly join: JoinDoor
  readonly sync: RecordSync
  readonly gossip: RecordGossip
  readonly status: StatusGossip
  readonly life: LifeExchange
  readonly actions: ActionRelay
  readonly chunks: ChunkExchange
  readonly links: LinkWatch
}

/** A node's side of the mesh: the libp2p host and the protocols on it. `start` and `stop` are idempotent. */
export class Mesh {
  readonly #deps: MeshDependencies
  #parts: Parts | undefined
  #syncTimer: NodeJS.Timeout | undefined
  readonly #syncs: SyncSchedule
  readonly #gossipBudget = new TokenBuckets({
    burst: meshLimits.gossipBurst,
    perSecond: meshLimits.gossipPerSecond,
  })

  constructor(deps: MeshDependencies) {
    this.#deps = deps
    this.#syncs = new SyncSchedule(deps.budget)
  }

  async start(): Promise<void> {
    if (this.#parts !== undefined) return
    const parts = await this.#build()
    this.#parts = parts
    const { host, membership, discovery, join, sync, gossip, status, life, actions, chunks, links } = parts
    try {
      await membership.start(host)
      await host.start()
      await join.start()
      await sync.start()
      await chunks.start()
      await life.start()
      gossip.start()
      status.start()
      actions.start()
    } catch (err) {
      await this.stop()
      throw err
    }
    this.#deps.events.on('record', this.#onRecord)
    this.#deps.state.addresses = () => this.addresses()
    this.#deps.technician?.useCarrier(actions)
    discovery.start()
    links.start()
    this.#scheduleSync()
  }

  async stop(): Promise<void> {
    const parts = this.#parts
    if (parts === undefined) return
    this.#parts = undefined
    clearTimeout(this.#syncTimer)
    this.#deps.events.off('record', this.#onRecord)
    const { host, membership, discovery, join, sync, gossip, status, life, actions, chunks, links } = parts
    links.stop()
    discovery.stop()
    this.#deps.technician?.useCarrier(undefined)
    actions.stop()
    status.stop()
    gossip.stop()
    await life.stop()
    await chunks.stop()
    await sync.stop()
    await join.stop()
    await membership.stop()
    await host.stop()
  }

  /** multiaddrs others can reach this node at. */
  addresses(): string[] {
    return this.#parts?.host.getMultiaddrs().map(String) ?? []
  }

  async #build(): Promise<Parts> {
    const deps = this.#deps
    let discovery: Discovery | undefined
    const membership = new Membership({
      ...deps,
      self: deps.self.did,
      version: deps.self.version,
      onMember: (member) => this.#onMember(member),
      onMemberGone: (member) => this.#onMemberGone(member),
      onBan: (peer) => discovery?.ban(peer),
    })
    const host = await createHost({
      ...deps,
      exhibition: deps.catalogue.id,
      version: deps.self.version,
      guard: (registrar) => membership.guard(registrar),
      isBanned: (peer) => discovery?.isBanned(peer) ?? false,
    })
    discovery = new Discovery({ ...deps, host, addresses: deps.peers })
    const sync = new RecordSync({ ...deps, host, membership })
    const mayGossip = (peer: PeerId): boolean => {
      const may = this.#gossipBudget.take(peer.toString(), deps.steadyNowMs())
      if (!may) membership.refuse(peer, 'flood')
      return may
    }
    const onBad = (peer: PeerId): void => membership.refuse(peer, 'bad-record')
    const tags = new NodeTags()
    const life = new LifeExchange({
      ...deps,
      host,
      membership,
      tags,
      mayGossip,
      take: (peer, sealed) => status.take(peer, sealed),
    })
    const status = new StatusGossip({
      ...deps,
      host,
      membership,
      mayGossip,
      tags,
      life,
      wallNowMs: Date.now,
      onBadStatus: (peer) => membership.refuse(peer, 'bad-message'),
      onOtherRecords: (peer) => sync.request(peer),
    })
    return {
      host,
      membership,
      discovery,
      sync,
      join: new JoinDoor({ ...deps, host }),
      gossip: new RecordGossip({
        ...deps,
        host,
        exhibition: deps.catalogue.id,
        mayGossip,
        onBadRecord: onBad,
        onAhead: (peer) => sync.request(peer),
      }),
      status,
      life,
      actions: new ActionRelay({
        ...deps,
        host,
        self: deps.self.did,
        topic: topics(deps.catalogue.id).actions,
        obey: async (sealed, passedBy) => (await deps.technician?.obey(sealed, passedBy)) ?? null,
        onBad: (peer) => membership.refuse(peer, 'bad-message'),
      }),
      chunks: new ChunkExchange({
        ...deps,
        host,
        membership,
        onSilent: (peer) => this.#parts?.links.doubt(peer),
      }),
      links: new LinkWatch({
        ...deps,
        host,
        isSilent: (did) => life.isSilent(did),
        onMeasured: (member, rttMs) => this.#onMeasured(member, rttMs),
        onQuality: ({ peer }, quality) => this.#parts?.chunks.measured(peer, { quality }),
      }),
    }
  }

  #onMember(member: Member): void {
    const { state, catalogue, events, logger, steadyNowMs } = this.#deps
    const peer = state.peer(member.did, steadyNowMs())
    const grant = catalogue.grant(member.did)?.body
    peer.neighbour = true
    peer.lastHeardMs = steadyNowMs()
    if (peer.name === '') peer.name = grant?.name ?? ''
    if (grant?.place !== undefined) peer.place = grant.place
    logger.info({ node: member.did, name: peer.name }, 'neighbour connected')
    this.#parts?.discovery.settled(member.peer)
    this.#parts?.sync.request(member.peer, { atOnce: true })
    this.#parts?.chunks.connect(member)
    this.#parts?.status.soon()
    this.#parts?.life.connect(member)
    this.#parts?.links.add(member)
    events.emit('mesh')
  }

  #onMemberGone(member: Member): void {
    const { state, events, logger, steadyNowMs } = this.#deps
    const peer = state.peer(member.did, steadyNowMs())
    peer.neighbour = false
    delete peer.rttMs
    delete peer.clockAheadSeconds
    peer.lostAtMs = [...peer.lostAtMs, steadyNowMs()].slice(-20)
    logger.info({ node: member.did, name: peer.name }, 'neighbour gone')
    this.#parts?.links.delete(member.peer)
    this.#parts?.life.disconnect(member)
    this.#gossipBudget.forget(member.peer.toString())
    this.#parts?.chunks.disconnect(member)
    this.#parts?.sync.forget(member.peer)
    this.#parts?.status.soon()
    events.emit('mesh')
  }

  readonly #onRecord = (record: OpenedRecord): void => {
    this.#syncs.changed()
    if (isKind(record, 'node-grant')) this.#parts?.discovery.unban(peerOfDid(record.body.node))
    if (isKind(record, 'exhibition')) this.#parts?.membership.recheck()
  }

  #onMeasured({ peer, did }: Member, rttMs: number): void {
    this.#parts?.chunks.measured(peer, { rttMs })
    this.#deps.state.peer(did, this.#deps.steadyNowMs()).rttMs = rttMs
    this.#deps.events.emit('mesh')
  }

  #scheduleSync(): void {
    this.#syncTimer = setTimeout(() => {
      this.#syncWithAny()
      this.#scheduleSync()
    }, this.#syncs.nextMs())
  }

  #syncWithAny(): void {
    const members = [...(this.#parts?.membership.members() ?? [])]
    const member = members[Math.floor(this.#deps.random() * members.length)]
    if (member !== undefined) this.#parts?.sync.request(member.peer)
  }
}
