import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { randomBytes } from 'node:crypto'
import type { PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import { Catalogue } from '../artworks/format/catalogue.ts'
import { didFromPublicKey } from '../artworks/format/did-key.ts'
import type { Did } from '../artworks/format/did-key.ts'
import type { NodeConfig } from './config.ts'
import { foundOrJoin } from './found-or-join.ts'
import { assertListenable } from './http/port-probe.ts'
import { createHttpServer } from './http/server.ts'
import type { HttpServer } from './http/server.ts'
import { atMostEvery } from './lifecycle/at-most-every.ts'
import { createEventBus } from './lifecycle/events.ts'
import type { NodeEventBus } from './lifecycle/events.ts'
import { startStatusLight } from './status-light.ts'
import { ServiceStack } from './lifecycle/service-stack.ts'
import { Mesh } from './mesh/mesh.ts'
import { quietBudget } from './mesh/quiet-budget.ts'
import { loadNodeKey } from './provision.ts'
import type { DagHoldings } from './store/dag-holdings.ts'
import { openDataDir } from './store/data-dir.ts'
import type { ExhibitionContent } from './store/exhibition-content.ts'
import { writeExhibitionId } from './store/exhibition-identity.ts'
import { FileChunkStore } from './store/file-chunk-store.ts'
import { IntakeDoor } from './store/intake-door.ts'
import { isThere } from './store/is-there.ts'
import { MeshState } from './store/mesh-state.ts'
import { loadKeyIfThere } from './store/node-key.ts'
import { RecordKeeper } from './store/record-keeper.ts'
import { Retention } from './store/retention.ts'
import { SqliteRecordStore } from './store/sqlite-record-store.ts'
import type { NodeProgress, WorkCounts } from './node-progress.ts'
import { createTechnicalSide } from './technical-side.ts'
import { startContent } from './store/start-content.ts'
import type { LogRing } from './technician/log-ring.ts'
import { programDir, version } from './version.ts'
import { formatInvite, inviteSecret, parseInvite } from './wire/invite.ts'

const collectionDir = join(programDir, 'artworks', 'collection')
/** How often what arrives is told, at most. */
const TELL_EVERY_MS = 1000

export interface ExhibitionNodeInit {
  readonly config: NodeConfig
  readonly logger: Logger
  /** The last lines that the logger wrote. */
  readonly log: LogRing
  /** Ends the program so that its service starts it anew; null where nobody would. */
  readonly restart: (() => void) | null
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
  #starting: Promise<Running> | undefined
  #hanging: Promise<number> | undefined
  #running: Running | undefined
  #founded = false

  constructor(init: ExhibitionNodeInit) {
    this.#init = init
  }

  /** @throws {StoreError} @throws {HttpListenError} @throws the signal's reason when stopped while joining */
  async start(): Promise<void> {
    try {
      this.#starting = this.#compose()
      this.#running = await this.#starting
      this.#tellWorks(this.#running.events)
    } catch (err) {
      await this.#stack.stop()
      throw err
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the node is stopping'))
    // A part that is only just starting cannot be stopped: what is under way ends first. Its errors are its caller's.
    await Promise.allSettled([this.#starting, this.#hanging])
    await this.#stack.stop()
  }

  /** Whether this start made the exhibition. */
  get founded(): boolean {
    return this.#founded
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

  works(): WorkCounts {
    const { content, holdings } = this.#get()
    const chunks = { have: 0, total: 0 }
    for (const [root, manifest] of content.shown()) {
      chunks.have += holdings.progress(root)?.have ?? 0
      chunks.total += manifest.chunks
    }
    return { ...content.counts(), chunks }
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
    const { houseKey, catalogue, chunks, content, holdings, door } = this.#get()
    if (houseKey === null) return 0
    const { progress } = this.#init
    const { hangHouseCollection } = await import('./ingest/house-collection.ts')
    this.#hanging = hangHouseCollection({
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
    const hung = await this.#hanging
    await setImmediate() // The catalogue's event comes with the next turn of the event loop.
    await content.settled()
    return hung
  }

  #tellWorks(events: NodeEventBus): void {
    const { ask, cancel } = atMostEvery(TELL_EVERY_MS, () => this.#init.progress.works(this.works()))
    events.on('progress', ask)
    events.on('catalogue', ask)
    this.#stack.onStop(() => {
      events.off('progress', ask)
      events.off('catalogue', ask)
      cancel()
    })
    ask()
  }

  #get(): Running {
    if (this.#running === undefined) throw new Error('the node is not running')
    return this.#running
  }

  async #compose(): Promise<Running> {
    const { config, logger } = this.#init
    const steadyNowMs = (): number => performance.now()
    // A new data directory is not made for a node that cannot run; that another one runs on an old one is told first.
    const isNew = !(await isThere(join(config.dataDir, 'exhibition')))
    if (isNew) await assertListenable(config.http)
    const dataDir = await openDataDir(config.dataDir)
    this.#stack.onStop(() => dataDir.close())
    if (!isNew) await assertListenable(config.http)
    const key = await loadNodeKey(dataDir.nodeKey, config.provision)
    const did = didFromPublicKey(key.publicKey)
    const events = createEventBus()

    const records = await SqliteRecordStore.open(dataDir.records, {
      logger: logger.child({ part: 'records' }),
    })
    this.#stack.onStop(() => records.close())
    const { id, firstRecords, founded } = await foundOrJoin({
      dataDir,
      key,
      config,
      logger: logger.child({ part: 'join' }),
      progress: this.#init.progress,
      mayFound: this.#init.houseCollection,
      collectionDir,
      signal: this.#stopping.signal,
    })
    this.#founded = founded
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
    const followed = await startContent({ catalogue, chunks, events, logger }, this.#stack)
    const { holdings, content } = followed
    const state = new MeshState()
    const door = new IntakeDoor({ keeper, holdings, nodeKey: key, quotas: config.limits })
    const stewardKey = await loadKeyIfThere(join(dataDir.keys, 'steward.key'))
    const houseKey = await loadKeyIfThere(join(dataDir.keys, 'house.key'))
    const name = catalogue.grant(did)?.body.name ?? config.name

    const part = {
      config,
      key,
      name,
      catalogue,
      keeper,
      records,
      chunks,
      ...followed,
      state,
      events,
      stewardKey,
      logger,
      steadyNowMs,
    }
    const storage = async () => ({ freeBytes: await chunks.freeBytes(), reserveBytes: chunks.reserveBytes })
    if (config.retention.kind === 'quota') {
      const retention = new Retention({ ...part, self: did, policy: config.retention, storage })
      await retention.start()
      this.#stack.onStop(() => retention.stop())
    }
    const tech = createTechnicalSide({ ...part, log: this.#init.log, restart: this.#init.restart })
    await tech.start()
    this.#stack.onStop(() => tech.stop())
    const http: HttpServer = createHttpServer({
      ...part,
      ...tech.forHttp,
      listen: config.http,
      self: { id: did, name, ...(config.place === undefined ? {} : { place: { ...config.place } }) },
      version,
      mesh: state,
      door,
      logger: logger.child({ part: 'http' }),
      storage,
      derivativesDir: join(dataDir.path, 'derivatives'),
      uiDir: join(programDir, 'exhibit-ui', 'dist'),
      sourceDir: programDir,
      ready: () => this.#running !== undefined,
    })
    this.#stopping.signal.throwIfAborted()
    const address = await http.start()
    this.#stack.onStop(() => http.stop())

    const mesh = new Mesh({
      ...part,
      ...tech.forMesh,
      self: { did, name, version },
      logger: logger.child({ part: 'mesh' }),
      ...config.mesh,
      peers: [...config.mesh.peers, ...(config.join === undefined ? [] : parseInvite(config.join).addresses)],
      budget: quietBudget(config.mesh.quiet),
      random: Math.random,
    })
    this.#stopping.signal.throwIfAborted()
    await mesh.start()
    this.#stack.onStop(() => mesh.stop())
    const light = { path: config.light, events, state, logger, steadyNowMs, works: () => content.counts() }
    this.#stack.onStop(startStatusLight(light))
    return { did, address, events, catalogue, chunks, holdings, content, door, mesh, stewardKey, houseKey }
  }
}

interface Running {
  readonly did: Did
  readonly address: { host: string; port: number }
  readonly events: NodeEventBus
  readonly catalogue: Catalogue
  readonly chunks: FileChunkStore
  readonly holdings: DagHoldings
  readonly content: ExhibitionContent
  readonly door: IntakeDoor
  readonly mesh: Mesh
  readonly stewardKey: PrivateKey | null
  readonly houseKey: PrivateKey | null
}
