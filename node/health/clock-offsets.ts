import type { NodeFacts } from './mesh-facts.ts'

/** Seconds each clock is ahead of what most neighbours have: the middle of what they say of it and it says of them. */
export function clockOffsets(heard: readonly NodeFacts[]): Map<string, number> {
  const said = new Map<string, number[]>()
  const add = (id: string, seconds: number): void => {
    const list = said.get(id) ?? []
    list.push(seconds)
    said.set(id, list)
  }
  const known = new Set(heard.map(({ id }) => id))
  for (const node of heard) {
    node.neighbours.forEach((other, index) => {
      const link = node.health?.links[index]
      if (link === undefined || !known.has(other)) return
      add(other, link[4])
      add(node.id, -link[4])
    })
  }
  return new Map([...said].map(([id, list]) => [id, middle(list)]))
}

/** Of an even number the one nearer to zero: two nodes that differ do not say which is wrong, and one must not be blamed by half. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return Math.abs(lower) < Math.abs(upper) ? lower : upper
}
