import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { sealRecord } from '../../../artworks/format/envelope.ts'
import { openIntake, sealIntake } from '../../../artworks/format/intake.ts'
import type { StoredRecord } from '../../../node/store/record-store.ts'

const ROOT = CID.parse('bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354')

export async function keyOf(seed: number): Promise<PrivateKey> {
  return generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(seed))
}

/** An artwork of `slug` with an intake of a node. */
export async function artworkRecord(slug: string, sequence = 1): Promise<StoredRecord> {
  const [steward, artist, node] = await Promise.all([keyOf(1), keyOf(2), keyOf(3)])
  const record = await sealRecord(
    {
      kind: 'artwork',
      v: 1,
      exhibition: didFromPublicKey(steward.publicKey),
      sequence,
      slug,
      title: { nl: 'Golf', en: 'Wave' },
      statement: { nl: 'Een golf.', en: 'A wave.' },
      maker: 'A. Maker',
      track: 'digital-autonomy',
      medium: 'image',
      entry: 'wave.webp',
      alt: { nl: 'Een golf', en: 'A wave' },
      licence: 'CC-BY-SA-4.0',
      root: ROOT,
      size: 1000,
      chunks: 2,
    },
    artist,
  )
  const intake = await sealIntake(record.cid, node)
  return { record, intake, intakeNode: (await openIntake(intake)).node }
}

/** The steward's own record: without an intake. */
export async function grantRecord(name: string): Promise<StoredRecord> {
  const [steward, node] = await Promise.all([keyOf(1), keyOf(3)])
  const record = await sealRecord(
    {
      kind: 'node-grant',
      v: 1,
      exhibition: didFromPublicKey(steward.publicKey),
      node: didFromPublicKey(node.publicKey),
      name,
    },
    steward,
  )
  return { record, intake: null, intakeNode: null }
}
