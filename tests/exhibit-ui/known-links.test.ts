import { describe, expect, it } from 'vitest'
import { KnownLinks } from '../../exhibit-ui/tech/model/known-links.ts'

const good = (a: string, b: string) => ({ a, b, quality: 'good' as const })
const nodes = new Set(['a', 'b', 'c'])

describe('the links that a map is laid out by', () => {
  it('stay when they are gone, in the same order, so that nothing moves', () => {
    const known = new KnownLinks()
    const before = known.step([good('b', 'c'), good('a', 'b')], nodes, 0)
    const after = known.step([{ ...good('b', 'c'), quality: 'slow' }], nodes, 1000)
    expect(after.map(({ a, b }) => [a, b])).toEqual(before.map(({ a, b }) => [a, b]))
    expect(after.map(({ quality }) => quality)).toEqual(['gone', 'slow'])
    expect(known.step([good('a', 'b'), good('b', 'c')], nodes, 2000)).toEqual(before)
  })

  it('are one link, whichever end tells of it', () => {
    const known = new KnownLinks()
    known.step([good('a', 'b')], nodes, 0)
    expect(known.step([good('b', 'a')], nodes, 1)).toHaveLength(1)
  })

  it('are forgotten after an hour, or with a node, and stay bounded', () => {
    const known = new KnownLinks()
    known.step([good('a', 'b'), good('b', 'c')], nodes, 0)
    expect(known.step([], new Set(['a', 'b']), 1)).toEqual([{ a: 'a', b: 'b', quality: 'gone' }])
    expect(known.step([], nodes, 3_600_001)).toEqual([])
    const many = Array.from({ length: 5_000 }, (_, i) => good('a', `n${i}`))
    const all = new Set(['a', ...many.map(({ b }) => b)])
    expect(known.step(many, all, 4_000_000).length).toBeLessThanOrEqual(2_000)
  })
})
