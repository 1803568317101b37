import type { RetentionPolicy } from '../../node/store/retention.ts'
import { faultKinds } from './faults.ts'
import type { FaultKind } from './faults.ts'
import type { Random } from './random.ts'
import { badBehaviours } from './sim-node.ts'
import type { Behaviour } from './sim-node.ts'
import { topologies } from './topology.ts'
import type { Topology } from './topology.ts'

/** What may be said of a simulation beforehand; the seed decides the rest. */
export interface ScenarioOptions {
  readonly nodes?: number
  readonly works?: number
  /** Virtual time that people and faults are at work; then everything is mended. */
  readonly hours?: number
  readonly faults?: readonly FaultKind[]
  readonly badNodes?: boolean
  /** Whether visitors and curators open works. */
  readonly readers?: boolean
  /** Whether some nodes keep only some works. */
  readonly quotas?: boolean
  readonly topology?: Topology
}

export interface NodePlan {
  readonly behaviour: Behaviour
  readonly retention: RetentionPolicy
}

/** Who takes part, where, and what will go wrong. */
export interface Scenario {
  readonly nodes: readonly NodePlan[]
  readonly works: number
  readonly durationMs: number
  readonly faults: readonly FaultKind[]
  readonly topology: Topology
  /** How many nodes are to keep each work, where some keep only some; null: all keep all. */
  readonly copies: number | null
}

/** About how large a work is, with the sizes of sealed-works.ts. */
const WORK_BYTES = 1_000
const FULL = { kind: 'full' } as const

export function scenarioOf(options: ScenarioOptions, random: Random): Scenario {
  const count = options.nodes ?? 3 + random.below(6)
  const works = options.works ?? 2 + random.below(10)
  const durationMs = options.hours === undefined ? random.between(60_000, 240_000) : options.hours * 3_600_000
  const wishes = options.faults ?? random.shuffled(faultKinds).slice(0, random.below(faultKinds.length + 1))
  const topology = options.topology ?? random.pick(topologies)
  const withBad = options.badNodes ?? random.chance(0.5)
  const copies = (options.quotas ?? random.chance(0.4)) ? 1 + random.below(3) : null
  // One copy is asked for, and the card that has it rots: that is lost, and nobody promised otherwise.
  const faults = copies === 1 ? wishes.filter((fault) => fault !== 'rot') : wishes
  const behaviours = behavioursOf(count, withBad, copies, random)
  const nodes = behaviours.map((behaviour): NodePlan => {
    if (copies === null || behaviour !== 'honest' || random.chance(0.25))
      return { behaviour, retention: FULL }
    return { behaviour, retention: { kind: 'quota', quotaBytes: random.below(works * WORK_BYTES), copies } }
  })
  return { nodes, works, durationMs, faults, topology, copies }
}

/**
 * The first two are always honest: an exhibition of one needs no mesh. Where copies are counted, one member may lie if more than one
 * is asked for: that is what is promised (node/replication/retention.ts).
 */
function behavioursOf(count: number, withBad: boolean, copies: number | null, random: Random): Behaviour[] {
  const behaviours: Behaviour[] = []
  let mayLie = copies === null ? Number.POSITIVE_INFINITY : Math.min(1, copies - 1)
  for (let index = 0; index < count; index++) {
    const isBad = index >= 2 && withBad && random.chance(0.4)
    const wish = isBad ? random.pick(badBehaviours) : 'honest'
    const isMember = wish !== 'honest' && wish !== 'stranger'
    behaviours.push(isMember && mayLie < 1 ? 'honest' : wish)
    if (isMember) mayLie -= 1
  }
  return behaviours
}
