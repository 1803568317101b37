import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import { compareText } from '../../../artworks/format/compare-text.ts'
import type { Holdings } from '../../store/holdings.ts'
import type { MeshState, PeerState } from '../../store/mesh-state.ts'
import type { MeshNodeView, MeshView, MeshWorkView, NodeState } from '../contract.ts'
import { httpLimits } from '../limits.ts'
import type { NodeNames } from './node-names.ts'

export interface MeshSources {
  readonly selfId: string
  readonly version: string
  readonly catalogue: Catalogue
  readonly mesh: MeshState
  readonly holdings: Pick<Holdings, 'progress'>
  readonly names: NodeNames
}

/**
 * @param nowMs the steady clock `lastHeardMs` is read from
 * @param works whose spread is asked for: of all works, of none, or of the version with this root
 */
export function meshView(sources: MeshSources, nowMs: number, works = 'all'): MeshView {
  const { selfId, mesh, names } = sources
  const nodes = nodeViews(sources, nowMs)
  return {
    self: selfId,
    nodes,
    links: linksOf(sources, nodes),
    works: works === 'none' ? [] : workViews(sources, works),
    incidents: mesh.incidents.map(({ peer, reason, count }) => {
      const { name } = names.of(peer)
      return { peer, ...(name === '' ? {} : { name }), reason, count }
    }),
  }
}

/** How many works are whole here, of those shown. */
export function worksHere(
  catalogue: Catalogue,
  holdings: Pick<Holdings, 'progress'>,
): { complete: number; total: number } {
  const shown = catalogue.shown()
  const complete = shown.filter((work) => holdings.progress(work.shown.body.root.toString())?.complete)
  return { complete: complete.length, total: shown.length }
}

/** Every member granted, heard of or not, and every node heard. This node first, then by id. */
function nodeViews(sources: MeshSources, nowMs: number): MeshNodeView[] {
  const { selfId, version, catalogue, mesh, holdings, names } = sources
  const members = [...catalogue.grants()].map(({ body }) => body.node).filter((id) => catalogue.isMember(id))
  const others = new Set<string>([...members, ...mesh.peers.keys()])
  others.delete(selfId)
  return [
    {
      id: selfId,
      ...names.of(selfId),
      state: 'here',
      works: worksHere(catalogue, holdings),
      version,
    },
    ...[...others].sort(compareText).map((id) => {
      const peer = mesh.peers.get(id)
      const base = { id, ...names.of(id) }
      // Granted and never heard since this node started.
      return peer === undefined ? { ...base, state: 'lost' as const } : { ...base, ...heard(peer, nowMs) }
    }),
  ]
}

function heard(peer: PeerState, nowMs: number): Omit<MeshNodeView, 'id' | 'name' | 'place'> {
  const silentMs = Math.max(0, nowMs - peer.lastHeardMs)
  return {
    state: stateOf(peer, silentMs),
    ...(peer.rttMs === undefined || !peer.neighbour ? {} : { rttMs: Math.round(peer.rttMs * 10) / 10 }),
    receivedBytes: peer.receivedBytes,
    sentBytes: peer.sentBytes,
    ...(peer.works === undefined ? {} : { works: { ...peer.works } }),
    ...(peer.version === undefined ? {} : { version: peer.version }),
    silentSeconds: Math.floor(silentMs / 1000),
  }
}

function stateOf(peer: PeerState, silentMs: number): NodeState {
  if (peer.neighbour) return 'neighbour'
  if (silentMs < httpLimits.lateAfterMs) return 'reachable'
  return silentMs < httpLimits.lostAfterMs ? 'late' : 'lost'
}

/** A link is drawn when either end says it, unless that end has not been heard for long. */
function linksOf({ selfId, mesh }: MeshSources, nodes: readonly MeshNodeView[]): { a: string; b: string }[] {
  const links = new Map<string, { a: string; b: string }>()
  const link = (one: string, other: string): void => {
    // Empty: a neighbour of its that is not known here.
    if (one === other || other === '') return
    const [a, b] = compareText(one, other) < 0 ? [one, other] : [other, one]
    links.set(`${a} ${b}`, { a, b })
  }
  for (const { id, state } of nodes) {
    const peer = mesh.peers.get(id)
    if (peer === undefined || state === 'lost') continue
    if (peer.neighbour) link(selfId, id)
    for (const neighbour of peer.neighbours) {
      // Our own connections we know ourselves.
      if (neighbour !== selfId) link(id, neighbour)
    }
  }
  return [...links.values()].sort((x, y) => compareText(x.a, y.a) || compareText(x.b, y.b))
}

function workViews({ selfId, catalogue, mesh, holdings }: MeshSources, wanted: string): MeshWorkView[] {
  const works = catalogue.shown()
  const asked = wanted === 'all' ? works : works.filter(({ shown }) => shown.body.root.toString() === wanted)
  return asked.map(({ artist, slug, shown }) => {
    const root = shown.body.root.toString()
    const here = holdings.progress(root)
    const held: Record<string, number> = {
      [selfId]: here === undefined || here.total === 0 ? 0 : here.have / here.total,
    }
    for (const peer of mesh.peers.values()) {
      const share = peer.held.get(root)
      if (share !== undefined) held[peer.id] = Math.min(1, Math.max(0, share))
    }
    return { artist, slug, title: shown.body.title, track: shown.body.track, root, held }
  })
}
