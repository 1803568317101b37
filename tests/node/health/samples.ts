import type { LinkMemory } from '../../../node/health/link-memory.ts'
import type { MeshFacts, NodeFacts } from '../../../node/health/mesh-facts.ts'
import type { StatusHealth } from '../../../node/wire/status-health.ts'

export function healthOf(extra: Partial<StatusHealth> = {}): StatusHealth {
  return {
    v: 1,
    up: 1000,
    load: 20,
    mem: [600, 1000, 120],
    temp: 48,
    disk: [900, 20_000, 256, 12],
    diskErrors: 0,
    full: 0,
    counts: [0, 0, 0, 0],
    clock: 1_800_000_000,
    records: 40,
    links: [],
    lacks: [],
    ...extra,
  }
}

const never = Number.POSITIVE_INFINITY

export function nodeOf(id: string, extra: Partial<NodeFacts> = {}): NodeFacts {
  return {
    id,
    name: `node ${id}`,
    isSelf: false,
    isGranted: true,
    isNeighbour: true,
    silentMs: 1000,
    version: '1',
    health: healthOf(),
    neighbours: [],
    hasSameRecords: true,
    works: { complete: 1, total: 1 },
    held: new Map([['w', 1]]),
    showsTheSame: true,
    lacks: new Map(),
    roseMsAgo: [never, never, never, never],
    ...extra,
  }
}

export function factsOf(nodes: readonly NodeFacts[], extra: Partial<MeshFacts> = {}): MeshFacts {
  return {
    upMs: 600_000,
    nodes: [nodeOf('self', { isSelf: true, isNeighbour: false, silentMs: 0 }), ...nodes],
    works: [{ root: 'w', isWithdrawn: false }],
    lostLinks: [] satisfies ReturnType<LinkMemory['step']>,
    ...extra,
  }
}
