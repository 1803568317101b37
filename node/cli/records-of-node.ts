import { base64 } from 'multiformats/bases/base64'
import { openRecord } from '../../artworks/format/envelope.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { ExhibitionRecord, Manifest, OpenedRecord } from '../../artworks/format/records.ts'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { RecordView } from '../http/contract.ts'
import { CommandError } from './errors.ts'
import type { NodeApi } from './node-api.ts'

/** Opens what a node sent, and checks its seal: a node is believed in nothing that can be checked. */
async function open({ cid, envelope }: RecordView): Promise<OpenedRecord> {
  const record = await openRecord(base64.baseDecode(envelope.replace(/=+$/, '')))
  if (record.cid !== cid) throw new CommandError(`the node sent another record than ${cid}`)
  return record
}

/** A manifest, as its artist signed it. @throws {CommandError} */
export async function manifestRecord(api: NodeApi, cid: string): Promise<OpenedRecord<Manifest>> {
  const record = await open(await api.record(cid))
  if (record.cid !== cid || !isKind(record, 'artwork'))
    throw new CommandError(`${cid} is no manifest of a work`)
  return record
}

/**
 * The catalogue that a node's records of some kinds make, each of them checked here.
 * @param kinds `exhibition` is always among them
 */
export async function catalogueOfNode(
  api: NodeApi,
  id: Did,
  kinds: readonly string[],
): Promise<{ catalogue: Catalogue; exhibition: OpenedRecord<ExhibitionRecord>; records: OpenedRecord[] }> {
  const catalogue = new Catalogue(id)
  const records: OpenedRecord[] = []
  for (const kind of new Set(['exhibition', ...kinds])) {
    for await (const view of api.records(kind)) {
      const record = await open(view)
      if (catalogue.add(record)) records.push(record)
    }
  }
  const { exhibition } = catalogue
  if (exhibition === null) throw new CommandError(`this node has no exhibition record of ${id} yet`)
  return { catalogue, exhibition, records }
}
