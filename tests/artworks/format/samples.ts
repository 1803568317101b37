import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { cidOfBytes, sealRecord } from '../../../artworks/format/envelope.ts'
import type { Manifest, OpenedRecord, RecordBody } from '../../../artworks/format/records.ts'

/** The same key for the same number, so that a failure replays exactly. */
export async function keyNumber(n: number): Promise<Ed25519PrivateKey> {
  const seed = new Uint8Array(32)
  new DataView(seed.buffer).setUint32(0, n)
  return generateKeyPairFromSeed('Ed25519', seed)
}

export function didOf(key: Ed25519PrivateKey): Did {
  return didFromPublicKey(key.publicKey)
}

export const steward = await keyNumber(1)
export const exhibitionId = didOf(steward)

export function exhibitionBody(
  change: Partial<Extract<RecordBody, { kind: 'exhibition' }>> = {},
): RecordBody {
  return {
    kind: 'exhibition',
    v: 1,
    exhibition: exhibitionId,
    sequence: 1,
    title: { nl: 'Technologie', en: 'Technology' },
    statement: { nl: 'Tekst', en: 'Text' },
    curators: [],
    quorum: 0,
    ...change,
  }
}

export function artworkBody(change: Partial<Manifest> = {}): Manifest {
  return {
    kind: 'artwork',
    v: 1,
    exhibition: exhibitionId,
    sequence: 1,
    slug: 'a-work',
    title: { nl: 'Een werk', en: 'A work' },
    statement: { nl: 'Waarover het gaat', en: 'What it is about' },
    maker: 'A maker',
    track: 'public-ai',
    medium: 'image',
    entry: 'a.png',
    alt: { nl: 'Een beeld', en: 'An image' },
    licence: 'CC-BY-SA-4.0',
    root: cidOfBytes(new TextEncoder().encode('root')),
    size: 4,
    chunks: 1,
    ...change,
  }
}

export async function sealed(body: RecordBody, key: Ed25519PrivateKey): Promise<OpenedRecord> {
  return sealRecord(body, key)
}
