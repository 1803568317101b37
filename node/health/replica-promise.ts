import type { LackCause } from '../wire/status-health.ts'
import type { Lack, MeshFacts, NodeFacts, WorkFacts } from './mesh-facts.ts'
import { nodeStanding } from './node-standing.ts'

export interface ReplicaLack extends Lack {
  /** Index of the node in the facts. */
  readonly node: number
  /** 0 to 1. */
  readonly share: number
}

/** On how many of how many nodes a work is whole, and why not on each of the others. */
export interface ReplicaPromise {
  readonly root: string
  readonly whole: number
  readonly of: number
  readonly lacks: readonly ReplicaLack[]
}

/** Every work on every node that is granted: each gap has exactly one cause. */
export function replicaPromises(facts: MeshFacts): ReplicaPromise[] {
  return facts.works.map((work) => {
    const lacks: ReplicaLack[] = []
    let of = 0
    facts.nodes.forEach((node, index) => {
      const share = node.held.get(work.root) ?? 0
      // A node without a grant was let go: what it holds is no copy, and is told only where it still holds something.
      if (!node.isGranted && !node.isSelf && share === 0) return
      of += 1
      const lack = lackOf(node, work, share, facts.upMs)
      if (lack !== null) lacks.push({ node: index, share, ...lack })
    })
    return { root: work.root, whole: of - lacks.length, of, lacks }
  })
}

function lackOf(node: NodeFacts, work: WorkFacts, share: number, upMs: number): Lack | null {
  const standing = nodeStanding(node, upMs)
  const because = (cause: LackCause): Lack => ({ cause, rate: 0, left: 0 })
  if (!node.isSelf && !node.isGranted) return because('not-granted')
  // Nobody can say what a node holds that is not heard: its copy is no promise.
  if (standing === 'lost') return because('unreachable')
  if (work.isWithdrawn) return because(node.isSelf || node.hasSameRecords === true ? 'withdrawn' : 'coming')
  const said = node.lacks.get(work.root)
  if (!node.showsTheSame) return said ?? because('coming')
  if (share >= 1) return null
  return said ?? because(node.rest ?? 'coming')
}
