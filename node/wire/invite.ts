import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64url } from 'multiformats/bases/base64'
import * as v from 'valibot'
import { didFromPublicKey, publicKeyFromDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import { bytesOf, decodeMessage, encodeMessage } from './codec.ts'
import { wireLimits } from './limits.ts'

/**
 * Lets a new node into an exhibition. Whoever holds it can join, so it is given from hand to hand (paper, QR).
 * `secret` is derived from the steward's key and `id`: a node that holds the key can check it without a list of invites.
 */
export interface Invite {
  readonly exhibition: Did
  /** 8 bytes. */
  readonly id: Uint8Array
  /** 16 bytes. */
  readonly secret: Uint8Array
  /** multiaddrs where a node was when the invite was made: a hint where mDNS does not reach. */
  readonly addresses: readonly string[]
}

export class InviteError extends Error {
  override readonly name = 'InviteError'
  readonly code = 'bad-invite'
}

const PREFIX = 'mesh-art-invite:'
const CHECKSUM_BYTES = 4
const utf8 = new TextEncoder()

const inviteSchema = v.object({
  v: v.literal(1),
  x: bytesOf(32),
  i: bytesOf(8),
  s: bytesOf(16),
  a: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(wireLimits.inviteAddresses)),
})

/** Text form: prefix, then base64url of DAG-CBOR and the first four bytes of its SHA-256, so that a slip is told apart. */
export function formatInvite(invite: Invite): string {
  const body = encodeMessage({
    v: 1,
    x: publicKeyFromDid(invite.exhibition).raw,
    i: invite.id,
    s: invite.secret,
    a: invite.addresses.slice(0, wireLimits.inviteAddresses),
  })
  return PREFIX + base64url.baseEncode(concat(body, sha256(body).subarray(0, CHECKSUM_BYTES)))
}

/** @throws {InviteError} with one line that says what is wrong with it */
export function parseInvite(text: string): Invite {
  const trimmed = text.trim()
  if (!trimmed.startsWith(PREFIX)) throw new InviteError(`an invite begins with ${PREFIX}`)
  if (trimmed.length > wireLimits.inviteBytes * 2)
    throw new InviteError('the invite is too long; was something pasted twice?')
  let all: Uint8Array
  try {
    all = base64url.baseDecode(trimmed.slice(PREFIX.length))
  } catch (cause) {
    throw new InviteError(
      /^[\w-]*$/.test(trimmed.slice(PREFIX.length))
        ? 'the invite is damaged or cut off; copy it again, whole'
        : 'the invite holds a character that does not belong there; copy it again',
      { cause },
    )
  }
  const body = all.subarray(0, -CHECKSUM_BYTES)
  const checksum = sha256(body).subarray(0, CHECKSUM_BYTES)
  if (
    all.length <= CHECKSUM_BYTES ||
    !checksum.every((byte, i) => byte === all[all.length - CHECKSUM_BYTES + i])
  ) {
    throw new InviteError('the invite is damaged or cut off; copy it again, whole')
  }
  try {
    const { x, i, s, a } = decodeMessage(inviteSchema, body)
    return { exhibition: didFromPublicKey(publicKeyFromRaw(x)), id: i, secret: s, addresses: a }
  } catch (cause) {
    throw new InviteError('the invite is of a kind this program does not know; is it of a newer version?', {
      cause,
    })
  }
}

/** The secret of invite `id`, for whoever holds the steward's raw private key. 16 bytes. */
export function inviteSecret(stewardKey: Uint8Array, id: Uint8Array): Uint8Array {
  return hmac(sha256, sha256(concat(utf8.encode('mesh-art-network/invite/1'), stewardKey)), id).subarray(
    0,
    16,
  )
}

/**
 * Proof that the joiner knows the secret, bound to both ends of the encrypted connection: useless to anyone who
 * overhears it or to a node that passes it on as its own. 32 bytes.
 */
export function joinProof(secret: Uint8Array, joinerPeerId: string, granterPeerId: string): Uint8Array {
  return hmac(sha256, secret, utf8.encode(`mesh-art-network/join/1\n${joinerPeerId}\n${granterPeerId}`))
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}
