import { randomBytes } from 'node:crypto'
import type { PrivateKey } from '@libp2p/interface'
import type { Did } from '../../artworks/format/did-key.ts'
import { openValue, sealValue } from '../../artworks/format/envelope.ts'
import { actionLimits, orderSchema } from '../wire/action-messages.ts'
import type { ActionArgs, ActionName, Order } from '../wire/action-messages.ts'
import { decodeValue } from '../wire/codec.ts'

export type OrderRefusal =
  | 'not-for-us'
  | 'no-passphrase-here'
  | 'other-passphrase'
  | 'other-run'
  | 'passed-by-another'
  | 'played-again'

/** Writes orders with a technician's key, and judges those that come: each is done once, by one run of one node. */
export class OrderBook {
  readonly #self: { readonly did: Did; readonly exhibition: Did; readonly boot: () => string }
  /** The technician's did by this node's own settings; null: no order of others is taken. */
  readonly #technician: Did | null
  readonly #nonces = new Set<string>()

  constructor(self: { did: Did; exhibition: Did; boot: () => string }, technician: Did | null) {
    this.#self = self
    this.#technician = technician
  }

  async write(
    key: PrivateKey,
    to: { readonly did: Did; readonly boot: string },
    action: ActionName,
    args: ActionArgs,
  ): Promise<{ nonce: Uint8Array; sealed: Uint8Array }> {
    const nonce = new Uint8Array(randomBytes(16))
    const { did: via, exhibition } = this.#self
    const order: Order = {
      kind: 'order',
      v: 1,
      exhibition,
      to: to.did,
      boot: to.boot,
      via,
      nonce,
      action,
      args,
    }
    return { nonce, sealed: await sealValue(order, key) }
  }

  /**
   * @param passedBy the node whose seal the order came in
   * @throws {FormatError} @throws {WireError} for what no correct node sends
   */
  async judge(sealed: Uint8Array, passedBy: Did): Promise<{ order: Order; refusal: OrderRefusal | null }> {
    const { signer, value } = await openValue(sealed)
    const order = decodeValue(orderSchema, value)
    return { order, refusal: this.#refusal(order, signer, passedBy) }
  }

  #refusal(order: Order, signer: Did, passedBy: Did): OrderRefusal | null {
    const { did, exhibition, boot } = this.#self
    if (order.to !== did || order.exhibition !== exhibition) return 'not-for-us'
    if (this.#technician === null) return 'no-passphrase-here'
    if (signer !== this.#technician) return 'other-passphrase'
    if (order.boot !== boot()) return 'other-run'
    if (order.via !== passedBy) return 'passed-by-another'
    const nonce = Buffer.from(order.nonce).toString('hex')
    if (this.#nonces.has(nonce) || this.#nonces.size >= actionLimits.nonces) return 'played-again'
    this.#nonces.add(nonce)
    return null
  }
}
