import type { LanguageMap } from '../../artworks/format/records.ts'
import type { StatusHealth } from '../wire/status-health.ts'

/** A name that a technician gave. */
type GivenName = NonNullable<StatusHealth['named']>

/** Withdrawn works that a node says it has let go of, and its sealed status that says so: a receipt. */
export interface LetGo {
  /** `did/slug` each. */
  readonly works: readonly string[]
  readonly status: Uint8Array
}

/** What this node knows of one other node. Written by the mesh, read by HTTP. Memory only. */
export interface PeerState {
  readonly id: string
  name: string
  place?: LanguageMap
  neighbour: boolean
  rttMs?: number
  receivedBytes: number
  sentBytes: number
  /** Ids of the nodes it says it is connected to. */
  neighbours: readonly string[]
  version?: string
  works?: { complete: number; total: number }
  /** Root CID to share held (0 to 1), as far as it has said and we could tell. */
  held: Map<string, number>
  /** As it last said; absent for an older program. */
  health?: StatusHealth
  /** Which run of it this is, hexadecimal. */
  boot?: string
  /** Fingerprint of its records, hexadecimal. */
  records?: string
  /** The last that could be told from its digest: the same works as this node has let go of. */
  letGo?: LetGo
  /** Digest of what it last said it has let go of, and its sealed status that says so. */
  saidLetGo?: { readonly digest: Uint8Array; readonly status: Uint8Array }
  /** Whether it shows the same set of works as this node did when it was last heard: only then is `held` up to date. */
  showsTheSame?: boolean
  /** Its clock less ours in seconds, when it was last told by gossip. */
  clockAheadSeconds?: number
  /** Times the connection to it was lost, by the steady clock; the last few. */
  lostAtMs: number[]
  /** Steady clock of this process, milliseconds. */
  lastHeardMs: number
}

/** Statuses that were not believed, since this node started. */
export interface DroppedStatuses {
  /** A seal that does not fit, or a form that is wrong. */
  forged: number
  /** Older than one that was heard, or the same again. */
  stale: number
  /** Of a node without a grant. */
  stranger: number
}

export type IncidentReason =
  | 'not-granted'
  | 'other-exhibition'
  | 'bad-message'
  | 'bad-chunk'
  | 'bad-record'
  | 'flood'

export interface Incident {
  readonly peer: string
  readonly reason: IncidentReason
  count: number
}

/** Named bounds of what is remembered about others. */
export const meshStateLimits = Object.freeze({ peers: 1024, incidents: 50, waiting: 16 })

/** The mesh as this node hears it: a plain store between the mesh, which writes, and HTTP, which reads. */
export class MeshState {
  readonly peers = new Map<string, PeerState>()
  readonly incidents: Incident[] = []
  /** Root CID to the neighbours that chunks of it are being fetched from. */
  readonly sources = new Map<string, ReadonlySet<string>>()
  /** multiaddrs announced; asked anew each time, since interfaces come and go. */
  addresses: () => readonly string[] = () => []
  diskFull = false
  /** What this node itself last said. */
  ownLetGo: LetGo | undefined
  readonly refusedRoots = new Set<string>()
  /** Roots of shown works that this node does not keep (store/retention.ts): they are read through the mesh. */
  elsewhere: ReadonlySet<string> = new Set()
  /** Works that are this node's to keep, and do not fit. */
  crowdedOut = 0
  readonly droppedStatuses: DroppedStatuses = { forged: 0, stale: 0, stranger: 0 }
  /** Which run of this node this is, hexadecimal; set once its statuses begin. */
  boot = ''
  /** By a technician: takes no new works; lets no new node in; shows which one it is until then. */
  isDraining = false
  isJoiningClosed = false
  identifyUntilMs = 0
  ownName: GivenName | undefined
  /** Nodes that asked to be let in and were not: did to name. Bounded. */
  readonly waiting = new Map<string, { readonly name: string; readonly atMs: number }>()
  /** Fingerprint of this node's own records, hexadecimal, as last told. */
  ownRecords = ''
  /** What this node says of its own health; its neighbours and the roots it shows in the order the status has them. */
  sayHealth: ((neighbours: readonly string[], shown: readonly string[]) => StatusHealth) | undefined

  peer(id: string, nowMs: number): PeerState {
    let peer = this.peers.get(id)
    if (peer === undefined) {
      if (this.peers.size >= meshStateLimits.peers) this.#forgetOldest()
      peer = {
        id,
        name: '',
        neighbour: false,
        receivedBytes: 0,
        sentBytes: 0,
        neighbours: [],
        held: new Map(),
        lostAtMs: [],
        lastHeardMs: nowMs,
      }
      this.peers.set(id, peer)
    }
    return peer
  }

  /** Newest first; the same reason of the same peer is counted, not listed again. */
  addIncident(peer: string, reason: IncidentReason): void {
    const at = this.incidents.findIndex((known) => known.peer === peer && known.reason === reason)
    const [incident = { peer, reason, count: 0 }] = at === -1 ? [] : this.incidents.splice(at, 1)
    incident.count += 1
    this.incidents.unshift(incident)
    this.incidents.length = Math.min(this.incidents.length, meshStateLimits.incidents)
  }

  /** A node asked to be let in, and was not. */
  addWaiting(id: string, name: string, nowMs: number): void {
    this.waiting.delete(id)
    this.waiting.set(id, { name, atMs: nowMs })
    const [oldest] = this.waiting.keys()
    if (this.waiting.size > meshStateLimits.waiting && oldest !== undefined) this.waiting.delete(oldest)
  }

  #forgetOldest(): void {
    const strangers = [...this.peers.values()].filter((peer) => !peer.neighbour)
    const oldest = strangers.sort((a, b) => a.lastHeardMs - b.lastHeardMs)[0]
    if (oldest !== undefined) this.peers.delete(oldest.id)
  }
}
