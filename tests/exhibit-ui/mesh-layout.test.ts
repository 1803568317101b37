import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxesMeet, boxInside, segmentMeetsBox } from '../../exhibit-ui/model/geometry.ts'
import { layoutMesh } from '../../exhibit-ui/model/mesh-layout.ts'
import type { MeshDrawing, MeshFigure } from '../../exhibit-ui/model/mesh-layout.ts'
import { wrapName } from '../../exhibit-ui/model/mesh-names.ts'
import { sampleMesh } from './fixture-mesh.ts'

const frame = { width: 640, height: 320, fontSize: 16, nodeRadius: 6, selfRadius: 18 }

const figures: fc.Arbitrary<MeshFigure> = fc
  .uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 14 })
  .chain((numbers) => {
    const ids = numbers.map((number) => `n${number}`)
    const pair = fc
      .tuple(fc.nat(ids.length - 1), fc.nat(ids.length - 1))
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ a: ids[a] ?? '', b: ids[b] ?? '' }))
    const links = ids.length < 2 ? fc.constant([]) : fc.array(pair, { maxLength: 18 })
    return links.map((some) => ({
      nodes: ids.map((id, index) => ({ id, lines: [`Knooppunt ${id}`.slice(0, 4 + index)] })),
      links: some,
      self: ids[0] ?? '',
    }))
  })

function expectClear(drawing: MeshDrawing): void {
  const whole = { left: 0, top: 0, right: drawing.width, bottom: drawing.height }
  drawing.labels.forEach((label, index) => {
    expect(boxInside(label.box, whole)).toBe(true)
    for (const link of drawing.links) expect(segmentMeetsBox(link.from, link.to, label.box)).toBe(false)
    for (const other of drawing.labels.slice(index + 1)) expect(boxesMeet(label.box, other.box)).toBe(false)
    for (const { id, at, radius } of drawing.nodes) {
      if (id === label.id) continue
      const disc = { left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius }
      expect(boxesMeet(label.box, disc)).toBe(false)
    }
  })
}

describe('the drawing of the mesh', () => {
  it('has names clear of links, nodes and each other, inside the frame', () => {
    fc.assert(
      fc.property(figures, (figure) => {
        const drawing = layoutMesh(figure, frame)
        expectClear(drawing)
        expect(drawing.nodes.length).toBe(figure.nodes.length)
      }),
      { numRuns: 40 },
    )
  })

  it('is the same whatever order the nodes and links are told in', () => {
    fc.assert(
      fc.property(figures, (figure) => {
        const turned = { ...figure, nodes: [...figure.nodes].reverse() }
        expect(layoutMesh(turned, frame)).toEqual(layoutMesh(figure, frame))
      }),
      { numRuns: 15 },
    )
  })

  it('keeps every node in the frame', () => {
    fc.assert(
      fc.property(figures, (figure) => {
        for (const { at } of layoutMesh(figure, frame).nodes) {
          expect(Number.isFinite(at.x) && Number.isFinite(at.y)).toBe(true)
          expect(at.x).toBeGreaterThanOrEqual(0)
          expect(at.x).toBeLessThanOrEqual(frame.width)
          expect(at.y).toBeGreaterThanOrEqual(0)
          expect(at.y).toBeLessThanOrEqual(frame.height)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('names every node of a mesh as it is built, on a phone too', () => {
    const mesh = sampleMesh([], false)
    const figure = {
      nodes: mesh.nodes.map(({ id, name }) => ({
        id,
        lines: id === mesh.self ? ['Je bent hier', ...wrapName(name, 18)] : wrapName(name, 18),
      })),
      links: mesh.links,
      self: mesh.self,
    }
    for (const [width, height] of [
      [280, 220],
      [350, 270],
      [680, 340],
    ] as const) {
      const drawing = layoutMesh(figure, { ...frame, width, height })
      expectClear(drawing)
      expect(drawing.labels.length).toBe(mesh.nodes.length)
    }
  })

  it('draws sixty nodes, none of them outside', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `n${index}`)
    const links = ids.flatMap((id, index) => [
      { a: id, b: ids[(index + 1) % 60] ?? '' },
      { a: id, b: ids[(index * 7 + 3) % 60] ?? '' },
    ])
    const { nodes, width, height } = layoutMesh(
      { nodes: ids.map((id) => ({ id, lines: [id] })), links, self: 'n0' },
      frame,
    )
    expect(nodes.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    for (const { at, radius } of nodes) {
      expect(Math.min(at.x, width - at.x, at.y, height - at.y)).toBeGreaterThanOrEqual(radius)
    }
  })

  it('breaks a long name in two lines and never loses a short one', () => {
    expect(wrapName('Waag', 18)).toEqual(['Waag'])
    expect(wrapName('OBA Oosterdok, derde verdieping', 18)).toEqual(['OBA Oosterdok,', 'derde verdieping'])
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (name) => {
        const lines = wrapName(name, 18)
        expect(lines.length).toBeLessThanOrEqual(2)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(20)
      }),
    )
  })
})
