import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planRetention, scoreOf } from '../../../node/replication/retention.ts'
import type { RetentionPlan, RetentionWork } from '../../../node/replication/retention.ts'

const nodes = ['a', 'b', 'c', 'd', 'e']
const work = (root: string, change: Partial<RetentionWork> = {}): RetentionWork => ({
  root,
  size: 10,
  share: 0,
  holders: [],
  ...change,
})
const ranked = (root: string): string[] =>
  nodes.toSorted((a, b) => (scoreOf(a, root) < scoreOf(b, root) ? 1 : -1))

/** The node ranked `rank`-th for a work, 0 the first. */
function nodeAt(root: string, rank: number): string {
  return ranked(root)[rank] ?? ''
}

function planOf(self: string, works: readonly RetentionWork[], roomBytes: number, copies = 2): RetentionPlan {
  return planRetention({ self, nodes, copies, roomBytes, works })
}

describe('what a node with a quota keeps', () => {
  it('is each work at as many nodes as asked for, where there is room', () => {
    const roots = Array.from({ length: 200 }, (_, i) => `w${i}`)
    const plans = nodes.map((self) =>
      planOf(
        self,
        roots.map((root) => work(root)),
        1e9,
      ),
    )
    for (const root of roots) expect(plans.filter(({ keep }) => keep.has(root))).toHaveLength(2)
    // And about as many at each of them: 80 of 200.
    for (const { keep } of plans) {
      expect(keep.size).toBeGreaterThan(50)
      expect(keep.size).toBeLessThan(110)
    }
  })

  it('moves only what a new node is ranked for', () => {
    const works = Array.from({ length: 100 }, (_, i) => work(`w${i}`))
    const before = planRetention({ self: 'a', nodes: ['a', 'b', 'c', 'd'], copies: 2, roomBytes: 1e9, works })
    const after = planRetention({ self: 'a', nodes, copies: 2, roomBytes: 1e9, works })
    for (const root of after.keep) expect(before.keep.has(root)).toBe(true)
    for (const root of before.keep) {
      if (!after.keep.has(root)) expect(ranked(root).slice(0, 2)).toContain('e')
    }
  })

  it('says what is its own to keep and does not fit', () => {
    const first = nodeAt('w', 0)
    const { keep, crowdedOut } = planOf(first, [work('w')], 5)
    expect([...keep]).toEqual([])
    expect(crowdedOut).toEqual(['w'])
  })

  it('leaves no room to works that nobody holds before those that somebody does', () => {
    const self = nodeAt('real', 1)
    const ghosts = Array.from({ length: 100 }, (_, i) => `ghost${i}`).filter(
      (root) => nodeAt(root, 0) === self,
    )
    const works = [...ghosts.map((root) => work(root)), work('real', { holders: [nodeAt('real', 0)] })]
    const full = planOf(self, works, 10)
    expect([...full.keep]).toEqual(['real'])
    expect(full.crowdedOut.toSorted()).toEqual(ghosts.toSorted())
    const roomy = planOf(self, works, 30)
    expect(roomy.keep.size).toBe(3)
    expect(roomy.keep.has('real')).toBe(true)
  })

  it('stays as long as there is room, whoever ranks higher', () => {
    const last = nodeAt('w', 4)
    const here = work('w', { share: 1, holders: [nodeAt('w', 0), nodeAt('w', 1)] })
    expect(planOf(last, [here], 10).letGo).toEqual([])
    expect(planOf(last, [here], 9).letGo).toEqual(['w'])
  })

  it('is never the last known copy that goes, nor one that only lower ranked nodes have', () => {
    const self = nodeAt('w', 2)
    for (const holders of [[], [nodeAt('w', 3)], [nodeAt('w', 3), nodeAt('w', 4)]]) {
      const { keep, letGo } = planOf(self, [work('w', { share: 1, holders })], 0)
      expect([[...keep], letGo]).toEqual([['w'], []])
    }
  })

  it('does not hang on the word of one node, unless one copy is all that is asked for', () => {
    const self = nodeAt('w', 2)
    const one = work('w', { share: 1, holders: [nodeAt('w', 1)] })
    const two = work('w', { share: 1, holders: [nodeAt('w', 0), nodeAt('w', 1)] })
    for (const copies of [2, 3]) {
      expect(planOf(self, [one], 0, copies).letGo).toEqual([])
      expect(planOf(self, [two], 0, copies).letGo).toEqual(['w'])
    }
    expect(planOf(self, [one], 0, 1).letGo).toEqual(['w'])
  })

  it('keeps a part of what nobody has whole', () => {
    const last = nodeAt('w', 4)
    expect(planOf(last, [work('w', { share: 0.3 })], 0).letGo).toEqual([])
    expect(planOf(last, [work('w', { share: 0.3, holders: ['a', 'b'] })], 0).letGo).toEqual(['w'])
  })

  it('does not lose a work, however late the pictures are that nodes have of each other, and though one of them lies', () => {
    const roots = ['w0', 'w1', 'w2', 'w3']
    const step = fc.record({
      node: fc.nat(nodes.length - 1),
      /** How many steps ago each other node was heard of. */
      ages: fc.array(fc.nat(30), { minLength: nodes.length, maxLength: nodes.length }),
      room: fc.nat(40),
      /** Whether what it is to keep gets there at once. */
      fetches: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(fc.nat(nodes.length - 1), { minLength: roots.length, maxLength: roots.length }),
        fc.array(step, { maxLength: 120 }),
        // It says that it holds everything, and holds nothing.
        fc.option(fc.nat(nodes.length - 1), { nil: -1 }),
        (firstAt, steps, liar) => {
          const bringsTo = (at: number | undefined): number =>
            at === liar ? (liar + 1) % nodes.length : (at ?? 0)
          const held = nodes.map((_, n) => new Set(roots.filter((_root, w) => bringsTo(firstAt[w]) === n)))
          const past = [held.map((set) => new Set(set))]
          for (const { node, ages, room, fetches } of steps.filter((one) => one.node !== liar)) {
            const works = roots.map((root) =>
              work(root, {
                share: held[node]?.has(root) === true ? 1 : 0,
                holders: nodes.filter((_, n) => {
                  const then = past[Math.max(0, past.length - 1 - (ages[n] ?? 0))]
                  return n !== node && (n === liar || then?.[n]?.has(root) === true)
                }),
              }),
            )
            const { keep, letGo } = planOf(nodes[node] ?? '', works, room)
            for (const root of letGo) held[node]?.delete(root)
            if (fetches) for (const root of keep) held[node]?.add(root)
            past.push(held.map((set) => new Set(set)))
            for (const root of roots) expect(held.some((set) => set.has(root))).toBe(true)
          }
        },
      ),
    )
  })

  it('fits, but for what may not go', () => {
    const works = fc.array(
      fc.record({
        root: fc.string({ minLength: 1 }),
        size: fc.nat(50),
        share: fc.constantFrom(0, 0.5, 1),
        holders: fc.subarray(nodes),
      }),
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...nodes), { minLength: 1 }),
        works,
        fc.nat(200),
        (who, list, room) => {
          const self = who[0] ?? ''
          const unique = [...new Map(list.map((one) => [one.root, one])).values()]
          const { keep, letGo } = planRetention({
            self,
            nodes: who,
            copies: 2,
            roomBytes: room,
            works: unique,
          })
          const bound = planRetention({ self, nodes: who, copies: 2, roomBytes: -1, works: unique }).keep
          const size = (set: ReadonlySet<string>): number =>
            unique.reduce((sum, one) => sum + (set.has(one.root) ? one.size : 0), 0)
          expect(size(keep)).toBeLessThanOrEqual(Math.max(room, size(bound)))
          for (const root of letGo) expect(keep.has(root)).toBe(false)
          for (const { root, share } of unique)
            if (share > 0) expect(keep.has(root) || letGo.includes(root)).toBe(true)
        },
      ),
    )
  })
})
