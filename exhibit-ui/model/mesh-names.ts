import type { ArtworkSummary, MeshView } from '../../node/http/contract.ts'

/** A name in lines of about `letters`, at most two: a drawing has no room for more. */
export function wrapName(name: string, letters: number): string[] {
  if (name.length <= letters) return [name]
  const words = name.split(' ')
  let first = words.shift() ?? ''
  while (words.length > 0 && `${first} ${words[0] ?? ''}`.length <= letters)
    first += ` ${words.shift() ?? ''}`
  const rest = words.join(' ')
  return [shorten(first, letters + 2), ...(rest === '' ? [] : [shorten(rest, letters + 2)])]
}

const shorten = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`

/** Names of the nodes that each node has a link to, in text order. */
export function linkedNames(mesh: MeshView): Map<string, string[]> {
  const names = new Map(mesh.nodes.map((node) => [node.id, node.name]))
  const linked = new Map(mesh.nodes.map((node): [string, string[]] => [node.id, []]))
  for (const { a, b } of mesh.links) {
    linked.get(a)?.push(names.get(b) ?? b)
    linked.get(b)?.push(names.get(a) ?? a)
  }
  for (const list of linked.values()) list.sort((a, b) => a.localeCompare(b))
  return linked
}

/** Nodes from which something comes in now. */
export function flowingFrom(works: readonly ArtworkSummary[]): Set<string> {
  return new Set(
    works.flatMap(({ progress }) => (progress.complete ? [] : progress.from.map((node) => node.id))),
  )
}
