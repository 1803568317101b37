import { pino } from 'pino'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import { createEventBus } from '../lifecycle/events.ts'
import { ServiceStack } from '../lifecycle/service-stack.ts'
import { DagHoldings } from '../store/dag-holdings.ts'
import { openDataDir } from '../store/data-dir.ts'
import { readExhibitionId } from '../store/exhibition-identity.ts'
import { FileChunkStore } from '../store/file-chunk-store.ts'
import { RecordKeeper } from '../store/record-keeper.ts'
import { SqliteRecordStore } from '../store/sqlite-record-store.ts'
import { CommandError } from './errors.ts'
import { join } from 'node:path'
import { isThere } from '../store/is-there.ts'

export interface OpenStores {
  readonly chunks: FileChunkStore
  readonly records: SqliteRecordStore
  readonly catalogue: Catalogue
  /** Follows every version that there is a record of and that was not withdrawn or removed. */
  readonly holdings: DagHoldings
  close(): Promise<void>
}

/** What a stopped node holds. @throws {StoreError} `in-use` while it runs @throws {CommandError} when there is no node's data */
export async function openStores(
  dir: string,
  onWork: (work: number, works: number) => void = () => undefined,
): Promise<OpenStores> {
  // Looked for first: opening a directory makes in it what a node needs.
  if (!(await isThere(join(dir, 'exhibition')))) {
    throw new CommandError(`${dir} is no data directory of a node; choose it with --data-dir`)
  }
  const stack = new ServiceStack()
  try {
    const dataDir = await openDataDir(dir)
    stack.onStop(() => dataDir.close())
    const id = await readExhibitionId(dataDir)
    if (id === null) throw new CommandError(`${dir} holds no exhibition yet`)
    const logger = pino({ level: 'silent' })
    const events = createEventBus()
    const records = await SqliteRecordStore.open(dataDir.records, { logger })
    stack.onStop(() => records.close())
    const catalogue = new Catalogue(id)
    new RecordKeeper(records, catalogue, events).load()
    const chunks = await FileChunkStore.open(dataDir.chunks, { logger })
    stack.onStop(() => chunks.close())
    const holdings = new DagHoldings({ chunks, events, logger })
    holdings.start()
    stack.onStop(() => holdings.stop())
    const artworks = [...catalogue.artworks()]
    for (const [index, { standing, versions, shown }] of artworks.entries()) {
      onWork(index + 1, artworks.length)
      const wanted = standing === 'shown' ? [shown] : standing === 'submitted' ? versions : []
      for (const version of wanted) {
        if (version !== null) await holdings.track(version.body.root.toString(), version.body)
      }
    }
    return { chunks, records, catalogue, holdings, close: () => stack.stop() }
  } catch (err) {
    await stack.stop()
    throw err
  }
}
