import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import { Catalogue } from '../artworks/format/catalogue.ts'
import { didFromPublicKey } from '../artworks/format/did-key.ts'
import type { Did } from '../artworks/format/did-key.ts'
import type { NodeConfig } from './config.ts'
import { createHttpServer } from './http/server.ts'
import type { HttpServer } from './http/server.ts'
import { foundExhibition, readExhibitionTexts } from './ingest/found-exhibition.ts'
import { hangHouseCollection } from './ingest/house-collection.ts'
import { createEventBus } from './lifecycle/events.ts'
import { ServiceStack } from './lifecycle/service-stack.ts'
import { joinExhibition } from './mesh/join-client.ts'
import { Mesh } from './mesh/mesh.ts'
import { DagHoldings } from './store/dag-holdings.ts'
import { openDataDir } from './store/data-dir.ts'
import type { DataDir } from './store/data-dir.ts'
import { ExhibitionContent } from './store/exhibition-content.ts'
import { readExhibitionId, writeExhibitionId } from './store/exhibition-identity.ts'
import { FileChunkStore } from './store/file-chunk-store.ts'
import { IntakeDoor } from './store/intake-door.ts'
import { MeshState } from './store/mesh-state.ts'
import { loadOrCreateKey } from './store/node-key.ts'
import { RecordKeeper } from './store/record-keeper.ts'
import { SqliteRecordStore } from './store/sqlite-record-store.ts'
import { programDir, version } from './version.ts'
import { formatInvite, inviteSecret, parseInvite } from './wire/invite.ts'

const collectionDir = join(programDir, 'artworks', 'collection')

/** What a node tells whoever started it, as it happens. */
export interface NodeProgress {
  founding(): void
  joining(exhibition: Did): void
  refused(peer: string, reason: string): void
  hanging(slug: string, index: number, total: number): void
  reading(slug: string, bytesRead: number, bytesTotal: number): void
}

export interface ExhibitionNodeInit {
  readonly config: NodeConfig
  readonly logger: Logger
  readonly progress: NodeProgress
  /** Found the house's own exhibition, with its works, when the data directory is new and there is no invite. */
  readonly houseCollection: boolean
}

/**
 * A whole node. This is the composition root: the only file that sees every part. Parts start in order and stop in reverse;
 * a start that fails stops what had started.
 */
export class ExhibitionNode {
  readonly #init: ExhibitionNodeInit
  readonly #stack = new ServiceStack()
  readonly #stopping = new AbortController()
  #running: Running | undefined

  constructor(init: ExhibitionNodeInit) {
    this.#init = init
  }

  /** @throws {StoreError} @throws {HttpListenError} @throws the signal's reason when stopped while joining */
  async start(): Promise<void> {
    try {
      this.#running = await this.#compose()
    } catch (err) {
      await this.#stack.stop()
      throw err
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the node is stopping'))
    await this.#stack.stop()
  }

  get http(): { host: string; port: number } {
    return this.#get().address
  }

  get exhibition(): Did {
    return this.#get().catalogue.id
  }

  get did(): Did {
    return this.#get().did
  }

  /** multiaddrs in the mesh. */
  get addresses(): string[] {
    return this.#get().mesh.addresses()
  }

  works(): { complete: number; total: number } {
    return this.#get().content.counts()
  }

  /** A new invite, or null on a node that does not hold the exhibition's key. */
  invite(): string | null {
    const { stewardKey, catalogue, mesh } = this.#get()
    if (stewardKey === null) return null
    const id = randomBytes(8)
    return formatInvite({
      exhibition: catalogue.id,
      id,
      secret: inviteSecret(stewardKey.raw, id),
      addresses: mesh.addresses(),
    })
  }

  /** Hangs the house's own works where this node founded the house's exhibition. Resolves when they are all there. */
  async hangHouseCollection(): Promise<number> {
    const { houseKey, catalogue, chunks, holdings, door } = this.#get()
    if (houseKey === null) return 0
    const { progress } = this.#init
    return hangHouseCollection({
      dir: collectionDir,
      key: houseKey,
      catalogue,
      chunks,
      holdings,
      door,
      signal: this.#stopping.signal,
      onWork: (slug, index, total) => progress.hanging(slug, index, total),
      onProgress: (slug, { bytesRead, bytesTotal }) => progress.reading(slug, bytesRead, bytesTotal),
    })
  }

  #get(): Running {
    if (this.#running === undefined) throw new Error('the node is not running')
    return this.#running
  }

  async #compose(): Promise<Running> {
    const { config, logger } = this.#init
    const steadyNowMs = (): number => performance.now()
    const dataDir = await openDataDir(config.dataDir)
    this.#stack.onStop(() => dataDir.close())
    const key = await loadOrCreateKey(dataDir.nodeKey)
    const did = didFromPublicKey(key.publicKey)
    const events = createEventBus()

    const records = await SqliteRecordStore.open(dataDir.records, {
      logger: logger.child({ part: 'records' }),
    })
    this.#stack.onStop(() => records.close())
    const { id, firstRecords } = await this.#identity(dataDir, key)
    const catalogue = new Catalogue(id)
    const keeper = new RecordKeeper(records, catalogue, events)
    keeper.load()
    for (const sealed of firstRecords) await keeper.accept(sealed, null, 'local')
    if (firstRecords.length > 0) await writeExhibitionId(dataDir, id)

    const reserve = config.limits.reserveBytes
    const chunks = await FileChunkStore.open(dataDir.chunks, {
      logger: logger.child({ part: 'chunks' }),
      ...(reserve === undefined ? {} : { reserveBytes: reserve }),
    })
    this.#stack.onStop(() => chunks.close())
    const holdings = new DagHoldings({ chunks, events, logger: logger.child({ part: 'holdings' }) })
    const content = new ExhibitionContent({
      catalogue,
      holdings,
      chunks,
      events,
      logger: logger.child({ part: 'content' }),
    })
    const state = new MeshState()
    const door = new IntakeDoor({ keeper, holdings, nodeKey: key })
    const stewardKey = await keyIfThere(join(dataDir.keys, 'steward.key'))
    const houseKey = await keyIfThere(join(dataDir.keys, 'house.key'))
    const name = catalogue.grant(did)?.body.name ?? config.name

    holdings.start()
    this.#stack.onStop(() => holdings.stop())
    await content.start()
    this.#stack.onStop(() => content.stop())

    const http: HttpServer = createHttpServer({
      listen: config.http,
      self: { id: did, name, ...(config.place === undefined ? {} : { place: { ...config.place } }) },
      version,
      catalogue,
      records,
      chunks,
      holdings,
      mesh: state,
      door,
      events,
      logger: logger.child({ part: 'http' }),
      steadyNowMs,
      storage: async () => ({ freeBytes: await chunks.freeBytes(), reserveBytes: chunks.reserveBytes }),
      uiDir: join(programDir, 'exhibit-ui', 'dist'),
      sourceDir: programDir,
      ready: () => this.#running !== undefined,
    })
    const address = await http.start()
    this.#stack.onStop(() => http.stop())

    const mesh = new Mesh({
      key,
      stewardKey,
      self: { did, name, version },
      catalogue,
      keeper,
      chunks,
      holdings,
      content,
      state,
      events,
      logger: logger.child({ part: 'mesh' }),
      listen: config.mesh.listen,
      peers: [...config.mesh.peers, ...(config.join === undefined ? [] : parseInvite(config.join).addresses)],
      mdns: config.mesh.mdns,
      steadyNowMs,
      random: Math.random,
    })
    await mesh.start()
    this.#stack.onStop(() => mesh.stop())
    return { did, address, catalogue, chunks, holdings, content, door, mesh, stewardKey, houseKey }
  }

