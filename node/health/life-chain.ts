import { sha256 } from '@noble/hashes/sha2.js'
import { sameBytes } from '../../artworks/format/envelope.ts'
import { wireLimits } from '../wire/limits.ts'

/**
 * Signs of life that cost a few bytes and no signature: a chain of hashes, of which a node's signed status shows the last one,
 * and each sign the one before it. Whoever has the status can check a sign; nobody but the node can make one.
 */
export class LifeChain {
  /** From the anchor on. */
  readonly #values: Uint8Array[]

  /** @param seed random, and known to nobody else */
  constructor(seed: Uint8Array) {
    const values: Uint8Array[] = [seed.slice(0, wireLimits.lifeValueBytes)]
    for (let i = 0; i < wireLimits.lifeChain; i += 1) values.push(before(values[i] ?? seed))
    this.#values = values.toReversed()
  }

  get anchor(): Uint8Array {
    return this.#values[0] ?? new Uint8Array(wireLimits.lifeValueBytes)
  }

  /** The sign with this number, from 1 on; undefined when the chain is over. */
  at(k: number): Uint8Array | undefined {
    return this.#values[k]
  }
}

/** Whether a value is so many steps before a known one of the same chain. */
export function isEarlier(value: Uint8Array, steps: number, known: Uint8Array): boolean {
  let at = value
  for (let i = 0; i < steps; i += 1) at = before(at)
  return sameBytes(at, known)
}

function before(value: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(...domain, ...value)).subarray(0, wireLimits.lifeValueBytes)
}

const domain = new TextEncoder().encode('mesh-art-network/life/1')
