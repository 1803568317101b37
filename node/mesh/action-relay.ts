import { TopicValidatorResult } from '@chainsafe/libp2p-gossipsub'
import type { Message } from '@chainsafe/libp2p-gossipsub'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openValue, sealValue } from '../../artworks/format/envelope.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import type { OrderCarrier } from '../technician/technician.ts'
import { actionLimits, actionMessageSchema } from '../wire/action-messages.ts'
import { actionSaid } from '../wire/action-said.ts'
import type { ActionMessage, ActionResult } from '../wire/action-messages.ts'
import { decodeValue, WireError } from '../wire/codec.ts'
import type { MeshHost } from './host.ts'

const ANSWER_MS = 15 * 60_000
const MAX_WAITING = 64

export interface ActionRelayDependencies {
  readonly host: MeshHost
  readonly key: PrivateKey
  readonly self: Did
  readonly topic: string
  readonly catalogue: Pick<Catalogue, 'isMember'>
  readonly logger: Logger
  readonly steadyNowMs: () => number
  /** Judges and does an order that is for this node; null when it is for another. */
  readonly obey: (
    sealed: Uint8Array,
    passedBy: Did,
  ) => Promise<{ nonce: Uint8Array; to: Did; result: ActionResult } | null>
  readonly onBad: (peer: PeerId) => void
}

/** Technicians' orders and their answers, through the mesh to any node of it: few, small, and each sealed by its sender. */
export class ActionRelay implements OrderCarrier {
  readonly #deps: ActionRelayDependencies
  readonly #waiting = new Map<string, { from: Did; settle: (result: ActionResult | null) => void }>()
  readonly #counts = new Map<Did, { sinceMs: number; count: number }>()

  constructor(deps: ActionRelayDependencies) {
    this.#deps = deps
  }

  start(): void {
    const { gossip } = this.#deps.host.services
    gossip.topicValidators.set(this.#deps.topic, (peer, message) => this.#validate(peer, message))
    gossip.subscribe(this.#deps.topic)
  }

  stop(): void {
    this.#deps.host.services.gossip.topicValidators.delete(this.#deps.topic)
    for (const { settle } of this.#waiting.values()) settle(null)
    this.#waiting.clear()
  }

  async carry(sealed: Uint8Array, nonce: Uint8Array, to: Did): Promise<ActionResult | null> {
    if (this.#waiting.size >= MAX_WAITING) return { done: false, detail: actionSaid('busy') }
    const id = hex(nonce)
    const answer = new Promise<ActionResult | null>((resolve) => {
      const timer = setTimeout(() => settle(null), ANSWER_MS)
      timer.unref()
      const settle = (result: ActionResult | null): void => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        resolve(result)
      }
      this.#waiting.set(id, { from: to, settle })
    })
    try {
      await this.#publish({ kind: 'order-passed', v: 1, order: sealed })
    } catch (err) {
      this.#deps.logger.debug({ err }, 'an order could not be sent')
      this.#waiting.get(id)?.settle({ done: false, detail: actionSaid('no-neighbour') })
    }
    return answer
  }

  async #publish(message: ActionMessage): Promise<void> {
    const sealed = await sealValue(message, this.#deps.key)
    await this.#deps.host.services.gossip.publish(this.#deps.topic, sealed)
  }

  async #validate(peer: PeerId, message: Message): Promise<TopicValidatorResult> {
    const { catalogue, self } = this.#deps
    try {
      if (message.data.length > actionLimits.answerBytes) throw new WireError('an order beyond the limit')
      const { signer, value } = await openValue(message.data)
      if (!catalogue.isMember(signer) || signer === self) return TopicValidatorResult.Ignore
      const said = decodeValue(actionMessageSchema, value)
      if (this.#isFlood(signer)) return TopicValidatorResult.Ignore
      if (said.kind === 'answer') this.#hear(said, signer)
      else await this.#obey(said.order, signer)
      return TopicValidatorResult.Accept
    } catch (err) {
      if (!(err instanceof FormatError || err instanceof WireError)) throw err
      this.#deps.onBad(peer)
      return TopicValidatorResult.Reject
    }
  }

  #hear({ nonce, done, detail, data }: Extract<ActionMessage, { kind: 'answer' }>, signer: Did): void {
    const waiting = this.#waiting.get(hex(nonce))
    // Another node cannot answer for the one that was asked.
    if (waiting?.from !== signer) return
    waiting.settle({ done, detail, ...(data === undefined ? {} : { data }) })
  }

  /** The order is judged now, so that a bad one is not passed on; what takes long is done after it was passed. */
  async #obey(sealed: Uint8Array, signer: Did): Promise<void> {
    const obeying = this.#deps.obey(sealed, signer)
    const waited = await Promise.race([obeying.then(() => 'over' as const), soon()])
    const answering = obeying.then(async (answer) => {
      if (answer === null) return
      const { nonce, to, result } = answer
      await this.#publish({ kind: 'answer', v: 1, to, nonce, ...result })
    })
    answering.catch((err: unknown) =>
      this.#deps.logger.warn({ err }, 'an answer to a technician could not be sent'),
    )
    if (waited === 'over') await obeying
  }

  #isFlood(signer: Did): boolean {
    const nowMs = this.#deps.steadyNowMs()
    const known = this.#counts.get(signer)
    if (known === undefined || nowMs - known.sinceMs > 60_000) {
      this.#counts.set(signer, { sinceMs: nowMs, count: 1 })
      return false
    }
    known.count += 1
    return known.count > actionLimits.perNodeMinute
  }
}

function soon(): Promise<'later'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('later'), 200).unref()
  })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
