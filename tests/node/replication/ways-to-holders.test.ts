import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waysToHolders } from '../../../node/replication/ways-to-holders.ts'
import type { KnownNode } from '../../../node/replication/ways-to-holders.ts'

const line = (...ids: string[]): KnownNode[] =>
  ids.map((id, i) => ({ id, neighbours: [ids[i - 1], ids[i + 1]].filter((one) => one !== undefined) }))

describe('the ways to nodes that hold something', () => {
  it('are by the nearest first, and not back through oneself', () => {
    const nodes = [...line('me', 'b', 'c', 'd'), ...line('me', 'x', 'd')]
    expect(waysToHolders('me', ['b', 'x'], nodes, ['d'], 8)).toEqual(['x', 'b'])
    expect(waysToHolders('me', ['b', 'x'], line('x', 'me', 'b', 'c'), ['c'], 8)).toEqual(['b'])
  })

  it('may be known by one end of a link only, and end after so many links', () => {
    const nodes = [
      { id: 'd', neighbours: ['c'] },
      { id: 'b', neighbours: ['c'] },
    ]
    expect(waysToHolders('me', ['b'], nodes, ['d'], 2)).toEqual(['b'])
    expect(waysToHolders('me', ['b'], nodes, ['d'], 1)).toEqual([])
  })

  it('lead to a holder when each node follows its own first', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 12 }), fc.constantFrom(...ids), (pairs, holder) => {
        const linked = (id: string): string[] =>
          ids.filter((other) => other !== id && pairs.some((p) => p.includes(id) && p.includes(other)))
        const nodes = ids.map((id) => ({ id, neighbours: linked(id) }))
        for (let at = 'a', hops = 0; at !== holder; hops += 1) {
          expect(hops).toBeLessThan(ids.length)
          const [next] = waysToHolders(at, linked(at), nodes, [holder], 8)
          if (next === undefined) break
          at = next
        }
      }),
    )
  })
})
