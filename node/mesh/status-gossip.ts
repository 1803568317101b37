import { randomBytes } from 'node:crypto'
import { TopicValidatorResult } from '@chainsafe/libp2p-gossipsub'
import type { Message } from '@chainsafe/libp2p-gossipsub'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openValue, sameBytes, sealValue } from '../../artworks/format/envelope.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { heldByStatus, statusHoldings } from '../replication/status-holdings.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { Holdings } from '../store/holdings.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { decodeValue, WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { topics } from '../wire/protocols.ts'
import { statusSchema } from '../wire/status-message.ts'
import type { Status } from '../wire/status-message.ts'
import type { MeshHost } from './host.ts'
import { meshLimits } from './limits.ts'
import type { Membership } from './membership.ts'
import { didOfPeer } from './peer-did.ts'

export interface StatusGossipDependencies {
  readonly host: MeshHost
  readonly key: PrivateKey
  readonly self: { did: Did; name: string; version: string }
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly content: ExhibitionContent
  readonly holdings: Holdings
  readonly membership: Membership
  readonly state: MeshState
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
  /** A neighbour's record set has another fingerprint than ours. */
  readonly onOtherRecords: (peer: PeerId) => void
  readonly onBadStatus: (peer: PeerId) => void
}

/** A node says how it is: signed, small, every few seconds and soon after a change; and hears how the others are. */
export class StatusGossip {
  readonly #deps: StatusGossipDependencies
  readonly #topic: string
  readonly #boot = randomBytes(8)
  #count = 0
  #timer: NodeJS.Timeout | undefined
  #lastSentMs = Number.NEGATIVE_INFINITY
  /** Newest status of each node, by boot and number: older ones are not passed on. */
  readonly #newest = new Map<Did, { boot: Uint8Array; n: number }>()

  constructor(deps: StatusGossipDependencies) {
    this.#deps = deps
    this.#topic = topics(deps.catalogue.id).status
  }

  start(): void {
    const { gossip } = this.#deps.host.services
    gossip.topicValidators.set(this.#topic, (peer, message) => this.#validate(peer, message))
    gossip.subscribe(this.#topic)
    for (const event of ['catalogue', 'progress'] as const) this.#deps.events.on(event, this.soon)
    this.#schedule(0)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const event of ['catalogue', 'progress'] as const) this.#deps.events.off(event, this.soon)
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
    const { self, membership, keeper, content, holdings, host, key, steadyNowMs } = this.#deps
    this.#lastSentMs = steadyNowMs()
    this.#count += 1
    const neighbours = [...membership.members()].map(({ did }) => did).slice(0, wireLimits.statusNeighbours)
    const status: Status = {
      kind: 'status',
      v: 1,
      boot: this.#boot,
      n: this.#count,
      name: self.name.slice(0, wireLimits.nameLength),
      version: self.version,
      neighbours,
      records: keeper.digests.fingerprint(),
      works: content.counts(),
      ...statusHoldings([...content.shown().keys()], (root) => shareOf(holdings, root)),
    }
    if (neighbours.length > 0) await host.services.gossip.publish(this.#topic, await sealValue(status, key))
  }

  async #validate(peer: PeerId, message: Message): Promise<TopicValidatorResult> {
    try {
      if (message.data.length > wireLimits.gossipStatusBytes) throw new WireError('a status beyond the limit')
      const { signer, value } = await openValue(message.data)
      const status = decodeValue(statusSchema, value)
      if (!this.#deps.catalogue.isMember(signer) || signer === this.#deps.self.did)
        return TopicValidatorResult.Ignore
      const newest = this.#newest.get(signer)
      // Replays and stragglers of the same run are dropped; another run of the node starts afresh.
      if (newest !== undefined && sameBytes(newest.boot, status.boot) && newest.n >= status.n) {
        return TopicValidatorResult.Ignore
      }
      this.#newest.set(signer, { boot: status.boot, n: status.n })
      this.#hear(signer, status)
      if (didOfPeer(peer) === signer && !sameBytes(status.records, this.#deps.keeper.digests.fingerprint())) {
        this.#deps.onOtherRecords(peer)
      }
      return TopicValidatorResult.Accept
    } catch (err) {
      if (!(err instanceof FormatError || err instanceof WireError)) throw err
      this.#deps.onBadStatus(peer)
      return TopicValidatorResult.Reject
    }
  }

  #hear(did: Did, status: Status): void {
    const peer = this.#deps.state.peer(did, this.#deps.steadyNowMs())
    peer.name = status.name
    peer.neighbours = status.neighbours
    peer.version = status.version
    peer.works = status.works
    peer.lastHeardMs = this.#deps.steadyNowMs()
    const held = heldByStatus(status, [...this.#deps.content.shown().keys()])
    if (held !== null) peer.held = held
    this.#deps.events.emit('mesh')
  }
}

function shareOf(holdings: Holdings, root: string): number {
  const progress = holdings.progress(root)
  return progress === undefined || progress.total === 0 ? 0 : progress.have / progress.total
}
