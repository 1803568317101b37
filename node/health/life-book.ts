import { bytesToHex } from '@noble/hashes/utils.js'
import { lifeMarkBytes } from '../wire/life-messages.ts'
import type { LifeSign } from '../wire/life-messages.ts'
import { isEarlier } from './life-chain.ts'
import { healthLimits } from './limits.ts'

export interface LifeNews {
  /** Nodes that were proven to live now. */
  readonly alive: readonly string[]
  /** Tags of nodes whose newest status is not known here. */
  readonly wants: readonly string[]
  /** Signs that were not their node's. */
  readonly forged: number
}

/** How far the signs of one status have come. */
interface Chain {
  readonly mark: string
  k: number
  value: Uint8Array
}

interface Known {
  readonly tag: string
  readonly sealed: Uint8Array
  readonly chain: Chain
  /** Of the status before: its last signs may still be on their way, through many nodes. */
  readonly before: Chain | undefined
  heardMs: number
}

const MAX_NODES = 1024

/**
 * Who lives, by signs of life: what is known of each node, and what each neighbour is yet to be told. Pure: steady time in, frames' contents
 * in and out. A link is named by whatever names it outside.
 */
export class LifeBook {
  readonly #self: string
  readonly #known = new Map<string, Known>()
  /** Link to tag to the sign that is to be passed on over it. */
  readonly #pending = new Map<string, Map<string, LifeSign>>()
  /** When the status of a node was last asked for, by tag and link. */
  readonly #asked = new Map<string, number>()

  /** @param self own tag: signs of one's own come back, and are no news */
  constructor(self: string) {
    this.#self = self
  }

  /** A status of a node was taken for true: its signs of life are now those of this chain. */
  status(tag: string, anchor: Uint8Array, sealed: Uint8Array, nowMs: number): void {
    const before = this.#known.get(tag)
    if (before === undefined && this.#known.size >= MAX_NODES) this.#forgetOldest()
    const chain = { mark: markOf(anchor), k: 0, value: anchor }
    this.#known.set(tag, { tag, sealed, chain, before: before?.chain, heardMs: nowMs })
  }

  /** A sign of this node itself, for all; it has told its status as well. */
  own(sign: LifeSign, nowMs: number): void {
    const known = this.#known.get(this.#self)
    if (known !== undefined && known.chain.mark === sign.mark) {
      known.chain.k = sign.k
      known.chain.value = sign.value
      known.heardMs = nowMs
    }
    for (const pending of this.#pending.values()) pending.set(sign.tag, sign)
  }

  /** A link is there: who is on its other side is told of all that live. */
  open(link: string, nowMs: number): void {
    const pending = new Map<string, LifeSign>()
    for (const known of this.#known.values()) {
      if (known.chain.k > 0 && nowMs - known.heardMs < healthLimits.lateAfterMs)
        pending.set(known.tag, signOf(known))
    }
    this.#pending.set(link, pending)
  }

  close(link: string): void {
    this.#pending.delete(link)
    for (const key of this.#asked.keys()) if (key.endsWith(` ${link}`)) this.#asked.delete(key)
  }

  hear(link: string, signs: readonly LifeSign[], nowMs: number): LifeNews {
    const alive: string[] = []
    const wants: string[] = []
    let forged = 0
    for (const sign of signs) {
      const { tag, mark, k, value } = sign
      if (tag === this.#self) continue
      const known = this.#known.get(tag)
      const chain = [known?.chain, known?.before].find((one) => one?.mark === mark)
      if (known === undefined || chain === undefined) {
        if (this.#mayAsk(tag, link, nowMs)) wants.push(tag)
        continue
      }
      // What the other side has needs not be told to it.
      const waiting = this.#pending.get(link)?.get(tag)
      if (waiting !== undefined && waiting.mark === mark && waiting.k <= k)
        this.#pending.get(link)?.delete(tag)
      if (k <= chain.k) continue
      if (!isEarlier(value, k - chain.k, chain.value)) {
        forged += 1
        continue
      }
      chain.k = k
      chain.value = value
      known.heardMs = nowMs
      alive.push(tag)
      for (const [other, pending] of this.#pending) {
        // A sign of the newest status is the better one, if one of each waits.
        if (other !== link && (chain === known.chain || pending.get(tag)?.mark !== known.chain.mark))
          pending.set(tag, sign)
      }
    }
    return { alive, wants, forged }
  }

  /** What is to be told over a link that passes signs on; it is told then. */
  flush(link: string): LifeSign[] {
    const pending = this.#pending.get(link)
    if (pending === undefined) return []
    const signs = [...pending.values()]
    pending.clear()
    return signs
  }

  /** A link over which nothing is passed on: what waited for it is dropped, and comes by another. */
  skip(link: string): void {
    this.#pending.get(link)?.clear()
  }

  /** The statuses asked for, of nodes that live, and the signs that belong to them. */
  serve(tags: readonly string[], nowMs: number): { statuses: Uint8Array[]; signs: LifeSign[] } {
    const statuses: Uint8Array[] = []
    const signs: LifeSign[] = []
    for (const tag of new Set(tags)) {
      const known = this.#known.get(tag)
      if (known === undefined || nowMs - known.heardMs >= healthLimits.lostAfterMs) continue
      statuses.push(known.sealed)
      if (known.chain.k > 0) signs.push(signOf(known))
    }
    return { statuses, signs }
  }

  #mayAsk(tag: string, link: string, nowMs: number): boolean {
    const key = `${tag} ${link}`
    if (nowMs - (this.#asked.get(key) ?? Number.NEGATIVE_INFINITY) < healthLimits.askAgainMs) return false
    this.#asked.delete(key)
    this.#asked.set(key, nowMs)
    const [oldest] = this.#asked.keys()
    if (this.#asked.size > MAX_NODES && oldest !== undefined) this.#asked.delete(oldest)
    return true
  }

  #forgetOldest(): void {
    let oldest: Known | undefined
    for (const known of this.#known.values())
      if (oldest === undefined || known.heardMs < oldest.heardMs) oldest = known
    if (oldest !== undefined) this.#known.delete(oldest.tag)
  }
}

export function markOf(anchor: Uint8Array): string {
  return bytesToHex(anchor.subarray(0, lifeMarkBytes))
}

function signOf({ tag, chain: { mark, k, value } }: Known): LifeSign {
  return { tag, mark, k, value }
}
