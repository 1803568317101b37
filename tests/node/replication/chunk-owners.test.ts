import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChunkOwners } from '../../../node/replication/chunk-owners.ts'

describe('ChunkOwners', () => {
  it('knows the roots of each chunk, whatever was added and deleted before', () => {
    const step = fc.record({
      add: fc.boolean(),
      cid: fc.constantFrom('a', 'b', 'c'),
      root: fc.constantFrom('r', 's', 't'),
    })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const owners = new ChunkOwners()
        const model = new Map<string, string[]>()
        for (const { add, cid, root } of steps) {
          const known = model.get(cid) ?? []
          if (add) {
            owners.add(cid, root)
            if (!known.includes(root)) model.set(cid, [...known, root])
          } else {
            owners.delete(cid, root)
            model.set(
              cid,
              known.filter((one) => one !== root),
            )
          }
          for (const one of ['a', 'b', 'c']) {
            expect(owners.of(one)).toEqual(model.get(one) ?? [])
            expect(owners.has(one)).toBe((model.get(one) ?? []).length > 0)
          }
        }
      }),
    )
  })
})
