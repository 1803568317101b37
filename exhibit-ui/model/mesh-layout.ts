import { distanceToSegment, segmentsCross } from './geometry.ts'
import type { Box, Point } from './geometry.ts'
import { placeLabels } from './mesh-labels.ts'
import type { PlacedLabel } from './mesh-labels.ts'
import { spreadNodes } from './mesh-spread.ts'
import type { Link } from './mesh-spread.ts'

export interface MeshFigure {
  /** `lines` are the label's lines; none for a node that is drawn without a name. */
  nodes: readonly { id: string; lines: readonly string[] }[]
  links: readonly Link[]
  self: string
}

export interface MeshFrame {
  width: number
  height: number
  fontSize: number
  nodeRadius: number
  selfRadius: number
}

export interface MeshDrawing {
  width: number
  height: number
  nodes: { id: string; at: Point; radius: number }[]
  links: { a: string; b: string; from: Point; to: Point }[]
  /** Around a node that is alone: how far it listens, in a manner of speaking. */
  rings: { at: Point; radius: number }[]
  labels: (PlacedLabel & { lines: readonly string[] })[]
}

/** Wider than most letters of the text face, so that a label is never longer than the place kept for it. */
const widthPerLetter = 0.59
export const lineHeight = 1.25

/**
 * A drawing of the mesh: pure, and the same for the same mesh. Tries a fixed set of spreads and turns and keeps the one
 * in which the most names find a place clear of lines and the fewest links cross.
 */
export function layoutMesh(figure: MeshFigure, frame: MeshFrame): MeshDrawing {
  const attempts = figure.nodes.length > 40 ? 1 : 5
  const turns = figure.nodes.length > 40 ? 4 : 12
  let best: { drawing: MeshDrawing; cost: number } | undefined
  const linked = new Set([figure.self, ...figure.links.flatMap(({ a, b }) => [a, b])])
  const inMesh = figure.nodes.map((node) => node.id).filter((id) => linked.has(id))
  const apart = figure.nodes.map((node) => node.id).filter((id) => !linked.has(id))
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const spread = spreadNodes(inMesh, figure.links, attempt)
    for (let turn = 0; turn < turns; turn += 1) {
      const drawing = draw(figure, frame, fit(spread, (turn / turns) * Math.PI * 2, frame, figure, apart))
      const cost = costOf(drawing, figure)
      if (best === undefined || cost < best.cost) best = { drawing, cost }
    }
  }
  return (
    best?.drawing ?? { width: frame.width, height: frame.height, nodes: [], links: [], rings: [], labels: [] }
  )
}

/**
 * Turns the spread and stretches it into the frame, leaving room for names at the edges. Nodes that are linked to nobody
 * stand apart in a row below, so that they do not push the others together.
 */
function fit(
  spread: ReadonlyMap<string, Point>,
  angle: number,
  frame: MeshFrame,
  figure: MeshFigure,
  apart: readonly string[],
): Map<string, Point> {
  const turned = [...spread].map(([id, { x, y }]): [string, Point] => [
    id,
    { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) },
  ])
  const named = figure.nodes.some((node) => node.lines.length > 0)
  const edgeX = named ? Math.min(frame.width * 0.14, 84) : frame.selfRadius + 2
  const edgeY = named ? frame.fontSize * lineHeight * 1.5 + frame.selfRadius : frame.selfRadius + 2
  const shelf = apart.length === 0 ? 0 : named ? frame.fontSize * 2.2 : frame.nodeRadius * 3
  const xs = axis(
    turned.map(([, point]) => point.x),
    frame.width,
    edgeX,
  )
  const ys = axis(
    turned.map(([, point]) => point.y),
    frame.height - shelf,
    edgeY,
  )
  // Alone: its rings start at the edge that everything else starts from.
  if (figure.nodes.length === 1) {
    const at = { x: Math.round(reachOf(frame)), y: Math.round(frame.height / 2) }
    return new Map(figure.nodes.map(({ id }) => [id, at]))
  }
  const places = new Map(turned.map(([id, { x, y }]) => [id, { x: round(xs(x)), y: round(ys(y)) }]))
  const pitch = (frame.width - 2 * frame.nodeRadius) / Math.max(2, apart.length)
  ;[...apart].sort().forEach((id, index) => {
    places.set(id, { x: round(frame.nodeRadius + 2 + index * pitch), y: frame.height - shelf / 2 })
  })
  return places
}

