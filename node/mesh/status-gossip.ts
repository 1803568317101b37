import { randomBytes } from 'node:crypto'
import { TopicValidatorResult } from '@chainsafe/libp2p-gossipsub'
import type { Message } from '@chainsafe/libp2p-gossipsub'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openValue, sameBytes, sealValue } from '../../artworks/format/envelope.ts'
import { digestOfLetGo } from '../../artworks/format/let-go.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { StatusOrder } from '../health/status-order.ts'
import { heldByStatus, statusHoldings } from '../replication/status-holdings.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { Holdings } from '../store/holdings.ts'
import { worksLetGo } from '../store/let-go.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { decodeValue, WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { topics } from '../wire/protocols.ts'
import { readStatusHealth } from '../wire/status-health.ts'
import type { StatusHealth } from '../wire/status-health.ts'
import { statusSchema } from '../wire/status-message.ts'
import type { Status } from '../wire/status-message.ts'
import type { MeshHost } from './host.ts'
import { meshLimits } from './limits.ts'
import type { Membership } from './membership.ts'
import { didOfPeer } from './peer-did.ts'

export interface StatusGossipDependencies {
  /** Whether the neighbour may bring another message now: else it floods, and is cut off. */
  readonly mayGossip: (peer: PeerId) => boolean
  readonly host: MeshHost
  readonly key: PrivateKey
  readonly self: { did: Did; name: string; version: string }
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly content: ExhibitionContent
  readonly holdings: Holdings
  readonly chunks: ChunkStore
  readonly membership: Membership
  readonly state: MeshState
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
  /** This machine's idea of the time: compared with a neighbour's, and no more. */
  readonly wallNowMs: () => number
  /** A neighbour's record set has another fingerprint than ours. */
  readonly onOtherRecords: (peer: PeerId) => void
  readonly onBadStatus: (peer: PeerId) => void
}

/** What is worth a status before its time. */
const soonAfter = ['catalogue', 'progress', 'own-health'] as const

/** A node says how it is: signed, small, every few seconds and soon after a change; and hears how the others are. */
export class StatusGossip {
  readonly #deps: StatusGossipDependencies
  readonly #topic: string
  readonly #boot = randomBytes(8)
  #count = 0
  #timer: NodeJS.Timeout | undefined
  #lastSentMs = Number.NEGATIVE_INFINITY
  /** Newest status of each node, by boot and number: older ones are not passed on, nor those of runs that are over. */
  readonly #order = new StatusOrder()

