import type { AlertBook, Condition } from './alert-book.ts'
import type { AlertKind } from './alert-kinds.ts'
import { clockOffsets } from './clock-offsets.ts'
import { healthLimits } from './limits.ts'
import type { MeshFacts, NodeFacts } from './mesh-facts.ts'
import { nodeStanding } from './node-standing.ts'

type Raised = Pick<AlertBook, 'isRaised'>

/** What is wrong now, of what this node knows. `raised` lets a condition stay by its easier threshold. */
export function* conditionsOf(facts: MeshFacts, raised: Raised): Iterable<Condition> {
  const { nodes, upMs } = facts
  const heard = nodes.filter((node) => {
    const standing = nodeStanding(node, upMs)
    return standing !== 'lost' && standing !== 'late'
  })
  const others = nodes.filter(({ isSelf, isGranted }) => !isSelf && isGranted)
  const self = nodes.find(({ isSelf }) => isSelf)
  for (const node of others) {
    const standing = nodeStanding(node, upMs)
    if (standing === 'lost') yield { kind: 'node-lost', node: node.id }
    // Never heard, and this node has only just started: nothing to say yet.
    else if (standing === 'late' && node.silentMs !== null) yield { kind: 'node-late', node: node.id }
  }
  if (self !== undefined && others.length > 0 && !others.some(({ isNeighbour }) => isNeighbour))
    yield { kind: 'alone', node: self.id }
  const clocks = clockOffsets(heard)
  for (const node of heard) yield* nodeConditions(node, self, raised, clocks.get(node.id))
  yield* linkConditions(heard)
  const ids = new Set(heard.map(({ id }) => id))
  for (const [a, b] of facts.lostLinks)
    if (ids.has(a) && ids.has(b)) yield { kind: 'link-lost', node: a, other: b }
}

function* nodeConditions(
  node: NodeFacts,
  self: NodeFacts | undefined,
  raised: Raised,
  clockOff: number | undefined,
): Iterable<Condition> {
  const { id, health } = node
  const beyond = (kind: AlertKind, value: number, raise: number, stay: number): boolean =>
    raise > stay
      ? value >= (raised.isRaised(kind, id) ? stay : raise)
      : value < (raised.isRaised(kind, id) ? stay : raise)
  if (node.hasSameRecords === false && !node.isSelf) yield { kind: 'records-differ', node: id }
  if (self?.version !== undefined && node.version !== undefined && node.version !== self.version)
    yield { kind: 'versions-differ', node: id }
  if (clockOff !== undefined && Math.abs(clockOff) > healthLimits.clockOffSeconds)
    yield { kind: 'clock-wrong', node: id, value: clockOff }
  for (const [root, { cause }] of node.lacks) {
    if (cause === 'refused' || cause === 'unreachable') yield { kind: 'work-missing', node: id, other: root }
  }
  if (health === undefined) return
  const [, free, reserve] = health.disk
  if (health.full === 1) yield { kind: 'disk-full', node: id }
  else if (reserve > 0 && beyond('disk-low', free / reserve, healthLimits.diskLow, healthLimits.diskEased))
    yield { kind: 'disk-low', node: id, value: free }
  if (health.diskErrors > 0) yield { kind: 'disk-errors', node: id, value: health.diskErrors }
  const [damaged, strangers, liars, dropped] = node.roseMsAgo
  const refetches = [...node.lacks.values()].some(({ cause }) => cause === 'refetching')
  if (refetches || damaged < healthLimits.recentMs)
    yield { kind: 'damaged', node: id, value: health.counts[0] }
  if (strangers < healthLimits.recentMs) yield { kind: 'stranger', node: id, value: health.counts[1] }
  if (liars < healthLimits.recentMs) yield { kind: 'liar', node: id, value: health.counts[2] }
  if (dropped < healthLimits.recentMs) yield { kind: 'false-status', node: id, value: health.counts[3] }
  if (
    health.temp !== undefined &&
    beyond('hot', health.temp, healthLimits.hotCelsius, healthLimits.cooledCelsius)
  )
    yield { kind: 'hot', node: id, value: health.temp }
  // Bits 0 to 3 are about now; those from 16 on only say that it was so once.
  if (health.throttled !== undefined && (health.throttled & 0x7) !== 0) yield { kind: 'power', node: id }
  const [available, total] = health.mem
  if (total > 0 && beyond('memory-low', available / total, healthLimits.memoryLow, healthLimits.memoryEased))
    yield { kind: 'memory-low', node: id, value: available }
  if (beyond('busy', health.load, healthLimits.loadHigh, healthLimits.loadEased))
    yield { kind: 'busy', node: id, value: health.load / 100 }
  if (health.clients === 3) yield { kind: 'hotspot-full', node: id }
  if (health.draining === 1) yield { kind: 'draining', node: id }
}

/** Each link once, under the smaller id; slow when either end says so. */
function* linkConditions(heard: readonly NodeFacts[]): Iterable<Condition> {
  const byId = new Map(heard.map((node) => [node.id, node]))
  for (const node of heard) {
    const links = node.health?.links ?? []
    for (const [index, other] of node.neighbours.entries()) {
      const link = links[index]
      if (link === undefined || !byId.has(other)) continue
      const [a, b] = node.id < other ? [node.id, other] : [other, node.id]
      const [rttTenths, inKiBps, , , , isSlow] = link
      if (isSlow === 1)
        yield { kind: 'link-slow', node: a, other: b, value: inKiBps > 0 ? inKiBps : rttTenths / 10 }
    }
  }
}