function axis(values: readonly number[], length: number, edge: number): (value: number) => number {
  const low = Math.min(...values)
  const high = Math.max(...values)
  // Fewer than two nodes, or all in one line along the other axis: the middle.
  if (!(high - low > 1e-3)) return () => length / 2
  return (value) => edge + ((value - low) / (high - low)) * (length - 2 * edge)
}

function draw(figure: MeshFigure, frame: MeshFrame, places: ReadonlyMap<string, Point>): MeshDrawing {
  const sorted = [...figure.nodes].sort((a, b) => (a.id < b.id ? -1 : 1))
  const nodes = sorted.flatMap(({ id }) => {
    const at = places.get(id)
    return at === undefined
      ? []
      : [{ id, at, radius: id === figure.self ? frame.selfRadius : frame.nodeRadius }]
  })
  const links = figure.links.flatMap(({ a, b }) => {
    const from = places.get(a)
    const to = places.get(b)
    return from === undefined || to === undefined ? [] : [{ a, b, from, to }]
  })
  const rings = ringsOf(nodes, frame)
  const reach = rings.at(-1)?.radius ?? 0
  const inset: Box = { left: 1, top: 1, right: frame.width - 1, bottom: frame.height - 1 }
  const wishes = sorted.flatMap(({ id, lines }) => {
    const node = nodes.find((candidate) => candidate.id === id)
    if (node === undefined || lines.length === 0) return []
    const letters = Math.max(...lines.map((line) => line.length))
    return [
      {
        ...node,
        radius: Math.max(node.radius, reach),
        first: id === figure.self,
        width: letters * widthPerLetter * frame.fontSize,
        height: lines.length * lineHeight * frame.fontSize,
      },
    ]
  })
  const labels = placeLabels(wishes, { segments: links, discs: nodes, frame: inset }).map((label) => ({
    ...label,
    lines: sorted.find((node) => node.id === label.id)?.lines ?? [],
  }))
  return { width: frame.width, height: frame.height, nodes, links, rings, labels }
}

/** Of the rings around a node that is alone; its name stands beside them. */
const reachOf = ({ width, height }: MeshFrame): number => Math.min(height, width * 0.4) / 2

function ringsOf(nodes: MeshDrawing['nodes'], frame: MeshFrame): MeshDrawing['rings'] {
  const [alone, ...others] = nodes
  if (alone === undefined || others.length > 0) return []
  const room = reachOf(frame) - 1 - alone.radius
  const count = Math.min(3, Math.floor(room / 14))
  return Array.from({ length: count }, (_, index) => ({
    at: alone.at,
    radius: round(alone.radius + (room * (index + 1)) / count),
  }))
}

/** What makes a drawing hard to read, by weight. */
function costOf(drawing: MeshDrawing, figure: MeshFigure): number {
  const named = figure.nodes.filter((node) => node.lines.length > 0)
  let cost = (named.length - drawing.labels.length) * 20
  if (
    named.some((node) => node.id === figure.self) &&
    !drawing.labels.some((label) => label.id === figure.self)
  ) {
    cost += 100
  }
  drawing.links.forEach((link, index) => {
    for (const other of drawing.links.slice(index + 1)) {
      if (segmentsCross(link.from, link.to, other.from, other.to)) cost += 4
    }
    for (const node of drawing.nodes) {
      // A line that grazes a node that is not its own reads as a link that is not there.
      if (node.id === link.a || node.id === link.b) continue
      if (distanceToSegment(node.at, link.from, link.to) < node.radius + 8) cost += 15
    }
  })
  drawing.nodes.forEach((node, index) => {
    for (const other of drawing.nodes.slice(index + 1)) {
      const apart = Math.hypot(node.at.x - other.at.x, node.at.y - other.at.y)
      if (apart < 48) cost += (48 - apart) / 3
    }
  })
  return cost
}

const round = (value: number): number => Math.round(value * 10) / 10