  constructor(deps: StatusGossipDependencies) {
    this.#deps = deps
    this.#topic = topics(deps.catalogue.id).status
    deps.state.boot = Buffer.from(this.#boot).toString('hex')
  }

  start(): void {
    const { gossip } = this.#deps.host.services
    gossip.topicValidators.set(this.#topic, (peer, message) => this.#validate(peer, message))
    gossip.subscribe(this.#topic)
    for (const event of soonAfter) this.#deps.events.on(event, this.soon)
    this.#schedule(0)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const event of soonAfter) this.#deps.events.off(event, this.soon)
    this.#deps.host.services.gossip.topicValidators.delete(this.#topic)
  }

  /** Something worth saying changed. */
  readonly soon = (): void => {
    const dueMs = this.#lastSentMs + meshLimits.statusMinGapMs - this.#deps.steadyNowMs()
    this.#schedule(Math.max(50, dueMs))
  }

  #dueAtMs = Number.POSITIVE_INFINITY

  #schedule(delayMs: number): void {
    const atMs = this.#deps.steadyNowMs() + delayMs
    if (this.#timer !== undefined && this.#dueAtMs <= atMs) return
    clearTimeout(this.#timer)
    this.#dueAtMs = atMs
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#send()
        .catch((err: unknown) => this.#deps.logger.debug({ err }, 'status not sent'))
        .finally(() => this.#schedule(meshLimits.statusIntervalMs))
    }, delayMs)
  }

  async #send(): Promise<void> {
    const { self, membership, keeper, content, holdings, host, key, state, steadyNowMs } = this.#deps
    this.#lastSentMs = steadyNowMs()
    this.#count += 1
    const neighbours = [...membership.members()].map(({ did }) => did).slice(0, wireLimits.statusNeighbours)
    const shown = [...content.shown().keys()]
    const records = keeper.digests.fingerprint()
    state.ownRecords = Buffer.from(records).toString('hex')
    const health = state.sayHealth?.(neighbours, shown.toSorted())
    const letGo = this.#worksLetGo()
    const status: Status = {
      kind: 'status',
      v: 1,
      boot: this.#boot,
      n: this.#count,
      name: this.#name().slice(0, wireLimits.nameLength),
      version: self.version,
      neighbours,
      records,
      works: content.counts(),
      letGo: digestOfLetGo(letGo),
      ...(health === undefined ? {} : { health: withoutUndefined(health) }),
      ...statusHoldings(shown, (root) => shareOf(holdings, root)),
    }
    // Alone, it is told to nobody, but an artist at this very node may ask what it has let go of.
    if (neighbours.length === 0 && letGo.length === 0) return
    const sealed = await sealValue(status, key)
    state.ownLetGo = { works: letGo, status: sealed }
    if (neighbours.length > 0) await host.services.gossip.publish(this.#topic, sealed)
  }

  async #validate(peer: PeerId, message: Message): Promise<TopicValidatorResult> {
    const dropped = this.#deps.state.droppedStatuses
    if (!this.#deps.mayGossip(peer)) return TopicValidatorResult.Ignore
    try {
      if (message.data.length > wireLimits.gossipStatusBytes) throw new WireError('a status beyond the limit')
      const { signer, value } = await openValue(message.data)
      const status = decodeValue(statusSchema, value)
      if (signer === this.#deps.self.did) return TopicValidatorResult.Ignore
      if (!this.#deps.catalogue.isMember(signer)) {
        dropped.stranger += 1
        return TopicValidatorResult.Ignore
      }
      const health = readStatusHealth(status.health)
      if (health === null) throw new WireError('a status with health that is not as it must be')
      if (!this.#order.isNew(signer, Buffer.from(status.boot).toString('hex'), status.n)) {
        dropped.stale += 1
        return TopicValidatorResult.Ignore
      }
      this.#hear(signer, status, health, didOfPeer(peer) === signer)
      this.#hearLetGo(signer, status, message.data)
      if (didOfPeer(peer) === signer && !sameBytes(status.records, this.#deps.keeper.digests.fingerprint())) {
        this.#deps.onOtherRecords(peer)
      }
      return TopicValidatorResult.Accept
    } catch (err) {
      if (!(err instanceof FormatError || err instanceof WireError)) throw err
      dropped.forged += 1
      this.#deps.onBadStatus(peer)
      return TopicValidatorResult.Reject
    }
  }

  #name(): string {
    const { state, catalogue, self } = this.#deps
    return state.ownName?.name ?? catalogue.grant(self.did)?.body.name ?? self.name
  }

  /** What is said of other works than ours have been let go of here cannot be told yet: one of the two is to hear of a withdrawal. */
  #hearLetGo(did: Did, { letGo }: Status, sealed: Uint8Array): void {
    const works = this.#worksLetGo()
    if (letGo === undefined || works.length === 0 || !sameBytes(letGo, digestOfLetGo(works))) return
    const { state } = this.#deps
    const peer = state.peer(did, this.#deps.steadyNowMs())
    // One list for all who say the same: there may be many nodes, and many withdrawals.
    const own = state.ownLetGo?.works ?? works
    const isSame = own.length === works.length && own.every((work, i) => work === works[i])
    peer.letGo = { works: isSame ? own : works, status: sealed.slice() }
  }

  #worksLetGo(): string[] {
    const { catalogue, content, chunks } = this.#deps
    return worksLetGo(
      catalogue,
      (root) => chunks.has(CID.parse(root)),
      (root) => content.isReadable(root),
    )
  }

  #hear(did: Did, status: Status, health: StatusHealth | undefined, isDirect: boolean): void {
    const peer = this.#deps.state.peer(did, this.#deps.steadyNowMs())
    peer.name = status.name
    peer.neighbours = status.neighbours
    peer.version = status.version
    peer.works = status.works
    peer.lastHeardMs = this.#deps.steadyNowMs()
    peer.boot = Buffer.from(status.boot).toString('hex')
    peer.records = Buffer.from(status.records).toString('hex')
    if (health === undefined) delete peer.health
    else peer.health = health
    if (health !== undefined && isDirect)
      peer.clockAheadSeconds = health.clock - Math.floor(this.#deps.wallNowMs() / 1000)
    const held = heldByStatus(status, [...this.#deps.content.shown().keys()])
    peer.showsTheSame = held !== null
    if (held !== null) peer.held = held
    this.#deps.events.emit('mesh')
  }
}

function shareOf(holdings: Holdings, root: string): number {
  const progress = holdings.progress(root)
  return progress === undefined || progress.total === 0 ? 0 : progress.have / progress.total
}

/** DAG-CBOR has no undefined. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}
