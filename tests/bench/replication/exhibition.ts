import { readdirSync } from 'node:fs'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { pino } from 'pino'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { sealRecord } from '../../../artworks/format/envelope.ts'
import { foundExhibition } from '../../../node/ingest/found-exhibition.ts'
import { hangHouseCollection } from '../../../node/ingest/house-collection.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { DagHoldings } from '../../../node/store/dag-holdings.ts'
import { openDataDir } from '../../../node/store/data-dir.ts'
import type { DataDir } from '../../../node/store/data-dir.ts'
import { writeExhibitionId } from '../../../node/store/exhibition-identity.ts'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'
import { IntakeDoor } from '../../../node/store/intake-door.ts'
import { loadOrCreateKey } from '../../../node/store/node-key.ts'
import { RecordKeeper } from '../../../node/store/record-keeper.ts'
import { SqliteRecordStore } from '../../../node/store/sqlite-record-store.ts'
import type { Payload } from './payload.ts'

const IMPORT_LIMIT_MS = 10 * 60_000

export interface MeasuredExhibition {
  /** Records that every node knows before the exhibition opens: the works', the grants, the exhibition's own. */
  readonly records: number
  /** The steward's record that lifts the quorum: with it every signed work is shown, everywhere, at once. */
  readonly opening: Uint8Array
}

/**
 * Data directories of granted nodes of one exhibition, made by the program's own parts. The first holds the payload, each
 * file a work that is signed, taken in and waits for a curator; no node shows or wants one before the exhibition opens. So
 * what is timed from then on is replication alone: no joining, no discovery, no publishing.
 * @param dataDirs one a node, by name
 */
export async function makeExhibition(
  dataDirs: ReadonlyMap<string, string>,
  payload: Payload,
): Promise<MeasuredExhibition> {
  const steward = await generateKeyPair('Ed25519')
  const curator = await generateKeyPair('Ed25519')
  const opened: { name: string; dataDir: DataDir; did: Did; key: Ed25519PrivateKey }[] = []
  for (const [name, path] of dataDirs) {
    const dataDir = await openDataDir(path)
    const key = await loadOrCreateKey(dataDir.nodeKey)
    opened.push({ name, dataDir, did: didFromPublicKey(key.publicKey), key })
  }
  const [first] = opened
  if (first === undefined) throw new Error('an exhibition needs a node')
  const texts = {
    title: { nl: 'Proef', en: 'Trial' },
    statement: { nl: 'Meting.', en: 'Measurement.' },
  }
  const curators = [{ did: didFromPublicKey(curator.publicKey), name: 'A curator' }]
  const { id, records } = await foundExhibition(steward, first, texts, { quorum: 1, curators })
  for (const { did, name } of opened.slice(1)) {
    const grant = { kind: 'node-grant', v: 1, exhibition: id, node: did, name } as const
    records.push((await sealRecord(grant, steward)).bytes)
  }
  for (const { dataDir, key } of opened) {
    const works = key === first.key ? payload : undefined
    await fill({ id, dataDir, key, records, ...(works === undefined ? {} : { works }) })
  }
  const opening = await sealRecord(
    { kind: 'exhibition', v: 1, exhibition: id, sequence: 2, ...texts, quorum: 0, curators },
    steward,
  )
  return { records: records.length + payload.files.length, opening: opening.bytes }
}

async function fill(init: {
  id: Did
  dataDir: DataDir
  key: Ed25519PrivateKey
  records: readonly Uint8Array[]
  works?: Payload
}): Promise<void> {
  const { id, dataDir, key, records, works } = init
  const store = await SqliteRecordStore.open(dataDir.records)
  const catalogue = new Catalogue(id)
  const events = createEventBus()
  const keeper = new RecordKeeper(store, catalogue, events)
  for (const record of records) await keeper.accept(record, null, 'local')
  if (works !== undefined) {
    const chunks = await FileChunkStore.open(dataDir.chunks)
    const holdings = new DagHoldings({ chunks, events, logger: pino({ level: 'silent' }) })
    const hung = await hangHouseCollection({
      dir: works.folder,
      key: await generateKeyPair('Ed25519'),
      catalogue,
      chunks,
      holdings,
      door: new IntakeDoor({
        keeper,
        holdings,
        nodeKey: key,
        quotas: { waitingPerArtist: works.files.length },
      }),
      signal: AbortSignal.timeout(IMPORT_LIMIT_MS),
      onWork: () => undefined,
      onProgress: () => undefined,
    })
    await chunks.close()
    if (hung !== readdirSync(works.folder).length) throw new Error(`${hung} works were hung`)
  }
  store.close()
  await writeExhibitionId(dataDir, id)
  dataDir.close()
}
