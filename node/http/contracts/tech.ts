/** What the interface says to those who look after the mesh. Types only for the pages. */
export type { ActionSaying } from '../../wire/action-said.ts'
import type { LanguageMap } from '../contract.ts'

export type TechNodeState = 'here' | 'neighbour' | 'reachable' | 'late' | 'lost'
export type LinkQuality = 'good' | 'fair' | 'slow'
export type LackCauseName =
  | 'coming'
  | 'disk-full'
  | 'unreachable'
  | 'refused'
  | 'refetching'
  | 'withdrawn'
  | 'not-granted'

/** `GET /api/v1/mesh/health?after=`: the health of the part of the mesh that this node hears. */
export interface MeshHealthView {
  self: string
  /** Another value after a restart: what was kept of the timeline is over. */
  run: string
  /** Alerts, by severity; the mesh is well without problems. */
  problems: number
  notices: number
  /** Nodes that are granted, and of those the ones heard of late, this one included. */
  heard: { nodes: number; of: number }
  /** Node ids that reach each other, the part of this node first; nodes that are not heard are in none. */
  parts: string[][]
  alerts: AlertView[]
  nodes: TechNodeView[]
  links: LinkView[]
  /** Names of the causes in `works[].lacks`. */
  causes: LackCauseName[]
  works: TechWorkView[]
  /** Newest last; after `after`. At most 250. */
  timeline: TimelineView[]
  /** Highest id of the timeline so far. */
  lastEvent: number
  /** Peers turned away, newest first. */
  incidents: { peer: string; name?: string; reason: string; count: number }[]
}

export interface AlertView {
  kind: string
  severity: 'problem' | 'notice'
  /** Node it is about; empty for the mesh as a whole. */
  node: string
  /** The other end of a link; the root of a work. */
  other?: string
  value?: number
  sinceSeconds: number
}

export interface TechNodeView {
  id: string
  name: string
  place?: LanguageMap
  state: TechNodeState
  granted: boolean
  silentSeconds?: number
  version?: string
  /** How far its clock is ahead of those of its neighbours, as they and it see it. */
  clockAheadSeconds?: number
  works?: { complete: number; total: number }
  /** Whether its records are those of the node that answers. */
  sameRecords?: boolean
  health?: NodeHealthView
}

export interface NodeHealthView {
  uptimeSeconds: number
  /** Load of one minute, a core. */
  load: number
  memory: { availableMiB: number; totalMiB: number; usedMiB: number }
  temperature?: number
  throttled?: number
  disk: {
    chunksMiB: number
    freeMiB: number
    reserveMiB: number
    writtenMiB: number
    errors: number
    full: boolean
  }
  damagedChunks: number
  strangers: number
  liars: number
  droppedStatuses: number
  /** Phones on its hotspot, never as a number. */
  clients?: '0' | '1-5' | '6-20' | '21+'
  /** What it thinks the time is. */
  clock: number
  records: number
  /** batman-adv's transmission qualities, best first, of 255. */
  batman?: number[]
  draining: boolean
  /** A technician wants to see which one it is. */
  identify: boolean
}

export interface LinkView {
  a: string
  b: string
  quality: LinkQuality
  rttMs?: number
  /** From b to a, and from a to b. */
  toAKiBps: number
  toBKiBps: number
  /** Times it was lost in the last hour, as the end that counted most has it. */
  losses: number
}

export interface TechWorkView {
  artist: string
  slug: string
  title: LanguageMap
  root: string
  withdrawn: boolean
  /** Whole on so many of so many nodes. */
  whole: number
  of: number
  /** Index of the node in `nodes`, index of the cause in `causes`, thousandths held, KiB/s, seconds left (0: not known). */
  lacks: [node: number, cause: number, share: number, rate: number, left: number][]
}

export interface TimelineView {
  id: number
  secondsAgo: number
  kind: string
  what?: string
  node?: string
  done?: boolean
  /** Of an action: an `ActionSaying` and what it is about, parted by tabs. */
  detail?: string
}

/** `GET /api/v1/mesh/alerts`: every alert there can be. */
export interface AlertKindView {
  kind: string
  severity: 'problem' | 'notice'
  title: { nl: string; en: string }
  threshold: { nl: string; en: string }
  means: { nl: string; en: string }
  doThis: { nl: string; en: string }
}

/** `GET`, `POST` and `DELETE /api/v1/admin/session`. */
export interface SessionView {
  /** Whether a passphrase is set on this node at all. */
  configured: boolean
  loggedIn: boolean
  /** Goes with every change as `x-csrf-token`. */
  csrf?: string
  /** Nodes that asked this one to be let in, and were not; absent on a node that does not hold the exhibition's key. */
  waiting?: { id: string; name: string }[]
  /** As `waiting`. */
  joiningClosed?: boolean
}

export type TechAction =
  | 'identify'
  | 'rename'
  | 'drain'
  | 'verify'
  | 'gc'
  | 'restart'
  | 'joining'
  | 'admit'
  | 'clock'
  | 'diagnostics'

/** `POST /api/v1/admin/actions` with `{ node, action, args }`. */
export interface ActionResultView {
  done: boolean
  /** The answer will be in the timeline. */
  underWay: boolean
  /** An `ActionSaying` and what it is about, parted by tabs. */
  detail: string
  /** Diagnostics: gzip of JSON, base64. */
  data?: string
}
