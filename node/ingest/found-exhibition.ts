import type { PrivateKey } from '@libp2p/interface'
import * as v from 'valibot'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import { recordSchemas } from '../../artworks/format/records.ts'
import type { ExhibitionRecord, LanguageMap } from '../../artworks/format/records.ts'
import { readYamlMapping } from '../read-yaml.ts'
import { claimedNow } from './manifest.ts'

const MAX_FILE_BYTES = 64 * 1024

const textsSchema = v.strictObject({
  title: recordSchemas.exhibition.entries.title,
  statement: recordSchemas.exhibition.entries.statement,
})

export interface ExhibitionTexts {
  readonly title: LanguageMap
  readonly statement: LanguageMap
}

/** Title and statement of a new exhibition. @throws {v.ValiError} @throws {Error} when the file cannot be read */
export function readExhibitionTexts(path: string): ExhibitionTexts {
  const read = readYamlMapping(path, MAX_FILE_BYTES)
  if ('issues' in read)
    throw new Error(read.issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '))
  return v.parse(textsSchema, read.value)
}

/** The first records of an exhibition: what it is, and the grant of its first node. Both sealed by the steward. */
export async function foundExhibition(
  stewardKey: PrivateKey,
  node: { did: Did; name: string; place?: LanguageMap },
  texts: ExhibitionTexts,
  rules: Pick<ExhibitionRecord, 'quorum' | 'curators'>,
): Promise<{ id: Did; records: Uint8Array[] }> {
  const id = didFromPublicKey(stewardKey.publicKey)
  const common = { v: 1, exhibition: id, claimed: claimedNow() } as const
  const exhibition = await sealRecord(
    { kind: 'exhibition', ...common, sequence: 1, ...texts, ...rules },
    stewardKey,
  )
  const grant = await sealRecord(
    {
      kind: 'node-grant',
      ...common,
      node: node.did,
      name: node.name,
      ...(node.place === undefined ? {} : { place: { ...node.place } }),
    },
    stewardKey,
  )
  return { id, records: [exhibition.bytes, grant.bytes] }
}
