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
const SIGN_BYTES = nodeTagBytes + lifeMarkBytes + 1 + wireLimits.lifeValueBytes

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
      const frame = Buffer.alloc(2 + message.signs.length * SIGN_BYTES)
      frame.set([kind, Math.min(255, Math.ceil(message.within))])
      message.signs.forEach(({ tag, mark, k, value }, i) => {
        const at = 2 + i * SIGN_BYTES
        frame.write(tag + mark, at, 'hex')
        frame.writeUInt8(k, at + nodeTagBytes + lifeMarkBytes)
        frame.set(value, at + nodeTagBytes + lifeMarkBytes + 1)
      })
      return frame
    }
    case 'want':
      return Buffer.from(`0${KIND.want}${message.tags.join('')}`, 'hex')
    case 'status':
      return Buffer.concat([Uint8Array.of(KIND.status), message.sealed])
  }
}

/** @throws {WireError} */
export function decodeLife(bytes: Uint8Array): LifeMessage {
  const frame = Buffer.from(bytes)
  const kind = frame[0]
  if (kind === KIND.status) {
    if (frame.length > wireLimits.gossipStatusBytes + 1) throw new WireError('a status beyond the limit')
    return { t: 'status', sealed: new Uint8Array(frame.subarray(1)) }
  }
  if (kind === KIND.want) {
    if ((frame.length - 1) % nodeTagBytes !== 0) throw new WireError('tags that are cut off')
    const tags: string[] = []
    for (let at = 1; at < frame.length; at += nodeTagBytes)
      tags.push(frame.toString('hex', at, at + nodeTagBytes))
    return { t: 'want', tags }
  }
  if (kind !== KIND.kept && kind !== KIND.passing) throw new WireError('no message of this protocol')
  if (frame.length < 2 || (frame.length - 2) % SIGN_BYTES !== 0)
    throw new WireError('signs of life that are cut off')
  const signs: LifeSign[] = []
  for (let at = 2; at < frame.length; at += SIGN_BYTES) {
    const markAt = at + nodeTagBytes
    const kAt = markAt + lifeMarkBytes
    const k = frame.readUInt8(kAt)
    if (k < 1 || k > wireLimits.lifeChain) throw new WireError('a sign of life beyond its chain')
    signs.push({
      tag: frame.toString('hex', at, markAt),
      mark: frame.toString('hex', markAt, kAt),
      k,
      value: new Uint8Array(frame.subarray(kAt + 1, at + SIGN_BYTES)),
    })
  }
  return { t: 'signs', keeps: kind === KIND.kept, within: frame[1] ?? 0, signs }
}
