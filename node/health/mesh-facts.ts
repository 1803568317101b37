import type { LanguageMap } from '../../artworks/format/records.ts'
import type { LackCause, StatusHealth } from '../wire/status-health.ts'

/** All that this node knows of one node when it judges the health of the mesh. */
export interface NodeFacts {
  readonly id: string
  readonly name: string
  readonly place?: LanguageMap
  readonly isSelf: boolean
  readonly isGranted: boolean
  readonly isNeighbour: boolean
  /** Milliseconds since it was last heard, 0 for this node itself; null: never since this node started. */
  readonly silentMs: number | null
  /** Milliseconds since this node first knew of it. */
  readonly knownMs?: number
  readonly version?: string
  readonly health?: StatusHealth
  /** Ids, as `health.links`. */
  readonly neighbours: readonly string[]
  /** Whether its records are the same as this node's; undefined while it has not said. */
  readonly hasSameRecords?: boolean
  readonly works?: { readonly complete: number; readonly total: number }
  /** Root to share held; roots that are missing count as 0. */
  readonly held: ReadonlyMap<string, number>
  /** Whether `held` speaks of the works this node shows. */
  readonly showsTheSame: boolean
  /** Root to why it is lacking, as it said. */
  readonly lacks: ReadonlyMap<string, Lack>
  /** Cause of those that it lacks and did not list. */
  readonly rest?: LackCause
  /** Milliseconds since each of `health.counts` last rose, as far as this node saw. */
  readonly roseMsAgo: readonly [damaged: number, strangers: number, liars: number, dropped: number]
}

export interface Lack {
  readonly cause: LackCause
  /** KiB/s; 0: not known. */
  readonly rate: number
  /** Seconds; 0: not known. */
  readonly left: number
}

export interface WorkFacts {
  readonly root: string
  readonly isWithdrawn: boolean
}

export interface MeshFacts {
  /** Milliseconds since this node started. */
  readonly upMs: number
  /** This node first. */
  readonly nodes: readonly NodeFacts[]
  readonly works: readonly WorkFacts[]
  /** Links of the last hour that neither end has now. */
  readonly lostLinks: readonly (readonly [a: string, b: string])[]
}
