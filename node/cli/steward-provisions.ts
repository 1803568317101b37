import { join, resolve } from 'node:path'
import type { NodeSecrets } from '../../firmware-config/render/node-plan.ts'
import type { Venue } from '../../firmware-config/schema/resolve-venue.ts'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import { grantedNode } from '../ingest/granted-node.ts'
import { loadKeyIfThere } from '../store/node-key.ts'
import { SqliteRecordStore } from '../store/sqlite-record-store.ts'
import { CommandError } from './errors.ts'

type Provision = NonNullable<NodeSecrets['provision']>

/**
 * Key and grant of every node of a venue, from the data directory that holds the exhibition's key. May be beside a running
 * node: the key file never changes, and SQLite lets several read.
 * @throws {CommandError}
 */
export async function stewardProvisions(dataDir: string, venue: Venue): Promise<Map<string, Provision>> {
  const dir = resolve(dataDir)
  const steward = await loadKeyIfThere(join(dir, 'keys', 'steward.key'))
  if (steward === null) {
    throw new CommandError(
      `${dataDir} does not hold the key of an exhibition: choose the data directory of the node that founded it with --data-dir, or make one with mesh-art exhibition create`,
    )
  }
  const records = await SqliteRecordStore.open(join(dir, 'records.sqlite'))
  try {
    const catalogue = new Catalogue(didFromPublicKey(steward.publicKey))
    for (const { record } of records.list({ kind: 'exhibition' })) catalogue.add(record)
    const exhibition = catalogue.exhibition
    if (exhibition === null) throw new CommandError(`${dataDir} holds no exhibition yet`)
    const provisions = new Map<string, Provision>()
    for (const { name, key, place } of venue.nodes) {
      const granted = await grantedNode(steward, {
        id: `${venue.id}/${name}`,
        key,
        name,
        ...(place === undefined ? {} : { place: { ...place } }),
      })
      provisions.set(name, { nodeKey: granted.key, exhibition: exhibition.bytes, grant: granted.grant })
    }
    return provisions
  } finally {
    records.close()
  }
}
