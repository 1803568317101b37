import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LifeBook, markOf } from '../../../node/health/life-book.ts'
import { LifeChain } from '../../../node/health/life-chain.ts'
import { healthLimits } from '../../../node/health/limits.ts'
import { relayLinks } from '../../../node/health/relay-links.ts'
import { statusGapMs } from '../../../node/health/status-pace.ts'
import { worthTelling } from '../../../node/health/worth-telling.ts'
import { WireError } from '../../../node/wire/codec.ts'
import { decodeLife, encodeLife } from '../../../node/wire/life-messages.ts'
import type { LifeSign } from '../../../node/wire/life-messages.ts'
import { wireLimits } from '../../../node/wire/limits.ts'
import { healthOf } from './samples.ts'

const A = '0a'.repeat(5)
const B = '0b'.repeat(5)
const sealed = new Uint8Array([1, 2, 3])
const chainOf = (byte: number): LifeChain =>
  new LifeChain(new Uint8Array(wireLimits.lifeValueBytes).fill(byte))

function signOf(tag: string, chain: LifeChain, k: number): LifeSign {
  return { tag, mark: markOf(chain.anchor), k, value: chain.at(k) ?? new Uint8Array() }
}

describe('a sign of life', () => {
  it('proves once that its node lives, and is passed on to all but who told it', () => {
    const chain = chainOf(1)
    const book = new LifeBook(A)
    book.status(B, chain.anchor, sealed, 0)
    for (const link of ['one', 'other']) book.open(link, 0)
    expect(book.hear('one', [signOf(B, chain, 3)], 10)).toEqual({ alive: [B], wants: [], forged: 0 })
    expect(book.hear('other', [signOf(B, chain, 3), signOf(B, chain, 2)], 20).alive).toEqual([])
    expect(book.hear('one', [signOf(B, chain, wireLimits.lifeChain)], 30).alive).toEqual([B])
    expect(book.flush('one')).toEqual([])
    expect(book.flush('other')).toEqual([signOf(B, chain, wireLimits.lifeChain)])
    expect(book.flush('other')).toEqual([])
  })

  it('that is forged proves nothing, is counted, and is not passed on', () => {
    const chain = chainOf(1)
    const book = new LifeBook(A)
    book.status(B, chain.anchor, sealed, 0)
    book.open('one', 0)
    book.open('other', 0)
    const forged = { ...signOf(B, chain, 3), k: 4 }
    const made = { ...signOf(B, chain, 5), value: new Uint8Array(wireLimits.lifeValueBytes).fill(7) }
    expect(book.hear('one', [forged, made], 10)).toEqual({ alive: [], wants: [], forged: 2 })
    expect(book.flush('other')).toEqual([])
  })

  it('of a status that is not known here makes it asked for, of the one who told, and not again at once', () => {
    const chain = chainOf(2)
    const book = new LifeBook(A)
    book.open('one', 0)
    const sign = signOf(B, chain, 1)
    expect(book.hear('one', [sign], 0).wants).toEqual([B])
    expect(book.hear('one', [sign], 100).wants).toEqual([])
    expect(book.hear('other', [sign], 100).wants).toEqual([B])
    expect(book.hear('one', [sign], healthLimits.askAgainMs).wants).toEqual([B])
  })

  it('of the status before still counts: it may have come a long way', () => {
    const [first, second] = [chainOf(1), chainOf(2)]
    const book = new LifeBook(A)
    book.status(B, first.anchor, sealed, 0)
    book.status(B, second.anchor, sealed, 10)
    expect(book.hear('one', [signOf(B, first, 9)], 20).alive).toEqual([B])
    expect(book.hear('one', [signOf(B, second, 1)], 30).alive).toEqual([B])
  })

  it('of one’s own is no news', () => {
    const chain = chainOf(1)
    const book = new LifeBook(A)
    expect(book.hear('one', [signOf(A, chain, 1)], 0)).toEqual({ alive: [], wants: [], forged: 0 })
  })

  it('of a node that is silent is told to nobody who comes later, nor is its status given out for long', () => {
    const chain = chainOf(1)
    const book = new LifeBook(A)
    book.status(B, chain.anchor, sealed, 0)
    book.hear('one', [signOf(B, chain, 1)], 0)
    book.open('later', healthLimits.lateAfterMs)
    expect(book.flush('later')).toEqual([])
    expect(book.serve([B], healthLimits.lateAfterMs).statuses).toEqual([sealed])
    expect(book.serve([B], healthLimits.lostAfterMs).statuses).toEqual([])
  })

  it('goes over the wire and back, and what is no message is refused', () => {
    const tag = fc
      .uint8Array({ minLength: 5, maxLength: 5 })
      .map((bytes) => Buffer.from(bytes).toString('hex'))
    const sign = fc.record({
      tag,
      mark: fc.uint8Array({ minLength: 2, maxLength: 2 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      k: fc.integer({ min: 1, max: wireLimits.lifeChain }),
      value: fc.uint8Array({ minLength: wireLimits.lifeValueBytes, maxLength: wireLimits.lifeValueBytes }),
    })
    const message = fc.oneof(
      fc.record({
        t: fc.constant('signs' as const),
        keeps: fc.boolean(),
        within: fc.integer({ min: 0, max: 255 }),
        signs: fc.array(sign),
      }),
      fc.record({ t: fc.constant('want' as const), tags: fc.array(tag) }),
      fc.record({ t: fc.constant('status' as const), sealed: fc.uint8Array() }),
    )
    fc.assert(
      fc.property(message, (one) => {
        expect(decodeLife(encodeLife(one))).toEqual(one)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        try {
          expect(encodeLife(decodeLife(bytes))).toEqual(bytes)
        } catch (err) {
          expect(err).toBeInstanceOf(WireError)
        }
      }),
    )
  })
})

describe('the links that signs of life go over', () => {
  it('hold together all that is linked, and both ends agree', () => {
    const graph = fc
      .integer({ min: 2, max: 14 })
      .chain((n) =>
        fc.tuple(fc.constant(n), fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 60 })),
      )
    fc.assert(
      fc.property(graph, ([n, pairs]) => {
        const tags = Array.from({ length: n }, (_, i) => `${(i * 2_654_435_761) % 2 ** 32}`.padStart(10, '0'))
        const near = new Map(tags.map((tag) => [tag, new Set<string>()]))
        for (const [i, j] of pairs) {
          const [a = '', b = ''] = [tags[i], tags[j]]
          if (a === b) continue
          near.get(a)?.add(b)
          near.get(b)?.add(a)
        }
        const kept = new Map(
          tags.map((tag) => [tag, relayLinks(tag, [...(near.get(tag) ?? [])], (other) => near.get(other))]),
        )
        for (const [tag, links] of kept)
          for (const other of links) expect(kept.get(other)?.has(tag)).toBe(true)
        const reached = (links: ReadonlyMap<string, ReadonlySet<string>>, from: string): string[] => {
          const found = new Set([from])
          for (const tag of found) for (const other of links.get(tag) ?? []) found.add(other)
          return [...found].toSorted()
        }
        for (const tag of tags) expect(reached(kept, tag)).toEqual(reached(near, tag))
      }),
    )
  })

  it('are all, of neighbours that have not said whom they hear', () => {
    expect(relayLinks(A, [B, '0c'.repeat(5)], () => undefined).size).toBe(2)
  })
})

