import { sameBytes } from '../../artworks/format/envelope.ts'
import { whatIsKeptBadly } from './copies.ts'
import type { SimNode } from './sim-node.ts'
import type { World } from './world.ts'

/**
 * What is still to be done before all honest nodes are equal and whole; null when nothing is: the same records, all that was
 * taken in among them, every shown work whole wherever it is to be kept, and that at enough nodes, nothing left of what was withdrawn.
 */
export function whatIsMissing(
  world: World,
  nodes: readonly SimNode[],
  accepted: ReadonlySet<string>,
): string | null {
  const honest = nodes.filter((node) => node.isHonest)
  const [first] = honest
  for (const node of honest) {
    const { process } = node
    if (process === undefined || !process.isReady) return `${node.name} does not run`
    const { keeper, content, holdings } = process
    for (const cid of accepted) if (!keeper.store.has(cid)) return `${node.name} lacks the record ${cid}`
    const fingerprint = first?.process?.keeper.digests.fingerprint()
    if (fingerprint === undefined || !sameBytes(fingerprint, keeper.digests.fingerprint()))
      return `${node.name} and ${first?.name} hold different records`
    for (const { body } of process.catalogue.shown().map(({ shown }) => shown)) {
      const root = body.root.toString()
      // A flooder's works have files that nobody has.
      if (!world.dags.has(root)) continue
      if (!content.shown().has(root)) return `${node.name} does not follow ${root}`
      if (node.retention.kind === 'quota' && !content.keeps(root)) continue
      const progress = holdings.progress(root)
      if (progress?.complete !== true) {
        const have = `${progress?.have ?? 0} of ${progress?.total ?? 0}`
        const missing = holdings.missing(root)[0]?.toString() ?? holdings.refusal(root) ?? ''
        const holders = honest.filter(({ disk }) => disk.isDurable(missing)).map(({ name }) => name)
        return `${node.name} has ${have} chunks of ${root}, lacks ${missing}, which is at [${holders.join(' ')}]`
      }
    }
    for (const root of content.shown().keys()) {
      if (!content.keeps(root)) continue
      for (const { key } of world.dags.get(root)?.blocks.values() ?? [])
        if (node.disk.kind === 'card' && !node.disk.isDurable(key) && !node.disk.isRotten(key))
          return `${node.name} counts ${root} as whole, and ${key} is not on its card`
    }
    const [withdrawn] = process.watch.withdrawnHeld(0)
    if (withdrawn !== undefined) return `${node.name} still holds ${withdrawn} of a withdrawn work`
  }
  return whatIsKeptBadly(world, honest)
}