  /** Which exhibition this is; for a new data directory, founds one or joins one. `firstRecords` are then to be kept. */
  async #identity(dataDir: DataDir, key: PrivateKey): Promise<{ id: Did; firstRecords: Uint8Array[] }> {
    const { config, logger, progress } = this.#init
    const did = didFromPublicKey(key.publicKey)
    const invite = config.join === undefined ? null : parseInvite(config.join)
    const known = await readExhibitionId(dataDir)
    if (known !== null) {
      if (invite !== null && invite.exhibition !== known) throw new OtherExhibitionError(config.dataDir)
      return { id: known, firstRecords: [] }
    }
    if (invite !== null) {
      progress.joining(invite.exhibition)
      const granted = await joinExhibition({
        key,
        invite,
        name: config.name,
        version,
        mdns: config.mesh.mdns,
        peers: config.mesh.peers,
        logger: logger.child({ part: 'join' }),
        signal: this.#stopping.signal,
        steadyNowMs: () => performance.now(),
        random: Math.random,
        onRefused: (peer, reason) => progress.refused(peer, reason),
      })
      return { id: invite.exhibition, firstRecords: [granted.exhibition, granted.grant] }
    }
    if (!this.#init.houseCollection) throw new NoExhibitionError(config.dataDir)
    progress.founding()
    const steward = await loadOrCreateKey(join(dataDir.keys, 'steward.key'))
    await loadOrCreateKey(join(dataDir.keys, 'house.key'))
    const founded = await foundExhibition(
      steward,
      { did, name: config.name, ...(config.place === undefined ? {} : { place: { ...config.place } }) },
      readExhibitionTexts(join(collectionDir, 'exhibition.yaml')),
      { quorum: 0, curators: [] },
    )
    return { id: founded.id, firstRecords: founded.records }
  }
}

/** The data directory is of one exhibition and the invite of another. */
export class OtherExhibitionError extends Error {
  override readonly name = 'OtherExhibitionError'

  constructor(dataDir: string) {
    super(`${dataDir} belongs to another exhibition than the invite; choose another --data-dir`)
  }
}

export class NoExhibitionError extends Error {
  override readonly name = 'NoExhibitionError'

  constructor(dataDir: string) {
    super(
      `${dataDir} holds no exhibition yet; join one with --join INVITE, or make one with mesh-art exhibition create`,
    )
  }
}

interface Running {
  readonly did: Did
  readonly address: { host: string; port: number }
  readonly catalogue: Catalogue
  readonly chunks: FileChunkStore
  readonly holdings: DagHoldings
  readonly content: ExhibitionContent
  readonly door: IntakeDoor
  readonly mesh: Mesh
  readonly stewardKey: PrivateKey | null
  readonly houseKey: PrivateKey | null
}

async function keyIfThere(path: string): Promise<PrivateKey | null> {
  try {
    await access(path)
  } catch {
    // Most nodes hold neither the steward's key nor the house's.
    return null
  }
  return loadOrCreateKey(path)
}
