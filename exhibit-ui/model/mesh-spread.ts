import type { Point } from './geometry.ts'

export interface Link {
  a: string
  b: string
}

/**
 * Places for the nodes such that drawn distance follows distance in links (stress majorization: Gansner, Koren and
 * North 2004). Starts from a hash of each id, so the same mesh gives the same drawing on every phone and after every
 * reload, whatever order the nodes come in. Unit of length is one link.
 */
export function spreadNodes(
  ids: readonly string[],
  links: readonly Link[],
  attempt: number,
): Map<string, Point> {
  const sorted = [...ids].sort()
  const points = sorted.map((id) => startOf(id, attempt))
  const distances = hops(sorted, links)
  const rounds = sorted.length > 60 ? 20 : 80
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < points.length; i += 1) settle(points, distances, i)
  }
  return new Map(sorted.map((id, index) => [id, points[index] ?? { x: 0, y: 0 }]))
}

/** Moves one node to where its wishes, weighted by nearness, balance. */
function settle(points: Point[], distances: readonly number[][], i: number): void {
  const own = points[i]
  if (own === undefined) return
  let x = 0
  let y = 0
  let weights = 0
  points.forEach((other, j) => {
    if (i === j) return
    const wished = distances[i]?.[j] ?? 1
    const weight = 1 / (wished * wished)
    const apart = Math.max(1e-6, Math.hypot(own.x - other.x, own.y - other.y))
    x += weight * (other.x + (wished * (own.x - other.x)) / apart)
    y += weight * (other.y + (wished * (own.y - other.y)) / apart)
    weights += weight
  })
  if (weights > 0) points[i] = { x: x / weights, y: y / weights }
}

/** Shortest ways in links. Nodes with no way between them stand a little further than the longest way there is. */
function hops(ids: readonly string[], links: readonly Link[]): number[][] {
  const index = new Map(ids.map((id, at) => [id, at]))
  const near: number[][] = ids.map(() => [])
  for (const { a, b } of links) {
    const from = index.get(a)
    const to = index.get(b)
    if (from === undefined || to === undefined) continue
    near[from]?.push(to)
    near[to]?.push(from)
  }
  const ways = ids.map((_, start) => waysFrom(start, near))
  const longest = Math.max(1, ...ways.flat().filter((way) => way >= 0))
  return ways.map((row) => row.map((way) => (way < 0 ? longest + 0.5 : way)))
}

function waysFrom(start: number, near: readonly number[][]): number[] {
  const ways = near.map(() => -1)
  ways[start] = 0
  const queue = [start]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const next of near[at] ?? []) {
      if (ways[next] !== -1) continue
      ways[next] = (ways[at] ?? 0) + 1
      queue.push(next)
    }
  }
  return ways
}

function startOf(id: string, attempt: number): Point {
  const angle = (hash(`${id}/${attempt}/a`) / 2 ** 32) * 2 * Math.PI
  const radius = 0.5 + hash(`${id}/${attempt}/r`) / 2 ** 32
  return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius }
}

/** FNV-1a with a final mix: no secret hangs on it, only spread. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value ^= value >>> 15
  value = Math.imul(value, 0x2c1b3c6d)
  value ^= value >>> 12
  return value >>> 0
}
