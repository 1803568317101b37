import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { LanguageMap } from '../../artworks/format/records.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { Holdings } from '../store/holdings.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { MeshWatch } from '../store/mesh-watch.ts'
import type { ReadThrough } from '../store/read-through.ts'
import type { RecordDoor } from '../store/record-door.ts'
import type { RecordStore } from '../store/record-store.ts'
import type { Written } from './values/check-addresses.ts'
import type { Technician } from '../technician/technician.ts'

/** What the HTTP side needs of the rest of the node. */
export interface HttpDependencies {
  readonly listen: {
    readonly host: string
    readonly port: number
    /** The name visitors type (`kunst.lan`), perhaps with a port; requests for other names are led to it. */
    readonly shortName?: string
  }
  /** This node: its id as the mesh knows it, and its name until a grant says one. */
  readonly self: { readonly id: string; readonly name: string; readonly place?: LanguageMap }
  readonly version: string
  readonly catalogue: Catalogue
  readonly records: RecordStore
  readonly chunks: ChunkStore
  /** With the tracked DAGs a block is known to belong to. */
  readonly holdings: Holdings
  /** Chunks for readers who wait, fetched from the mesh before all else. */
  readonly reads: ReadThrough
  readonly mesh: MeshState
  readonly technician?: Technician
  /** Absent where only the exhibition is shown, as in a test. */
  readonly watch?: MeshWatch
  readonly door: RecordDoor
  readonly events: NodeEventBus
  readonly logger: Logger
  /** Milliseconds of a clock that never jumps. */
  readonly steadyNowMs: () => number
  readonly storage: () => Promise<{ freeBytes: number; reserveBytes: number }>
  /** For what is made of works and may be deleted at any time; without it originals are shown. */
  readonly derivativesDir?: string
  /** Where this node writes and what it logs, for it to check itself. */
  readonly written?: Written
  /** The built user interface: `index.html` and `assets/`. May be missing. */
  readonly uiDir: string
  /** The running program: a git checkout or a copy of one. */
  readonly sourceDir: string
  /** Whether the node has everything it needs to answer for the exhibition. */
  readonly ready: () => boolean
}
