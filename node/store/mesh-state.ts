import type { LanguageMap } from '../../artworks/format/records.ts'

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
  /** Steady clock of this process, milliseconds. */
  lastHeardMs: number
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
export const meshStateLimits = Object.freeze({ peers: 1024, incidents: 50 })

/** The mesh as this node hears it: a plain store between the mesh, which writes, and HTTP, which reads. */
export class MeshState {
  readonly peers = new Map<string, PeerState>()
  readonly incidents: Incident[] = []
  /** Root CID to the neighbours that chunks of it are being fetched from. */
  readonly sources = new Map<string, ReadonlySet<string>>()
  /** multiaddrs announced. */
  addresses: readonly string[] = []
  diskFull = false
  readonly refusedRoots = new Set<string>()

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

  #forgetOldest(): void {
    const strangers = [...this.peers.values()].filter((peer) => !peer.neighbour)
    const oldest = strangers.sort((a, b) => a.lastHeardMs - b.lastHeardMs)[0]
    if (oldest !== undefined) this.peers.delete(oldest.id)
  }
}
