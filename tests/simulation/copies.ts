import { scoreOf } from '../../node/replication/retention.ts'
import type { SimNode } from './sim-node.ts'
import type { World } from './world.ts'

/** As many may be relied on by a node that lets go of its copy. */
const WITNESSES = 2

/**
 * What is wrong with who keeps which work, now that all have heard of each other: a work that too few keep though there is room, or a node
 * that keeps more than its quota though others have it. Reckoned from what is held, not from anybody's plan.
 */
export function whatIsKeptBadly(world: World, honest: readonly SimNode[]): string | null {
  const catalogue = honest[0]?.process?.catalogue
  if (catalogue === undefined) return 'nobody is there'
  // Two works may be of the same files, which are kept once.
  const sizes = new Map(catalogue.shown().map(({ shown }) => [shown.body.root.toString(), shown.body.size]))
  const works = [...sizes].map(([root, size]) => ({ root, size })).filter(({ root }) => world.dags.has(root))
  const members = [...catalogue.grants()]
    .map(({ body }) => body.node)
    .filter((node) => catalogue.isMember(node))
  for (const { root, size } of works) {
    const ranked = members.toSorted((a, b) => (scoreOf(a, root) < scoreOf(b, root) ? 1 : -1))
    const holders = honest.filter((node) => holds(node, root))
    if (holders.length === 0) return `nobody holds ${root}`
    for (const node of honest) {
      const { retention, did, name } = node
      if (retention.kind === 'full') continue
      const rank = ranked.indexOf(did)
      const usedBytes = works.reduce((sum, work) => sum + (holds(node, work.root) ? work.size : 0), 0)
      const isFull = usedBytes + size > retention.quotaBytes
      if (rank < retention.copies && !holders.includes(node) && !isFull)
        return `${name} is ${rank + 1}. for ${root}, has room and does not hold it`
      const above = holders.filter((other) => ranked.indexOf(other.did) < rank)
      const isSpare = holders.includes(node) && above.length >= Math.min(WITNESSES, retention.copies)
      if (isSpare && usedBytes > retention.quotaBytes)
        return `${name} holds ${usedBytes} bytes of ${retention.quotaBytes}, ${root} among them, which ${above.length} above it hold`
    }
  }
  return null
}

function holds({ process }: SimNode, root: string): boolean {
  return process?.content.keeps(root) === true && process.holdings.progress(root)?.complete === true
}
