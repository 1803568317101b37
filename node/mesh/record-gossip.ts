import { TopicValidatorResult } from '@chainsafe/libp2p-gossipsub'
import type { Message } from '@chainsafe/libp2p-gossipsub'
import type { PeerId } from '@libp2p/interface'
import type { Logger } from 'pino'
import { FormatError } from '../../artworks/format/errors.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { decodeMessage, encodeMessage, WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { topics } from '../wire/protocols.ts'
import { carriedRecordSchema } from '../wire/record-messages.ts'
import type { MeshHost } from './host.ts'

export interface RecordGossipDependencies {
  /** Whether the neighbour may bring another message now: else it floods, and is cut off. */
  readonly mayGossip: (peer: PeerId) => boolean
  readonly host: MeshHost
  readonly exhibition: Did
  readonly keeper: RecordKeeper
  readonly events: NodeEventBus
  readonly logger: Logger
  /** A member sent what no correct node sends. */
  readonly onBadRecord: (peer: PeerId) => void
  /** A record came that cannot be judged yet: its sender knows more than we do. */
  readonly onAhead: (peer: PeerId) => void
}

/** New records go out on gossip, and what comes in is checked and kept before it is forwarded (design, decision 5). */
export class RecordGossip {
  readonly #deps: RecordGossipDependencies
  readonly #topic: string

  constructor(deps: RecordGossipDependencies) {
    this.#deps = deps
    this.#topic = topics(deps.exhibition).records
  }

  start(): void {
    const { gossip } = this.#deps.host.services
    gossip.topicValidators.set(this.#topic, (peer, message) => this.#validate(peer, message))
    gossip.subscribe(this.#topic)
    this.#deps.events.on('record', this.#onRecord)
  }

  stop(): void {
    this.#deps.events.off('record', this.#onRecord)
    this.#deps.host.services.gossip.topicValidators.delete(this.#topic)
  }

  /** Records of others are forwarded by gossip itself; those that a sync brought are announced too, for who synced not. */
  readonly #onRecord = (record: OpenedRecord, from: 'local' | 'mesh'): void => {
    if (from !== 'local') return
    const stored = this.#deps.keeper.store.get(record.cid)
    if (stored === undefined) return
    const data = encodeMessage({ r: record.bytes, ...(stored.intake === null ? {} : { i: stored.intake }) })
    this.#deps.host.services.gossip
      .publish(this.#topic, data)
      .catch((err: unknown) =>
        this.#deps.logger.warn(
          { err, record: record.cid },
          'a record was kept and not gossiped; neighbours get it by sync',
        ),
      )
  }

  async #validate(peer: PeerId, message: Message): Promise<TopicValidatorResult> {
    const { keeper, logger, onBadRecord, onAhead } = this.#deps
    if (!this.#deps.mayGossip(peer)) return TopicValidatorResult.Ignore
    try {
      if (message.data.length > wireLimits.gossipRecordBytes)
        throw new WireError('a gossiped record beyond the limit')
      const carried = decodeMessage(carriedRecordSchema, message.data)
      const { judgement } = await keeper.accept(carried.r, carried.i ?? null, 'mesh')
      switch (judgement) {
        case 'accept':
          return TopicValidatorResult.Accept
        case 'known':
          return TopicValidatorResult.Ignore
        case 'later':
          onAhead(peer)
          return TopicValidatorResult.Ignore
        case 'quota':
          return TopicValidatorResult.Ignore
        case 'wrong-exhibition':
        case 'no-intake':
          onBadRecord(peer)
          return TopicValidatorResult.Reject
      }
    } catch (err) {
      if (err instanceof FormatError || err instanceof WireError) {
        onBadRecord(peer)
        return TopicValidatorResult.Reject
      }
      logger.error({ err }, 'a gossiped record could not be kept; a later sync brings it again')
      return TopicValidatorResult.Ignore
    }
  }
}
