import { randomInt } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { pino } from 'pino'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { hangHouseCollection } from '../../../node/ingest/house-collection.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { DagHoldings } from '../../../node/store/dag-holdings.ts'
import { openDataDir } from '../../../node/store/data-dir.ts'
import { readExhibitionId } from '../../../node/store/exhibition-identity.ts'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'
import { IntakeDoor } from '../../../node/store/intake-door.ts'
import { loadOrCreateKey } from '../../../node/store/node-key.ts'
import { RecordKeeper } from '../../../node/store/record-keeper.ts'
import { SqliteRecordStore } from '../../../node/store/sqlite-record-store.ts'
import { programDir } from '../../../node/version.ts'
import { artworkYaml, foundExhibition, writeRandomFile } from './command-line.ts'
import type { Workspace } from './workspace.ts'

const WORKS_PER_ARTIST = 50
const FILES_PER_WORK = 3
const FILE_BYTES = { least: 20 * 1024, most: 60 * 1024 }

/**
 * A data directory with the house's four works, and small ones (three files of 20 to 60 KiB) up to a number, ten artists' at
 * least: made by the program's own parts, so that it is what a node would have stored.
 */
export async function storeWorks(workspace: Workspace, works: number): Promise<string> {
  const dir = await foundExhibition(workspace, `works-${works}`)
  const dataDir = await openDataDir(dir)
  const id = await readExhibitionId(dataDir)
  if (id === null) throw new Error(`${dir} holds no exhibition`)
  const events = createEventBus()
  const records = await SqliteRecordStore.open(dataDir.records)
  const catalogue = new Catalogue(id)
  const keeper = new RecordKeeper(records, catalogue, events)
  keeper.load()
  const chunks = await FileChunkStore.open(dataDir.chunks)
  const holdings = new DagHoldings({ chunks, events, logger: pino({ level: 'silent' }) })
  const door = new IntakeDoor({ keeper, holdings, nodeKey: await loadOrCreateKey(dataDir.nodeKey) })
  const hang = async (collection: string): Promise<number> =>
    hangHouseCollection({
      dir: collection,
      key: await generateKeyPair('Ed25519'),
      catalogue,
      chunks,
      holdings,
      door,
      signal: AbortSignal.timeout(5 * 60_000),
      onWork: () => {},
      onProgress: () => {},
    })
  let stored = await hang(join(programDir, 'artworks', 'collection'))
  while (stored < works) {
    const collection = workspace.folder('collection')
    makeCollection(collection, stored, Math.min(WORKS_PER_ARTIST, works - stored))
    stored += await hang(collection)
    workspace.delete('collection')
  }
  await chunks.close()
  records.close()
  dataDir.close()
  return dir
}

function makeCollection(dir: string, from: number, works: number): void {
  for (let i = from; i < from + works; i++) {
    const slug = `noise-${i}`
    mkdirSync(join(dir, slug, 'work'), { recursive: true })
    writeFileSync(join(dir, slug, 'artwork.yaml'), artworkYaml(slug, '0.bin'))
    for (let file = 0; file < FILES_PER_WORK; file++) {
      const bytes = randomInt(FILE_BYTES.least, FILE_BYTES.most)
      writeRandomFile(join(dir, slug, 'work', `${file}.bin`), bytes)
    }
  }
}
