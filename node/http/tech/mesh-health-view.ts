import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import { alertKinds } from '../../health/alert-kinds.ts'
import { clockOffsets } from '../../health/clock-offsets.ts'
import type { MeshFacts, NodeFacts } from '../../health/mesh-facts.ts'
import { nodeStanding } from '../../health/node-standing.ts'
import { replicaPromises } from '../../health/replica-promise.ts'
import type { MeshWatch } from '../../store/mesh-watch.ts'
import type { MeshState } from '../../store/mesh-state.ts'
import { clientBuckets, lackCauses } from '../../wire/status-health.ts'
import type { StatusHealth } from '../../wire/status-health.ts'
import type {
  LinkView,
  MeshHealthView,
  NodeHealthView,
  TechNodeView,
  TechWorkView,
} from '../contracts/tech.ts'

export interface MeshHealthSources {
  readonly selfId: string
  readonly run: string
  readonly catalogue: Catalogue
  readonly mesh: Pick<MeshState, 'incidents'>
  readonly watch: Pick<MeshWatch, 'facts' | 'alerts' | 'timeline'>
}

/** Above this a link is fair, not good; a slow one its ends have called slow themselves. */
const FAIR_RTT_MS = 60
const FAIR_LOSSES = 2

/** @param after the timeline's events after this id are given */
export function meshHealthView(sources: MeshHealthSources, nowMs: number, after: number): MeshHealthView {
  const { selfId, run, mesh, watch } = sources
  const facts = byName(watch.facts())
  const alerts = watch.alerts()
  const heard = facts.nodes.filter((node) => !isSilent(nodeStanding(node, facts.upMs)))
  const clocks = clockOffsets(heard)
  const nodes = facts.nodes.map((node) => nodeView(node, facts.upMs, clocks.get(node.id)))
  const links = linkViews(facts)
  const names = new Map(facts.nodes.map(({ id, name }) => [id, name]))
  const isProblem = ({ kind }: (typeof alerts)[number]): boolean => alertKinds[kind].severity === 'problem'
  const granted = nodes.filter((node) => node.granted)
  return {
    self: selfId,
    run,
    problems: alerts.filter(isProblem).length,
    notices: alerts.filter((alert) => !isProblem(alert)).length,
    heard: {
      nodes: granted.filter(({ state }) => !isSilent(state)).length,
      of: granted.length,
    },
    parts: partsOf(
      nodes.filter(({ state }) => state !== 'lost').map(({ id }) => id),
      links,
      selfId,
    ),
    alerts: alerts.map(({ kind, node, other, value, sinceMs }) => ({
      kind,
      severity: alertKinds[kind].severity,
      node,
      ...(other === undefined ? {} : { other }),
      ...(value === undefined ? {} : { value }),
      sinceSeconds: seconds(nowMs - sinceMs),
    })),
    nodes,
    links,
    causes: [...lackCauses],
    works: workViews(sources.catalogue, facts),
    timeline: watch.timeline.since(after).map(({ atMs, ...event }) => ({
      ...event,
      secondsAgo: seconds(nowMs - atMs),
    })),
    lastEvent: watch.timeline.lastId,
    incidents: mesh.incidents.map(({ peer, reason, count }) => {
      const name = names.get(peer)
      return { peer, ...(name === undefined || name === '' ? {} : { name }), reason, count }
    }),
  }
}

const collator = new Intl.Collator('nl', { numeric: true })

/** This node first, and then as one looks for them. */
function byName(facts: MeshFacts): MeshFacts {
  const nodes = facts.nodes.toSorted(
    (a, b) =>
      Number(b.isSelf) - Number(a.isSelf) || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1),
  )
  return { ...facts, nodes }
}

function isSilent(state: TechNodeView['state']): boolean {
  return state === 'lost' || state === 'late'
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000))
}

function nodeView(node: NodeFacts, upMs: number, clockAhead: number | undefined): TechNodeView {
  const { health } = node
  return {
    id: node.id,
    name: node.name,
    ...(node.place === undefined ? {} : { place: node.place }),
    state: nodeStanding(node, upMs),
    granted: node.isGranted,
    ...(node.silentMs === null || node.isSelf ? {} : { silentSeconds: seconds(node.silentMs) }),
    ...(node.version === undefined ? {} : { version: node.version }),
    ...(clockAhead === undefined ? {} : { clockAheadSeconds: clockAhead }),
    ...(node.works === undefined ? {} : { works: { ...node.works } }),
    ...(node.hasSameRecords === undefined ? {} : { sameRecords: node.hasSameRecords }),
    ...(health === undefined ? {} : { health: nodeHealthView(health) }),
  }
}