describe('statuses', () => {
  it('come so seldom that those of all nodes together stay within their budget, and changes at once', () => {
    expect(statusGapMs('routine', 5, 700)).toBeLessThan(16_000)
    for (const nodes of [10, 25, 50, 100]) {
      const gapMs = statusGapMs('routine', nodes, 1_300)
      if (gapMs < healthLimits.statusLastMs)
        expect((nodes * 1_300 * 2 * 1000) / gapMs).toBeLessThan(healthLimits.statusBytesPerSecond)
      expect(statusGapMs('urgent', nodes, 1_300)).toBe(healthLimits.urgentMs)
      expect(statusGapMs('progress', nodes, 1_300)).toBeLessThan(10_000)
    }
    // A chain of signs lasts longer than the longest wait.
    expect(wireLimits.lifeChain * healthLimits.signMs).toBeGreaterThan(healthLimits.statusLastMs * 1.2)
  })

  const sick: [string, Parameters<typeof healthOf>[0]][] = [
    ['a full card', { full: 1 }],
    ['a card that is nearly full', { disk: [900, 400, 256, 0] }],
    ['errors of the card', { diskErrors: 2 }],
    ['a damaged chunk', { counts: [1, 0, 0, 0] }],
    ['heat', { temp: 81 }],
    ['too little power', { throttled: 1 }],
    ['little memory', { mem: [70, 1000, 300] }],
    ['load', { load: 250 }],
    ['a full hotspot', { clients: 3 }],
    ['draining', { draining: 1 }],
    ['a slow link', { links: [[10, 5, 0, 0, 0, 1]] }],
    ['a neighbour’s wrong clock', { links: [[10, 5, 0, 0, 3600, 0]] }],
    ['a work that does not come', { lacks: [[3, 1, 0, 0]] }],
  ]
  it.each(sick)('are due at once for %s, and when it is over', (_what, extra) => {
    const well = { links: [[10, 5, 0, 0, 0, 0]] as [number, number, number, number, number, 0][] }
    expect(worthTelling(healthOf({ ...well, ...extra }))).not.toBe(worthTelling(healthOf(well)))
  })

  it('are not due for figures that wander, nor for a work that comes nearer', () => {
    const one = healthOf({ temp: 50, load: 20, lacks: [[3, 0, 400, 20]], links: [[10, 5, 9, 0, 1, 0]] })
    const other = healthOf({
      temp: 70,
      load: 90,
      lacks: [[3, 0, 900, 2]],
      links: [[90, 800, 0, 0, -2, 0]],
      up: 2,
    })
    expect(worthTelling(one)).toBe(worthTelling(other))
  })
})
