import { publicKeyFromProtobuf, publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { Ed25519PublicKey, PublicKey } from '@libp2p/interface'
import { base58btc } from 'multiformats/bases/base58'
import { FormatError } from './errors.ts'

/** `did:key` of an Ed25519 public key: multibase base58btc of 0xed01 and the 32 raw bytes (W3C did:key, §3). */
export type Did = `did:key:z${string}`

const ED25519_MULTICODEC = Uint8Array.of(0xed, 0x01)
const PREFIX = 'did:key:'

export function didFromPublicKey(key: PublicKey): Did {
  if (key.type !== 'Ed25519') {
    throw new FormatError('bad-did', `only Ed25519 keys can sign here, this one is ${key.type}`)
  }
  const bytes = new Uint8Array(2 + key.raw.length)
  bytes.set(ED25519_MULTICODEC)
  bytes.set(key.raw, 2)
  return `${PREFIX}${base58btc.encode(bytes) as `z${string}`}`
}

/** @throws {FormatError} `bad-did` when the text is not the did:key of an Ed25519 key in its one canonical form. */
export function publicKeyFromDid(did: string): Ed25519PublicKey {
  if (!did.startsWith(`${PREFIX}z`) || did.length > 64) {
    throw new FormatError('bad-did', `'${did.slice(0, 64)}' is not a did:key of an Ed25519 key`)
  }
  let bytes: Uint8Array
  try {
    bytes = base58btc.decode(did.slice(PREFIX.length))
  } catch (cause) {
    throw new FormatError('bad-did', `'${did}' is not base58btc`, { cause })
  }
  if (bytes.length !== 34 || bytes[0] !== ED25519_MULTICODEC[0] || bytes[1] !== ED25519_MULTICODEC[1]) {
    throw new FormatError('bad-did', `'${did}' does not hold an Ed25519 key`)
  }
  const key = publicKeyFromRaw(bytes.subarray(2))
  if (key.type !== 'Ed25519') throw new FormatError('bad-did', `'${did}' does not hold an Ed25519 key`)
  return key
}

export function isDid(value: unknown): value is Did {
  if (typeof value !== 'string') return false
  try {
    publicKeyFromDid(value)
    return true
  } catch {
    // A predicate: any failure to parse is its 'no'.
    return false
  }
}

/** The did of a libp2p public key in its protobuf form, as an envelope carries it. */
export function didFromProtobuf(bytes: Uint8Array): Did {
  return didFromPublicKey(publicKeyFromProtobuf(bytes))
}

/** Short form for people: the last eight characters in two groups, as printed on labels and pages. */
export function fingerprint(did: string): string {
  const tail = did.slice(-8)
  return `${tail.slice(0, 4)} ${tail.slice(4)}`
}