function nodeHealthView(health: StatusHealth): NodeHealthView {
  const [availableMiB, totalMiB, usedMiB] = health.mem
  const [chunksMiB, freeMiB, reserveMiB, writtenMiB] = health.disk
  const [damagedChunks, strangers, liars, droppedStatuses] = health.counts
  const clients = health.clients === undefined ? undefined : clientBuckets[health.clients]
  return {
    uptimeSeconds: health.up,
    load: health.load / 100,
    memory: { availableMiB, totalMiB, usedMiB },
    ...(health.temp === undefined ? {} : { temperature: health.temp }),
    ...(health.throttled === undefined ? {} : { throttled: health.throttled }),
    disk: { chunksMiB, freeMiB, reserveMiB, writtenMiB, errors: health.diskErrors, full: health.full === 1 },
    damagedChunks,
    strangers,
    liars,
    droppedStatuses,
    ...(clients === undefined ? {} : { clients }),
    clock: health.clock,
    records: health.records,
    ...(health.tq === undefined ? {} : { batman: [...health.tq] }),
    draining: health.draining === 1,
    identify: health.identify === 1,
  }
}

/** Each link once; a node that is lost has none. Of what the two ends say, the worse counts. */
function linkViews({ nodes, upMs }: MeshFacts): LinkView[] {
  const links = new Map<string, LinkView>()
  const there = new Set(nodes.filter((node) => nodeStanding(node, upMs) !== 'lost').map(({ id }) => id))
  for (const node of nodes) {
    if (!there.has(node.id)) continue
    for (const [index, other] of node.neighbours.entries()) {
      if (other === node.id || !there.has(other)) continue
      const said = node.health?.links[index]
      const [a, b] = node.id < other ? [node.id, other] : [other, node.id]
      const known = links.get(`${a} ${b}`)
      const rtt = said === undefined || said[0] === 0 ? undefined : said[0] / 10
      const rttMs = known?.rttMs === undefined ? rtt : Math.max(known.rttMs, rtt ?? 0)
      const losses = Math.max(known?.losses ?? 0, said?.[3] ?? 0)
      const isSlow = said?.[5] === 1 || known?.quality === 'slow'
      const isFair = (rttMs ?? 0) > FAIR_RTT_MS || losses > FAIR_LOSSES
      const [toSelf, fromSelf] = [said?.[1] ?? 0, said?.[2] ?? 0]
      const [toA, toB] = a === node.id ? [toSelf, fromSelf] : [fromSelf, toSelf]
      links.set(`${a} ${b}`, {
        a,
        b,
        quality: isSlow ? 'slow' : isFair ? 'fair' : 'good',
        ...(rttMs === undefined ? {} : { rttMs }),
        toAKiBps: Math.max(known?.toAKiBps ?? 0, toA),
        toBKiBps: Math.max(known?.toBKiBps ?? 0, toB),
        losses,
      })
    }
  }
  return [...links.values()].sort((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1))
}

/** Which nodes reach each other over links that are there. */
function partsOf(ids: readonly string[], links: readonly LinkView[], self: string): string[][] {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { a, b } of links) {
    next.get(a)?.push(b)
    next.get(b)?.push(a)
  }
  const left = new Set(ids)
  const parts: string[][] = []
  for (const start of [self, ...ids]) {
    if (!left.delete(start)) continue
    const part = [start]
    for (const id of part) for (const other of next.get(id) ?? []) if (left.delete(other)) part.push(other)
    parts.push(part)
  }
  return parts
}

function workViews(catalogue: Catalogue, facts: MeshFacts): TechWorkView[] {
  const named = new Map<string, { artist: string; slug: string; title: Record<string, string> }>()
  for (const { artist, slug, shown, versions } of catalogue.artworks()) {
    const body = shown?.body ?? versions[0]?.body
    if (body !== undefined) named.set(body.root.toString(), { artist, slug, title: body.title })
  }
  const withdrawn = new Set(facts.works.filter(({ isWithdrawn }) => isWithdrawn).map(({ root }) => root))
  return replicaPromises(facts).flatMap(({ root, whole, of, lacks }) => {
    const name = named.get(root)
    if (name === undefined) return []
    return [
      {
        ...name,
        root,
        withdrawn: withdrawn.has(root),
        whole,
        of,
        lacks: lacks.map(({ node, cause, share, rate, left }): TechWorkView['lacks'][number] => [
          node,
          lackCauses.indexOf(cause),
          Math.floor(Math.min(1, share) * 1000),
          rate,
          left,
        ]),
      },
    ]
  })
}
