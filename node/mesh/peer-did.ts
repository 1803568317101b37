import type { PeerId } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { didFromPublicKey, publicKeyFromDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'

/** The did:key of a peer: both names hold the same Ed25519 public key. Null for a peer with a key of another kind. */
export function didOfPeer(peer: PeerId): Did | null {
  return peer.publicKey?.type === 'Ed25519' ? didFromPublicKey(peer.publicKey) : null
}

export function peerOfDid(did: Did): PeerId {
  return peerIdFromPublicKey(publicKeyFromDid(did))
}
