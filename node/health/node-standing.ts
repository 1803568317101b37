import { healthLimits } from './limits.ts'
import type { NodeFacts } from './mesh-facts.ts'

export type NodeStanding = 'here' | 'neighbour' | 'reachable' | 'late' | 'lost'

/** How a node stands, by the receiver's own steady clock. @param upMs since the receiver started */
export function nodeStanding(
  {
    isSelf,
    isNeighbour,
    silentMs,
    knownMs,
  }: Pick<NodeFacts, 'isSelf' | 'isNeighbour' | 'silentMs' | 'knownMs'>,
  upMs: number,
): NodeStanding {
  if (isSelf) return 'here'
  // One that was granted a moment ago has not been silent since we started.
  const silent = silentMs ?? Math.min(upMs, knownMs ?? upMs)
  if (silent >= healthLimits.lostAfterMs) return 'lost'
  if (silent >= healthLimits.lateAfterMs) return 'late'
  if (silentMs === null) return 'late'
  return isNeighbour ? 'neighbour' : 'reachable'
}
