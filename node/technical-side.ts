import { resolve } from 'node:path'
import { sealRecord } from '../artworks/format/envelope.ts'
import { didFromPublicKey } from '../artworks/format/did-key.ts'
import type { Did } from '../artworks/format/did-key.ts'
import type { PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../artworks/format/catalogue.ts'
import type { NodeConfig } from './config.ts'
import type { NodeEventBus } from './lifecycle/events.ts'
import type { Written } from './http/values/check-addresses.ts'
import { MachineReader } from './machine/machine-reader.ts'
import type { DagHoldings } from './store/dag-holdings.ts'
import type { ExhibitionContent } from './store/exhibition-content.ts'
import type { FileChunkStore } from './store/file-chunk-store.ts'
import type { MeshState } from './store/mesh-state.ts'
import { MeshWatch } from './store/mesh-watch.ts'
import { OwnHealth } from './store/own-health.ts'
import type { RecordKeeper } from './store/record-keeper.ts'
import type { RecordStore } from './store/record-store.ts'
import { ActionRunner } from './technician/action-runner.ts'
import { BoardLight } from './technician/board-light.ts'
import { requestClock } from './technician/clock-request.ts'
import { diagnosticsOf } from './technician/diagnostics.ts'
import type { LogRing } from './technician/log-ring.ts'
import { Login } from './technician/login.ts'
import { OrderBook } from './technician/order-book.ts'
import { isInForce, loadOwnName, saveOwnName } from './technician/own-name.ts'
import { parsePassphraseHash } from './technician/passphrase-hash.ts'
import { Technician } from './technician/technician.ts'
import { version } from './version.ts'

export interface TechnicalSideInit {
  readonly config: NodeConfig
  readonly key: PrivateKey
  /** The exhibition's key, on the node that holds it. */
  readonly stewardKey: PrivateKey | null
  readonly keeper: RecordKeeper
  readonly log: LogRing
  /** Ends the program so that the service starts it anew; null where nobody would. */
  readonly restart: (() => void) | null
  readonly name: string
  readonly catalogue: Catalogue
  readonly records: RecordStore
  readonly chunks: FileChunkStore
  readonly holdings: DagHoldings
  readonly content: ExhibitionContent
  readonly state: MeshState
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
}

export interface TechnicalSide {
  readonly forMesh: {
    readonly technician: Technician
    readonly linkQualities: () => Promise<ReadonlyMap<string, number>>
  }
  readonly forHttp: { readonly watch: MeshWatch; readonly technician: Technician; readonly written: Written }
  start(): Promise<void>
  stop(): Promise<void>
}

/** What a node does for those who look after it, put together for the composition root. */
export function createTechnicalSide(init: TechnicalSideInit): TechnicalSide {
  const { config, key, name, catalogue, records, chunks, holdings, content, state, events, steadyNowMs } =
    init
  const place = config.place === undefined ? {} : { place: { ...config.place } }
  const own = new OwnHealth(
    {
      mesh: state,
      holdings,
      chunks,
      shown: () => content.shown(),
      records: () => records.size(),
      wallNowMs: Date.now,
    },
    steadyNowMs(),
  )
  const machine = new MachineReader()
  const watch = new MeshWatch({
    self: { id: didFromPublicKey(key.publicKey), name, ...place },
    version,
    catalogue,
    mesh: state,
    holdings,
    own,
    machine,
    storage: async () => ({ freeBytes: await chunks.freeBytes(), reserveBytes: chunks.reserveBytes }),
    events,
    logger: init.logger.child({ part: 'watch' }),
    steadyNowMs,
  })
  const hash = config.technicians === undefined ? null : parsePassphraseHash(config.technicians.passphrase)
  const self = didFromPublicKey(key.publicKey)
  const { stewardKey } = init
  const startedMs = steadyNowMs()
  const light = new BoardLight()
  const grantOf = () => catalogue.grant(self)?.body
  let over = 0
  /** The steward gave it a name after a technician had. */
  const onRecord = (): void => {
    if (!isInForce({ over }, grantOf())) state.ownName = undefined
  }
  const technician = new Technician({
    self,
    login: new Login(hash, steadyNowMs),
    orders: new OrderBook({ did: self, exhibition: catalogue.id, boot: () => state.boot }, hash?.did ?? null),
    runner: new ActionRunner({
      mesh: state,
      chunks,
      holdings,
      logger: init.logger.child({ part: 'technician' }),
      steadyNowMs,
      saveName: async (ownName) => {
        over = grantOf()?.sequence ?? 0
        await saveOwnName(config.dataDir, { ...ownName, over })
      },
      blink: async (ms) => {
        if (config.light === undefined) return light.blink(ms)
        // A unit of the venue's follows what the status light says (status-light.ts), which this wakes.
        events.emit('mesh')
        return true
      },
      restart: init.restart,
      admit:
        stewardKey === null
          ? null
          : async (node, ownName) => {
              const body = {
                kind: 'node-grant',
                v: 1,
                exhibition: catalogue.id,
                node: node as Did,
                name: ownName,
              } as const
              await init.keeper.accept((await sealRecord(body, stewardKey)).bytes, null, 'local')
            },
      setClock: (seconds) => requestClock(seconds, process.env['RUNTIME_DIRECTORY']),
      diagnostics: () =>
        diagnosticsOf({
          config,
          mesh: state,
          watch,
          log: init.log,
          uptimeMs: () => steadyNowMs() - startedMs,
        }),
    }),
    mesh: state,
    watch,
    holdsKey: stewardKey !== null,
  })
  return {
    forMesh: { technician, linkQualities: () => machine.linkQualities() },
    forHttp: {
      watch,
      technician,
      written: { dir: resolve(config.dataDir), log: () => init.log.lines() },
    },
    start: async () => {
      const known = await loadOwnName(config.dataDir)
      over = known?.over ?? 0
      if (known !== undefined && isInForce(known, grantOf())) {
        const { name: given, place: givenPlace } = known
        state.ownName = { name: given, ...(givenPlace === undefined ? {} : { place: givenPlace }) }
      }
      events.on('record', onRecord)
      watch.start()
    },
    stop: async () => {
      events.off('record', onRecord)
      watch.stop()
      await light.stop()
    },
  }
}
