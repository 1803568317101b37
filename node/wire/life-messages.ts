import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { WireError } from './codec.ts'
import { wireLimits } from './limits.ts'
import { nodeTagBytes } from './node-tags.ts'

/** One sign of life of one node. */
export interface LifeSign {
  /** Of the node, hexadecimal. */
  readonly tag: string
  /** First bytes of the anchor of the status that it belongs to, hexadecimal. */
  readonly mark: string
  /** Place in the chain of that status, from 1. */
  readonly k: number
  readonly value: Uint8Array
}

export const lifeMarkBytes = 2
/** Of its number in a sign. */
const K_AT = nodeTagBytes + lifeMarkBytes
const SIGN_BYTES = K_AT + 1 + wireLimits.lifeValueBytes

/** What is said on a stream of `/mesh-art/life/1`. `keeps`: whether the sender would have signs over this link. */
export type LifeMessage =
  | {
      readonly t: 'signs'
      readonly keeps: boolean
      /** The next is said within so many seconds. */
      readonly within: number
      readonly signs: readonly LifeSign[]
    }
  | { readonly t: 'want'; readonly tags: readonly string[] }
  | { readonly t: 'status'; readonly sealed: Uint8Array }

const KIND = { kept: 0, passing: 1, want: 2, status: 3 } as const

export function encodeLife(message: LifeMessage): Uint8Array {
  switch (message.t) {
    case 'signs': {
      const kind = message.keeps ? KIND.kept : KIND.passing
      const frame = new Uint8Array(2 + message.signs.length * SIGN_BYTES)
      frame.set([kind, Math.min(255, Math.ceil(message.within))])
      message.signs.forEach(({ tag, mark, k, value }, i) => {
        const at = 2 + i * SIGN_BYTES
        frame.set(hexToBytes(tag + mark), at)
        frame[at + K_AT] = k
        frame.set(value, at + K_AT + 1)
      })
      return frame
    }
    case 'want':
      return concatBytes(Uint8Array.of(KIND.want), hexToBytes(message.tags.join('')))
    case 'status':
      return concatBytes(Uint8Array.of(KIND.status), message.sealed)
  }
}

/** @throws {WireError} */
export function decodeLife(frame: Uint8Array): LifeMessage {
  const [kind, within = 0] = frame
  if (kind === KIND.status) {
    if (frame.length > wireLimits.gossipStatusBytes + 1) throw new WireError('a status beyond the limit')
    return { t: 'status', sealed: frame.slice(1) }
  }
  if (kind === KIND.want) {
    if ((frame.length - 1) % nodeTagBytes !== 0) throw new WireError('tags that are cut off')
    const tags: string[] = []
    for (let at = 1; at < frame.length; at += nodeTagBytes)
      tags.push(bytesToHex(frame.subarray(at, at + nodeTagBytes)))
    return { t: 'want', tags }
  }
  if (kind !== KIND.kept && kind !== KIND.passing) throw new WireError('no message of this protocol')
  if (frame.length < 2 || (frame.length - 2) % SIGN_BYTES !== 0)
    throw new WireError('signs of life that are cut off')
  const signs: LifeSign[] = []
  for (let at = 2; at < frame.length; at += SIGN_BYTES) {
    const k = frame[at + K_AT] ?? 0
    if (k < 1 || k > wireLimits.lifeChain) throw new WireError('a sign of life beyond its chain')
    signs.push({
      tag: bytesToHex(frame.subarray(at, at + nodeTagBytes)),
      mark: bytesToHex(frame.subarray(at + nodeTagBytes, at + K_AT)),
      k,
      value: frame.slice(at + K_AT + 1, at + SIGN_BYTES),
    })
  }
  return { t: 'signs', keeps: kind === KIND.kept, within, signs }
}
