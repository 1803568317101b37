import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { generateKeyPairFromSeed, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import type { LanguageMap } from '../../artworks/format/records.ts'

export interface NodeToGrant {
  /** Unlike that of any other node of the exhibition, for good: it names the key. */
  readonly id: string
  /** 1 for the node's first key; one more after a card was lost. */
  readonly key: number
  readonly name: string
  readonly place?: LanguageMap
}

/**
 * A node's key and its grant, derived from the steward's key: the same each time they are made, so that a card can be written
 * anew and no list of keys has to be kept. Whoever holds the steward's key can grant any node; being able to make its key as
 * well adds nothing to that. The grant claims no time, so that it too is the same bytes.
 */
export async function grantedNode(
  steward: Ed25519PrivateKey,
  { id, key: number, name, place }: NodeToGrant,
): Promise<{ did: Did; key: Uint8Array; grant: Uint8Array }> {
  const label = new TextEncoder().encode(`mesh-art-network/node-key/1\n${id}\n${number}`)
  const key = await generateKeyPairFromSeed('Ed25519', hmac(sha256, steward.raw, label))
  const did = didFromPublicKey(key.publicKey)
  const { bytes } = await sealRecord(
    {
      kind: 'node-grant',
      v: 1,
      exhibition: didFromPublicKey(steward.publicKey),
      node: did,
      name,
      ...(place === undefined ? {} : { place: { ...place } }),
    },
    steward,
  )
  return { did, key: privateKeyToProtobuf(key), grant: bytes }
}
