import { describe, expect, it } from 'vitest'
import { AlertBook } from '../../../node/health/alert-book.ts'
import { alertKinds } from '../../../node/health/alert-kinds.ts'
import { conditionsOf } from '../../../node/health/conditions.ts'
import { healthLimits } from '../../../node/health/limits.ts'
import { LinkMemory } from '../../../node/health/link-memory.ts'
import type { NodeFacts } from '../../../node/health/mesh-facts.ts'
import { Rises } from '../../../node/health/rises.ts'
import { SlowLink } from '../../../node/health/slow-link.ts'
import { factsOf, healthOf, nodeOf } from './samples.ts'

function kindsOf(nodes: readonly NodeFacts[], extra: Parameters<typeof factsOf>[1] = {}): string[] {
  return [...conditionsOf(factsOf(nodes, extra), new AlertBook())].map(({ kind, node }) => `${kind} ${node}`)
}

describe('what is wrong now', () => {
  it('is nothing in a mesh that is well', () => {
    expect(kindsOf([nodeOf('a'), nodeOf('b')])).toEqual([])
  })

  it('is a node that is late after 15 seconds and lost after 45', () => {
    expect(kindsOf([nodeOf('a', { silentMs: 14_999 })])).toEqual([])
    expect(kindsOf([nodeOf('a', { silentMs: 15_000 })])).toEqual(['node-late a'])
    expect(kindsOf([nodeOf('a', { silentMs: 45_000 })])).toEqual(['node-lost a'])
  })

  it('is a granted node that was never heard, once this one is up long enough', () => {
    const silent = nodeOf('a', { silentMs: null, isNeighbour: false })
    expect(kindsOf([silent, nodeOf('b')], { upMs: 44_000 })).toEqual([])
    expect(kindsOf([silent, nodeOf('b')], { upMs: 46_000 })).toEqual(['node-lost a'])
  })

  it('is no node that was granted a moment ago, and not heard yet', () => {
    const granted = nodeOf('a', { silentMs: null, knownMs: 2_000, isNeighbour: false })
    expect(kindsOf([granted, nodeOf('b')], { upMs: 3_600_000 })).toEqual([])
    expect(kindsOf([{ ...granted, knownMs: 46_000 }, nodeOf('b')], { upMs: 3_600_000 })).toEqual([
      'node-lost a',
    ])
  })

  it('is this node without any neighbour', () => {
    expect(kindsOf([nodeOf('a', { isNeighbour: false })])).toEqual(['alone self'])
  })

  const sick: [string, NodeFacts][] = [
    ['disk-full', nodeOf('a', { health: healthOf({ full: 1 }) })],
    ['disk-low', nodeOf('a', { health: healthOf({ disk: [900, 400, 256, 0] }) })],
    ['disk-errors', nodeOf('a', { health: healthOf({ diskErrors: 2 }) })],
    ['damaged', nodeOf('a', { roseMsAgo: [0, Infinity, Infinity, Infinity] })],
    ['damaged', nodeOf('a', { lacks: new Map([['w', { cause: 'refetching', rate: 0, left: 0 }]]) })],
    ['stranger', nodeOf('a', { roseMsAgo: [Infinity, 0, Infinity, Infinity] })],
    ['liar', nodeOf('a', { roseMsAgo: [Infinity, Infinity, 0, Infinity] })],
    ['false-status', nodeOf('a', { roseMsAgo: [Infinity, Infinity, Infinity, 0] })],
    ['work-missing', nodeOf('a', { lacks: new Map([['w', { cause: 'refused', rate: 0, left: 0 }]]) })],
    ['records-differ', nodeOf('a', { hasSameRecords: false })],
    ['versions-differ', nodeOf('a', { version: '2' })],
    ['hot', nodeOf('a', { health: healthOf({ temp: 81 }) })],
    ['power', nodeOf('a', { health: healthOf({ throttled: 0x5_0001 }) })],
    ['memory-low', nodeOf('a', { health: healthOf({ mem: [70, 1000, 300] }) })],
    ['busy', nodeOf('a', { health: healthOf({ load: 250 }) })],
    ['hotspot-full', nodeOf('a', { health: healthOf({ clients: 3 }) })],
    ['draining', nodeOf('a', { health: healthOf({ draining: 1 }) })],
  ]
  it.each(sick)('is %s, of that node alone', (kind, node) => {
    expect(kindsOf([node, nodeOf('b')])).toEqual([`${kind} a`])
  })

  it('is no lack of power that is over', () => {
    expect(kindsOf([nodeOf('a', { health: healthOf({ throttled: 0x5_0000 }) })])).toEqual([])
  })

  it('is the one clock that most others disagree with', () => {
    const year = 31_536_000
    const say = (...offsets: number[]): Partial<NodeFacts> => ({
      health: healthOf({ links: offsets.map((offset) => [10, 0, 0, 0, offset, 0]) }),
    })
    const nodes = [
      nodeOf('a', { neighbours: ['b', 'c'], ...say(0, year) }),
      nodeOf('b', { neighbours: ['a', 'c'], ...say(1, year) }),
      nodeOf('c', { neighbours: ['a', 'b'], ...say(-year, -year) }),
    ]
    expect(kindsOf(nodes)).toEqual(['clock-wrong c'])
  })

  it('is a slow link, once, whichever end says so', () => {
    const slow = (isSlow: 0 | 1): Partial<NodeFacts> => ({
      health: healthOf({ links: [[10, 5, 0, 0, 0, isSlow]] }),
    })
    const both = [
      nodeOf('a', { neighbours: ['b'], ...slow(0) }),
      nodeOf('b', { neighbours: ['a'], ...slow(1) }),
    ]
    expect(kindsOf(both)).toEqual(['link-slow a'])
  })

  it('is a link of the last hour that is gone while both its ends are heard', () => {
    const lost = { lostLinks: [['a', 'b']] as [string, string][] }
    expect(kindsOf([nodeOf('a'), nodeOf('b')], lost)).toEqual(['link-lost a'])
    expect(kindsOf([nodeOf('a'), nodeOf('b', { silentMs: 60_000 })], lost)).toEqual(['node-lost b'])
  })
})

