import { farChunks } from '../replication/far-chunks.ts'
import { Swarm } from '../replication/swarm.ts'
import { wantedGroups } from '../replication/wanted-chunks.ts'
import type { WantedWork } from '../replication/wanted-chunks.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { ReadThrough } from '../store/read-through.ts'
import { wireLimits } from '../wire/limits.ts'
import { MeshWays } from './mesh-ways.ts'
import type { MeshWaysDependencies } from './mesh-ways.ts'
import { UrgentReads } from './urgent-reads.ts'

export interface NodeSwarmDependencies extends MeshWaysDependencies {
  readonly content: ExhibitionContent
  readonly reads: ReadThrough
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/** The swarm of a node, with what readers here and neighbours wait for, and the ways to what no neighbour holds. */
export function nodeSwarm(
  deps: NodeSwarmDependencies,
  wanted: () => Iterable<WantedWork>,
  planSoon: () => void,
): { readonly swarm: Swarm; readonly urgent: UrgentReads } {
  const ways = new MeshWays(deps)
  const urgent = new UrgentReads({ ...deps, waysTo: (root, without) => ways.to(root, without) })
  const search = {
    waysTo: (root: string) => ways.to(root),
    hops: wireLimits.seekHops,
    self: deps.self.did,
  }
  const swarm = new Swarm({
    wanted: () => wantedGroups(wanted()),
    urgent: () => urgent.chunks(),
    far: () => farChunks(wanted(), search, deps.random),
    random: deps.random,
    planSoon,
  })
  return { swarm, urgent }
}
