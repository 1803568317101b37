import type { PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import * as v from 'valibot'
import { isDid } from './did-key.ts'
import type { Did } from './did-key.ts'
import { openValue, sealValue } from './envelope.ts'
import { FormatError } from './errors.ts'
import { formatLimits } from './limits.ts'
import { issueLines } from './records.ts'

const lookSchema = v.strictObject({
  kind: v.literal('look'),
  v: v.literal(1),
  exhibition: v.custom<Did>(isDid, 'must be a did:key of an Ed25519 key'),
  /** The node that is asked, and the word it gave: a look is good at no other, and not after it was restarted. */
  node: v.custom<Did>(isDid, 'must be a did:key of an Ed25519 key'),
  word: v.pipe(v.string(), v.minLength(1), v.maxLength(formatLimits.nameLength)),
  manifest: v.pipe(
    v.custom<CID>((value) => CID.asCID(value) !== null, 'must be a CID'),
    v.transform((value) => CID.asCID(value) as CID),
  ),
})

/** What a curator asks of a node: to see a version that waits. No record: it is kept nowhere and travels no further. */
export interface LookRequest {
  readonly exhibition: Did
  readonly node: Did
  readonly word: string
  /** CID of the manifest's record. */
  readonly manifest: string
}

export async function sealLook(
  { manifest, ...rest }: LookRequest,
  curatorKey: PrivateKey,
): Promise<Uint8Array> {
  return sealValue({ kind: 'look', v: 1, ...rest, manifest: CID.parse(manifest) }, curatorKey)
}

/** @throws {FormatError} as `openValue`; `bad-record` when it is not a look */
export async function openLook(bytes: Uint8Array): Promise<LookRequest & { readonly curator: Did }> {
  const { signer, value } = await openValue(bytes)
  const parsed = v.safeParse(lookSchema, value)
  if (!parsed.success)
    throw new FormatError('bad-record', `not a look: ${issueLines(parsed.issues).join('; ')}`)
  const { exhibition, node, word, manifest } = parsed.output
  return { exhibition, node, word, manifest: manifest.toString(), curator: signer }
}
