import { randomBytes } from 'node:crypto'
import { TopicValidatorResult } from '@chainsafe/libp2p-gossipsub'
import type { Message } from '@chainsafe/libp2p-gossipsub'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openValue, sameBytes, sealValue } from '../../artworks/format/envelope.ts'
import { digestOfLetGo } from '../../artworks/format/let-go.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { healthLimits } from '../health/limits.ts'
import { StatusOrder } from '../health/status-order.ts'
import { statusGapMs } from '../health/status-pace.ts'
import type { StatusUrgency } from '../health/status-pace.ts'
import { heldByStatus, statusHoldings } from '../replication/status-holdings.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { Holdings } from '../store/holdings.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { decodeValue, WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import type { NodeTags } from '../wire/node-tags.ts'
import { topics } from '../wire/protocols.ts'
import { readStatusHealth } from '../wire/status-health.ts'
import type { StatusHealth } from '../wire/status-health.ts'
import { statusSchema } from '../wire/status-message.ts'
import type { Status } from '../wire/status-message.ts'
import type { MeshHost } from './host.ts'
import type { LifeExchange } from './life-exchange.ts'
import type { Membership } from './membership.ts'
import { didOfPeer } from './peer-did.ts'
import { Receipts } from './receipts.ts'

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
  readonly tags: NodeTags
  /** Signs of life between two statuses; absent: none are given. */
  readonly life: Pick<LifeExchange, 'anchor' | 'status' | 'linksChanged'>
}

/** Of a status that was not sealed yet, when its size is asked for. */
const TYPICAL_BYTES = 900

/** A node says how it is: signed, soon after a change, and else as often as so many nodes may; and hears how the others are. */
export class StatusGossip {
  readonly #deps: StatusGossipDependencies
  readonly #topic: string
  readonly #boot = randomBytes(8)
  #count = 0
  #timer: NodeJS.Timeout | undefined
  #lastSentMs = Number.NEGATIVE_INFINITY
  /** Newest status of each node, by boot and number: older ones are not passed on, nor those of runs that are over. */
  readonly #order = new StatusOrder()
  readonly #receipts: Receipts

