import { base64 } from 'multiformats/bases/base64'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord } from '../../artworks/format/envelope.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { OpenedRecord, RecordOf } from '../../artworks/format/records.ts'
import type { NodeApi } from './node-api.ts'

/** An artist's own records of a kind about one work, as a node has them: the artist's signature on each is checked. */
export async function ownRecords<K extends 'artwork' | 'withdrawal'>(
  api: NodeApi,
  kind: K,
  artist: Did,
  slug: string,
): Promise<OpenedRecord<RecordOf<K>>[]> {
  const found: OpenedRecord<RecordOf<K>>[] = []
  for await (const { signer, envelope } of api.records(kind)) {
    if (signer !== artist) continue
    const record = await openRecord(base64.baseDecode(envelope.replace(/=+$/, '')))
    if (record.signer !== artist || !isKind(record, kind)) continue
    if ((record.body as { slug: string }).slug === slug) found.push(record)
  }
  return found
}