describe('the book of alerts', () => {
  it('raises what has held for its time, and clears it when it has been gone for its time', () => {
    const book = new AlertBook()
    const hot = { kind: 'hot', node: 'a' } as const
    const { raiseAfterSeconds, clearAfterSeconds } = alertKinds.hot
    expect(book.step([hot], 0).raised).toEqual([])
    expect(book.step([hot], raiseAfterSeconds * 1000).raised).toHaveLength(1)
    expect(book.alerts()).toMatchObject([{ kind: 'hot', sinceMs: 0 }])
    expect(book.step([], 60_000).cleared).toEqual([])
    expect(book.step([], 60_000 + clearAfterSeconds * 1000).cleared).toHaveLength(1)
    expect(book.alerts()).toEqual([])
  })

  it('starts anew when what was about to be an alert was gone in between', () => {
    const book = new AlertBook()
    const hot = { kind: 'hot', node: 'a' } as const
    book.step([hot], 0)
    book.step([], 5_000)
    expect(book.step([hot], 16_000).raised).toEqual([])
  })

  it('lets a raised one stay by the easier threshold', () => {
    const book = new AlertBook()
    const at = (temp: number): ReturnType<typeof conditionsOf> =>
      conditionsOf(factsOf([nodeOf('a', { health: healthOf({ temp }) })]), book)
    expect([...at(77)]).toEqual([])
    book.step(at(80), 0)
    book.step(at(80), 20_000)
    expect(book.isRaised('hot', 'a')).toBe(true)
    expect([...at(77)]).toMatchObject([{ kind: 'hot' }])
    expect([...at(74)]).toEqual([])
  })

  it('stays bounded whatever comes', () => {
    const book = new AlertBook()
    const many = Array.from(
      { length: 2 * healthLimits.alerts },
      (_, i) => ({ kind: 'stranger', node: `${i}` }) as const,
    )
    book.step(many, 0)
    expect(book.alerts()).toHaveLength(healthLimits.alerts)
  })
})

describe('what is seen over time', () => {
  it('takes a counter for news only when it rises after it was first heard', () => {
    const rises = new Rises()
    expect(rises.sample('a', 7, 0)).toBe(Infinity)
    expect(rises.sample('a', 7, 1000)).toBe(Infinity)
    expect(rises.sample('a', 8, 2000)).toBe(0)
    expect(rises.sample('a', 8, 5000)).toBe(3000)
    expect(rises.sample('a', 0, 70_000)).toBe(68_000)
    expect(rises.sample('a', 1, 71_000)).toBe(0)
  })

  it('remembers a link for an hour', () => {
    const links = new LinkMemory()
    expect(links.step([['b', 'a']], 0)).toEqual([])
    expect(links.step([], 1000)).toEqual([['a', 'b']])
    expect(links.step([['a', 'b']], 2000)).toEqual([])
    expect(links.step([], 3_700_000)).toEqual([])
  })

  it('calls a link slow that brings little for five seconds while it is asked for more, and no idle one', () => {
    const link = new SlowLink()
    const second = { isBusy: false, inKiBps: 0, outKiBps: 0, rttMs: 3 }
    for (let i = 0; i < 60; i += 1) expect(link.step(second)).toBe(false)
    const starved = { ...second, isBusy: true, inKiBps: 120 }
    for (let i = 0; i < 4; i += 1) expect(link.step(starved)).toBe(false)
    expect(link.step(starved)).toBe(true)
    for (let i = 0; i < 9; i += 1) expect(link.step(second)).toBe(true)
    expect(link.step(second)).toBe(false)
  })

  it('raises nothing in thirty quiet minutes, in which figures wander as they do', () => {
    const book = new AlertBook()
    const links = new LinkMemory()
    let random = 7
    const next = (below: number): number => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
      return random % below
    }
    const ids = Array.from({ length: 8 }, (_, i) => `n${i}`)
    const heardAt = new Map(ids.map((id) => [id, 0]))
    const raised: unknown[] = []
    for (let s = 1; s <= 30 * 60; s += 1) {
      const nodes = ids.map((id) => {
        // A status every five seconds, of which one in eight is lost on the way.
        if ((s + Number(id.slice(1))) % 5 === 0 && next(8) > 0) heardAt.set(id, s)
        const silentMs = Math.min(14_000, (s - (heardAt.get(id) ?? 0)) * 1000 + next(900))
        const neighbours = ids.filter((other) => other !== id)
        return nodeOf(id, {
          silentMs,
          neighbours,
          health: healthOf({
            temp: 55 + next(20),
            load: next(100) < 5 ? 260 : 40 + next(80),
            mem: [300 + next(300), 1000, 140],
            links: neighbours.map(() => [20 + next(400), next(2000), next(2000), next(2), next(5) - 2, 0]),
          }),
          hasSameRecords: next(30) > 0,
        })
      })
      const pairs = nodes.flatMap(({ id, neighbours }) =>
        neighbours.map((other) => [id, other] as [string, string]),
      )
      const facts = factsOf(nodes, { upMs: s * 1000, lostLinks: links.step(pairs, s * 1000) })
      raised.push(...book.step(conditionsOf(facts, book), s * 1000).raised)
    }
    expect(raised).toEqual([])
  })
})
