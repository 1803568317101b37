import type { Random } from './random.ts'
import type { Link, SimNetwork } from './sim-network.ts'
import type { SimNode } from './sim-node.ts'

export const topologies = ['line', 'star', 'islands', 'mesh'] as const
export type Topology = (typeof topologies)[number]

export function goodLink(random: Random): Link {
  return { latencyMs: random.between(1, 20), bytesPerMs: random.between(50, 2000), loss: 0, up: true }
}

/**
 * Puts nodes in each other's reach. The honest ones are connected among themselves: nothing else promises that everything gets
 * everywhere.
 * @param degree of the mesh: about how many neighbours each has
 */
export function lay(
  network: SimNetwork,
  nodes: readonly SimNode[],
  { topology, degree, random }: { topology: Topology; degree: number; random: Random },
): void {
  const honest = random.shuffled(nodes.filter((node) => node.isHonest).map(({ index }) => index))
  const link = (a: number | undefined, b: number | undefined): void => {
    if (a !== undefined && b !== undefined) network.addLink(a, b, goodLink(random))
  }
  if (topology === 'line') honest.forEach((at, i) => link(at, honest[i + 1]))
  if (topology === 'star') for (const a of honest) for (const b of honest) link(a, b)
  if (topology === 'islands') {
    const half = Math.ceil(honest.length / 2)
    for (const island of [honest.slice(0, half), honest.slice(half)])
      for (const a of island) for (const b of island) link(a, b)
    link(honest[0], honest[half])
  }
  if (topology === 'mesh') {
    honest.forEach((at, i) => i > 0 && link(at, honest[random.below(i)]))
    const more = Math.floor((honest.length * (degree - 2)) / 2)
    for (let i = 0; i < more; i++) link(random.pick(honest), random.pick(honest))
  }
  // The others get wherever they can.
  for (const node of nodes)
    if (!node.isHonest)
      for (const to of random.shuffled(honest).slice(0, 1 + random.below(3))) link(node.index, to)
}
