import { cardFiles } from './card.ts'
import { dnsFile } from './dns.ts'
import { firewallFile } from './firewall.ts'
import { manifestOf } from './manifest.ts'
import { networkFiles } from './network.ts'
import { nodeConfigFiles } from './node-config.ts'
import type { NodePlan } from './node-plan.ts'
import { radioFiles } from './radio.ts'
import type { Rendered } from './rendered-file.ts'
import { systemFiles } from './system.ts'
import { unitFiles } from './units.ts'

export interface RenderedNode {
  readonly name: string
  /** In the order of their paths. */
  readonly files: readonly Rendered[]
  /** Text of manifest.json: what there is, and the hash of all that is no secret. */
  readonly manifest: string
}

/** Every file of a node. A pure function: the same plan gives the same bytes. */
export function renderNode(plan: NodePlan): RenderedNode {
  const files = [
    ...networkFiles(plan),
    ...radioFiles(plan),
    dnsFile(plan),
    firewallFile(plan),
    ...nodeConfigFiles(plan),
    ...systemFiles(plan),
    ...unitFiles(plan),
    ...cardFiles(plan),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
  return { name: plan.node.name, files, manifest: manifestOf(plan, files) }
}
