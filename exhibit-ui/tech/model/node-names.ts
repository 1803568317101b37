import type { MeshHealthView } from '../../../node/http/contracts/tech.ts'

/** What to call each node; its id's end where it has no name, and that too where two have the same. */
export function nodeNames({ nodes }: Pick<MeshHealthView, 'nodes'>): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { name } of nodes) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    nodes.map(({ id, name }) => {
      const end = id.slice(-5)
      if (name === '') return [id, `…${end}`]
      return [id, (counts.get(name) ?? 0) > 1 ? `${name} …${end}` : name]
    }),
  )
}
