import { didFromPublicKey } from '../artworks/format/did-key.ts'
import type { PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../artworks/format/catalogue.ts'
import type { NodeConfig } from './config.ts'
import type { NodeEventBus } from './lifecycle/events.ts'
import { MachineReader } from './machine/machine-reader.ts'
import type { DagHoldings } from './store/dag-holdings.ts'
import type { ExhibitionContent } from './store/exhibition-content.ts'
import type { FileChunkStore } from './store/file-chunk-store.ts'
import type { MeshState } from './store/mesh-state.ts'
import { MeshWatch } from './store/mesh-watch.ts'
import { OwnHealth } from './store/own-health.ts'
import type { RecordStore } from './store/record-store.ts'
import { version } from './version.ts'

export interface TechnicalSideInit {
  readonly config: NodeConfig
  readonly key: PrivateKey
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
  readonly forHttp: { readonly watch: MeshWatch }
  start(): void
  stop(): void
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
  const watch = new MeshWatch({
    self: { id: didFromPublicKey(key.publicKey), name, ...place },
    version,
    catalogue,
    mesh: state,
    holdings,
    own,
    machine: new MachineReader(),
    storage: async () => ({ freeBytes: await chunks.freeBytes(), reserveBytes: chunks.reserveBytes }),
    events,
    logger: init.logger.child({ part: 'watch' }),
    steadyNowMs,
  })
  return {
    forHttp: { watch },
    start: () => watch.start(),
    stop: () => watch.stop(),
  }
}