  constructor(deps: StatusGossipDependencies) {
    this.#deps = deps
    this.#topic = topics(deps.catalogue.id).status
    this.#receipts = new Receipts(deps)
    deps.state.boot = Buffer.from(this.#boot).toString('hex')
  }

  start(): void {
    const { gossip } = this.#deps.host.services
    gossip.topicValidators.set(this.#topic, (peer, message) => this.#validate(peer, message))
    gossip.subscribe(this.#topic)
    this.#deps.events.on('catalogue', this.#onProgress)
    this.#deps.events.on('progress', this.#onProgress)
    this.#deps.events.on('own-health', this.soon)
    this.#deps.events.on('let-go', this.#onLetGo)
    this.#schedule(0)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#deps.events.off('catalogue', this.#onProgress)
    this.#deps.events.off('progress', this.#onProgress)
    this.#deps.events.off('own-health', this.soon)
    this.#deps.events.off('let-go', this.#onLetGo)
    this.#deps.host.services.gossip.topicValidators.delete(this.#topic)
  }

  /** Something changed that others should act on. */
  readonly soon = (): void => this.#scheduleFor('urgent')

  /** A receipt, which its artist waits for. */
  readonly #onLetGo = (): void => {
    this.#receipts.changed()
    this.soon()
  }

  readonly #onProgress = (): void => this.#scheduleFor('progress')

  #scheduleFor(urgency: StatusUrgency): void {
    const dueMs = this.#lastSentMs + this.#gapMs(urgency) - this.#deps.steadyNowMs()
    this.#schedule(Math.max(50, dueMs))
  }

  #gapMs(urgency: StatusUrgency): number {
    const { state, steadyNowMs } = this.#deps
    const sinceMs = steadyNowMs() - healthLimits.lostAfterMs
    let nodes = 1
    for (const { lastHeardMs } of state.peers.values()) if (lastHeardMs > sinceMs) nodes += 1
    return statusGapMs(urgency, nodes, state.ownLetGo?.status.length ?? TYPICAL_BYTES)
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
        .finally(() => this.#schedule(this.#gapMs('routine')))
    }, delayMs)
  }

  async #send(): Promise<void> {
    const { self, membership, keeper, content, holdings, host, key, state, steadyNowMs } = this.#deps
    const { tags, life } = this.#deps
    this.#lastSentMs = steadyNowMs()
    this.#count += 1
    const neighbours = [...membership.members()].map(({ did }) => did).slice(0, wireLimits.statusNeighbours)
    const shown = [...content.shown().keys()]
    const records = keeper.digests.fingerprint()
    state.ownRecords = Buffer.from(records).toString('hex')
    const health = state.sayHealth?.(neighbours, shown.toSorted())
    const letGo = this.#receipts.works()
    const status: Status = {
      kind: 'status',
      v: 1,
      boot: this.#boot,
      n: this.#count,
      name: this.#name().slice(0, wireLimits.nameLength),
      version: self.version,
      neighbours: tags.pack(neighbours),
      life: life.anchor(),
      records,
      works: content.counts(),
      letGo: digestOfLetGo(letGo),
      ...(health === undefined ? {} : { health: withoutUndefined(health) }),
      ...statusHoldings(content.shown(), (root) => shareOf(holdings, root)),
    }
    // Alone, it is told to nobody, but an artist at this very node may ask what it has let go of.
    if (neighbours.length === 0 && letGo.length === 0) return
    const sealed = await sealValue(status, key)
    const isNew = state.ownLetGo?.works.join() !== letGo.join()
    state.ownLetGo = { works: letGo, status: sealed }
    if (isNew) this.#deps.events.emit('mesh')
    if (status.life !== undefined) life.status(self.did, status.life, sealed)
    if (neighbours.length > 0) await host.services.gossip.publish(this.#topic, sealed)
  }

  async #validate(peer: PeerId, message: Message): Promise<TopicValidatorResult> {
    if (!this.#deps.mayGossip(peer)) return TopicValidatorResult.Ignore
    const verdict = await this.#judge(peer, message.data, 'told')
    if (verdict === 'taken') return TopicValidatorResult.Accept
    return verdict === 'bad' ? TopicValidatorResult.Reject : TopicValidatorResult.Ignore
  }

  /** A status that was asked for, because a sign of life belonged to one that is not known here. */
  async take(peer: PeerId, sealed: Uint8Array): Promise<void> {
    await this.#judge(peer, sealed, 'asked')
  }

  async #judge(
    peer: PeerId,
    sealed: Uint8Array,
    how: 'told' | 'asked',
  ): Promise<'taken' | 'passed over' | 'bad'> {
    const { state, self, catalogue, keeper, life } = this.#deps
    const dropped = state.droppedStatuses
    try {
      if (sealed.length > wireLimits.gossipStatusBytes) throw new WireError('a status beyond the limit')
      const { signer, value } = await openValue(sealed)
      const status = decodeValue(statusSchema, value)
      if (signer === self.did) return 'passed over'
      if (!catalogue.isMember(signer)) {
        dropped.stranger += 1
        return 'passed over'
      }
      const health = readStatusHealth(status.health)
      if (health === null) throw new WireError('a status with health that is not as it must be')
      const boot = Buffer.from(status.boot).toString('hex')
      if (!this.#order.isNew(signer, boot, status.n, how === 'told')) {
        // Of several who were asked, one was the first to answer.
        if (how === 'told' && !this.#order.isOvertaken(signer, boot, status.n)) dropped.stale += 1
        return 'passed over'
      }
      const isDirect = didOfPeer(peer) === signer
      this.#hear(signer, status, health, how === 'told')
      if (how === 'told') state.peer(signer, 0).lastHeardMs = this.#deps.steadyNowMs()
      if (status.life !== undefined) life.status(signer, status.life, sealed)
      this.#receipts.hear(signer, status.letGo, sealed)
      if (isDirect && !sameBytes(status.records, keeper.digests.fingerprint()))
        this.#deps.onOtherRecords(peer)
      return 'taken'
    } catch (err) {
      if (!(err instanceof FormatError || err instanceof WireError)) throw err
      dropped.forged += 1
      this.#deps.onBadStatus(peer)
      return 'bad'
    }
  }

  #name(): string {
    const { state, catalogue, self } = this.#deps
    return state.ownName?.name ?? catalogue.grant(self.did)?.body.name ?? self.name
  }

  #hear(did: Did, status: Status, health: StatusHealth | undefined, isFresh: boolean): void {
    const peer = this.#deps.state.peer(did, this.#deps.steadyNowMs())
    peer.name = status.name
    const neighbours = this.#neighboursOf(status)
    if (neighbours.join() !== peer.neighbours.join()) this.#deps.life.linksChanged()
    peer.neighbours = neighbours
    peer.version = status.version
    peer.works = status.works
    peer.boot = Buffer.from(status.boot).toString('hex')
    peer.records = Buffer.from(status.records).toString('hex')
    if (health === undefined) delete peer.health
    else peer.health = health
    // Gossip takes a second or two, whoever passes it on; what was asked for may be minutes old.
    if (health !== undefined && isFresh)
      peer.clockAheadSeconds = health.clock - Math.floor(this.#deps.wallNowMs() / 1000)
    const held = heldByStatus(status, this.#deps.content.shown())
    peer.showsTheSame = held !== null
    if (held !== null) peer.held = held
    this.#deps.events.emit('mesh')
  }

  #neighboursOf({ neighbours }: Status): readonly (Did | '')[] {
    if (!(neighbours instanceof Uint8Array)) return neighbours
    const { tags, catalogue } = this.#deps
    return tags.unpack(neighbours, () => [...catalogue.grants()].map(({ body }) => body.node))
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
