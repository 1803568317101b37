import { createHmac, randomBytes } from 'node:crypto'
import { BoundedMap } from '../bounded-map.ts'

export interface AcknowledgedLimits {
  /** How many phones are remembered; more than a hotspot takes. */
  readonly portalVisitors: number
  /** How long a phone is remembered after it was last heard. */
  readonly portalVisitorMs: number
}

/**
 * Which phones have been told 'there is no internet here' and chose to stay. Known by a hash of their address, keyed with a
 * key that is made at the start and never leaves memory; forgotten minutes after they were last heard; never logged or written.
 * (An address in the clear would be one more thing to find in the memory of a stolen node.)
 */
export class Acknowledged {
  readonly #key = randomBytes(32)
  readonly #until: BoundedMap<string, number>
  readonly #limits: AcknowledgedLimits
  readonly #nowMs: () => number

  /** @param nowMs a clock that never jumps */
  constructor(limits: AcknowledgedLimits, nowMs: () => number) {
    this.#limits = limits
    this.#nowMs = nowMs
    this.#until = new BoundedMap(limits.portalVisitors)
  }

  add(address: string): void {
    this.#until.set(this.#nameOf(address), this.#nowMs() + this.#limits.portalVisitorMs)
  }

  /** Whether it is remembered; if so, the time counts anew. */
  has(address: string): boolean {
    const name = this.#nameOf(address)
    const until = this.#until.get(name)
    if (until === undefined) return false
    if (until < this.#nowMs()) {
      this.#until.delete(name)
      return false
    }
    this.#until.set(name, this.#nowMs() + this.#limits.portalVisitorMs)
    return true
  }

  #nameOf(address: string): string {
    return createHmac('sha256', this.#key).update(address).digest('base64url').slice(0, 16)
  }
}
