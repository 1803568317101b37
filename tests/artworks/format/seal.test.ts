import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellPath, drawSeal, fullCells, newCells, sealForms, sealOf } from '../../../artworks/format/seal.ts'
import { rootOf } from '../../exhibit-ui/fixture-data.ts'

const roots = fc.string({ minLength: 1 }).map(rootOf)
const cells = fc
  .array(fc.boolean(), { minLength: 36, maxLength: 36 })
  .map((list) => list.map((here) => (here ? '1' : '0')).join(''))

describe('the seal of a work', () => {
  it('is what the rule says, worked out by another program', () => {
    const root = rootOf('peil')
    sealOf(root).forEach((cell, index) => {
      const [form = 0, turn = 0, ink = 0] = createHash('sha256').update(`${root}:${index}`).digest()
      expect(cell).toEqual({ form: sealForms[form % 5], turn: turn % 4, sun: ink < 64 })
    })
  })

  it('stays the same for ever: these cells are on printed signs', () => {
    const root = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'
    const first = sealOf(root)
      .slice(0, 6)
      .map(({ form, turn, sun }) => `${form}${turn}${sun ? '*' : ''}`)
    expect(first).toMatchInlineSnapshot(`
      [
        "square2",
        "disc1*",
        "square2",
        "square3",
        "quarter2*",
        "quarter3*",
      ]
    `)
  })

  it('differs between two works', () => {
    fc.assert(
      fc.property(roots, roots, (a, b) => {
        fc.pre(a !== b)
        expect(sealOf(a)).not.toEqual(sealOf(b))
      }),
    )
  })

  it('has about one sun in four, and every form', () => {
    const all = Array.from({ length: 200 }, (_, index) => sealOf(rootOf(String(index)))).flat()
    const suns = all.filter((cell) => cell.sun).length / all.length
    expect(suns).toBeGreaterThan(0.22)
    expect(suns).toBeLessThan(0.28)
    expect(new Set(all.map((cell) => cell.form)).size).toBe(5)
  })

  it('draws every cell once: as a form when it is here, as a dot until then', () => {
    fc.assert(
      fc.property(roots, cells, (root, here) => {
        const drawing = drawSeal(root, here)
        const formed = here.replaceAll('0', '').length
        expect((drawing.track + drawing.sun).match(/M/g)?.length ?? 0).toBe(formed)
        expect(drawing.dots.match(/M/g)?.length ?? 0).toBe(36 - formed)
      }),
    )
  })

  it('keeps every form inside its cell', () => {
    for (const form of sealForms) {
      for (const turn of [0, 1, 2, 3] as const) {
        const path = cellPath({ form, turn, sun: false }, 13)
        for (const [, x, y] of path.matchAll(/(?:[ML]|0 0 1 )([\d.]+) ([\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(1)
          expect(Number(x)).toBeLessThanOrEqual(2)
          expect(Number(y)).toBeGreaterThanOrEqual(2)
          expect(Number(y)).toBeLessThanOrEqual(3)
        }
      }
    }
  })

  it('moves only the cells that came', () => {
    fc.assert(
      fc.property(cells, cells, (before, after) => {
        for (const index of newCells(before, after)) expect([before[index], after[index]]).toEqual(['0', '1'])
      }),
    )
    expect(newCells(fullCells, fullCells)).toEqual([])
  })
})
