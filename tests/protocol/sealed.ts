import { createHash, createPublicKey, verify } from 'node:crypto'
import { decode as decodeCbor } from '@ipld/dag-cbor'
import { base58btc } from 'multiformats/bases/base58'
import { joined, varint } from './frames.ts'

/** docs/protocol.md, part 1: what a sealed envelope holds, once its signature is checked. */
export interface Opened {
  readonly signer: string
  readonly value: Record<string, unknown>
}

const DOMAIN = new TextEncoder().encode('mesh-art-network/record/1')
const TYPE = 'application/vnd.mesh-art.record+dag-cbor'
/** A public key in libp2p's protobuf: type Ed25519, then 32 bytes. */
const KEY_HEAD = [0x08, 0x01, 0x12, 0x20]

/** @throws {Error} when it is no envelope, or its signature does not match */
export function open(envelope: Uint8Array): Opened {
  const fields = fieldsOf(envelope)
  const [key, type, payload, signature] = [1, 2, 3, 5].map((field) => fields.get(field))
  if (key === undefined || type === undefined || payload === undefined || signature === undefined)
    throw new Error('a field of the envelope is missing')
  if (new TextDecoder().decode(type) !== TYPE) throw new Error('another type of payload')
  if (!KEY_HEAD.every((byte, i) => key[i] === byte)) throw new Error('not an Ed25519 key')
  const raw = key.subarray(KEY_HEAD.length)
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
  })
  // libp2p RFC 0002: each part after its length.
  const signed = joined([DOMAIN, type, payload].flatMap((part) => [varint(part.length), part]))
  if (!verify(null, signed, publicKey, signature)) throw new Error('the signature does not match')
  return { signer: didOf(raw), value: decodeCbor(payload) }
}

export function didOf(publicKey: Uint8Array): string {
  return `did:key:${base58btc.encode(joined([Uint8Array.of(0xed, 0x01), publicKey]))}`
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

/** Protobuf: fields of wire type 2, by number. */
function fieldsOf(message: Uint8Array): Map<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  let at = 0
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = number()
    if ((tag & 7) !== 2) throw new Error('not a field of bytes')
    const length = number()
    fields.set(tag >> 3, message.subarray(at, at + length))
    at += length
  }
  return fields
}
