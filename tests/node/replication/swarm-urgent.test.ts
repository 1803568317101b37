import { describe, expect, it } from 'vitest'
import { farChunks, farLimits } from '../../../node/replication/far-chunks.ts'
import type { WantedChunk } from '../../../node/replication/fetch-planner.ts'
import { Swarm, swarmLimits } from '../../../node/replication/swarm.ts'
import type { SwarmAction } from '../../../node/replication/swarm-action.ts'

const chunks = (n: number): WantedChunk[] =>
  Array.from({ length: n }, (_, i) => ({ cid: `c${i}`, root: 'r', bytes: 1024 * 1024 }))

function asked(actions: readonly SwarmAction[] | null): Record<string, readonly string[]> {
  return Object.fromEntries((actions ?? []).map(({ neighbour, cids }) => [neighbour, cids]))
}

describe('what somebody waits for', () => {
  const urgent = { cid: 'u', root: 'r', bytes: 10, hops: 3, waiting: ['me'], via: ['near', 'far'] }

  function swarmWith(waitedFor: () => (typeof urgent)[], wanted: () => WantedChunk[] = () => []): Swarm {
    return new Swarm({ wanted: () => [wanted()], urgent: waitedFor, random: () => 0.5 })
  }

  it('goes to the front where it is asked for already, said once', () => {
    let waitedFor: (typeof urgent)[] = []
    const swarm = swarmWith(
      () => waitedFor,
      () => [{ cid: 'u', root: 'r', bytes: 10 }],
    )
    swarm.connect('a', 0)
    expect(asked(swarm.haves('a', ['r'], [], 0))).toEqual({ a: ['u'] })
    waitedFor = [urgent]
    expect(swarm.tick(1)).toEqual([{ do: 'first', neighbour: 'a', cids: ['u'] }])
    expect(swarm.tick(2)).toEqual([])
  })

  it('is asked of the quickest that holds it, beyond the window', () => {
    let waitedFor: (typeof urgent)[] = []
    const swarm = swarmWith(
      () => waitedFor,
      () => chunks(100),
    )
    for (const id of ['slow', 'quick']) {
      swarm.connect(id, 0)
      swarm.measured(id, { rttMs: id === 'slow' ? 90 : 2 })
      swarm.haves(id, ['r'], [], 0)
    }
    waitedFor = [urgent]
    expect(swarm.tick(1)).toEqual([
      { do: 'seek', neighbour: 'quick', cids: ['u'], root: 'r', hops: 0, waiting: ['me'] },
    ])
  })

  it('is asked along the ways, and along another when one came to nothing', () => {
    let waitedFor: (typeof urgent)[] = [urgent]
    const swarm = swarmWith(() => waitedFor)
    swarm.connect('near', 0)
    expect(swarm.connect('far', 0)).toEqual([])
    expect(swarm.isAwaited('near', 'u')).toBe(true)
    const next = swarm.gone('near', 'u', 10)
    expect(next).toEqual([{ do: 'seek', neighbour: 'far', cids: ['u'], root: 'r', hops: 3, waiting: ['me'] }])
    expect(swarm.gone('far', 'u', 20)).toEqual([])
    expect(asked(swarm.tick(6_000))).toEqual({ near: ['u'] })
    // The nearest never gets it: the other is asked, however near the nearest is, until it fails more often.
    expect(asked(swarm.gone('near', 'u', 6_010))).toEqual({ far: ['u'] })
    waitedFor = [{ ...urgent, cid: 'v' }]
    expect(swarm.received('far', 'u', 6_020, 10)).toMatchObject([{ neighbour: 'far', cids: ['v'] }])
    waitedFor = [{ ...urgent, cid: 'w' }]
    expect(swarm.gone('far', 'v', 6_030)).toMatchObject([{ neighbour: 'far', cids: ['w'] }])
  })

  it('is not fetched by one that let go of it: that one says so, and another on a way is asked', () => {
    const swarm = swarmWith(() => [urgent])
    swarm.connect('old', 0)
    expect(swarm.haves('old', ['r'], [], 0)).toEqual([
      { do: 'seek', neighbour: 'old', cids: ['u'], root: 'r', hops: 0, waiting: ['me'] },
    ])
    swarm.connect('near', 1)
    expect(swarm.gone('old', 'u', 2)).toEqual([
      { do: 'seek', neighbour: 'near', cids: ['u'], root: 'r', hops: 3, waiting: ['me'] },
    ])
  })

  it('does not keep what was to come later from coming, while it is being fetched', () => {
    let waitedFor: (typeof urgent)[] = []
    const swarm = swarmWith(
      () => waitedFor,
      () => chunks(1),
    )
    swarm.connect('near', 0)
    expect(asked(swarm.haves('near', ['r'], [], 0))).toEqual({ near: ['c0'] })
    waitedFor = [{ ...urgent, root: 'nobody has it' }]
    expect(swarm.later('near', 'c0', 1)).toMatchObject([{ do: 'seek', cids: ['u'] }])
    expect(swarm.tick(2)).toEqual([])
    expect(swarm.tick(1 + swarmLimits.insistAfterMs)).toEqual([
      { do: 'insist', neighbour: 'near', cids: ['c0'] },
    ])
  })

  it('is asked of holders only when nobody may pass it on', () => {
    const swarm = swarmWith(() => [{ ...urgent, hops: 0, waiting: ['me'] }])
    expect(swarm.connect('far', 0)).toEqual([])
    expect(asked(swarm.haves('far', ['r'], [], 0))).toEqual({ far: ['u'] })
  })

  it('does not count as a stall while others are asked for it, and is taken back when it takes too long', () => {
    const swarm = swarmWith(() => [urgent])
    swarm.connect('far', 0)
    expect(swarm.tick(swarmLimits.stallMs + 1)).toEqual([])
    const [late] = swarm.tick(swarmLimits.passedOnMs)
    expect(late).toEqual({ do: 'cancel', neighbour: 'far', cids: ['u'] })
  })
})

describe('what is to be kept here and no neighbour holds', () => {
  const chunk = (cid: string) => ({ cid, root: 'r', bytes: 10, hops: 8, waiting: ['me'], via: ['a', 'b'] })
  const many = Array.from({ length: 20 }, (_, i) => chunk(`f${i}`))

  function swarmWith(far: readonly ReturnType<typeof chunk>[], wanted: readonly WantedChunk[] = []): Swarm {
    const swarm = new Swarm({ wanted: () => [wanted], far: () => far, random: () => 0.5 })
    for (const id of ['a', 'b']) swarm.connect(id, 0)
    return swarm
  }

  it('is fetched along a way to a holder once nothing else was asked for a while', () => {
    const swarm = swarmWith([chunk('f')])
    expect(swarm.tick(farLimits.quietMs - 1)).toEqual([])
    expect(swarm.tick(farLimits.quietMs)).toEqual([
      { do: 'seek', neighbour: 'a', cids: ['f'], root: 'r', hops: 8, waiting: ['me'] },
    ])
    expect(swarm.gone('a', 'f', farLimits.quietMs + 1)).toEqual([
      { do: 'seek', neighbour: 'b', cids: ['f'], root: 'r', hops: 8, waiting: ['me'] },
    ])
    expect(swarm.received('b', 'f', farLimits.quietMs + 2, 10)).toHaveLength(1)
  })

  it('is a few chunks at a time', () => {
    const far = [...many]
    const swarm = swarmWith(far)
    expect(swarm.tick(farLimits.quietMs)).toHaveLength(farLimits.atOnce)
    expect(swarm.tick(farLimits.quietMs + 1)).toEqual([])
    far.shift()
    expect(asked(swarm.received('a', 'f0', farLimits.quietMs + 2, 10))).toEqual({
      a: [`f${farLimits.atOnce}`],
    })
  })

  it('waits while anything else is asked for', () => {
    const swarm = swarmWith([chunk('f')], [{ cid: 'w', root: 'other', bytes: 10 }])
    expect(asked(swarm.haves('a', ['other'], [], 0))).toEqual({ a: ['w'] })
    expect(swarm.tick(farLimits.quietMs + 1)).toEqual([])
  })

  it('is left to the ordinary way as soon as a neighbour holds it', () => {
    const swarm = swarmWith([chunk('f')], [chunk('f')])
    expect(swarm.haves('b', [], ['f'], farLimits.quietMs)).toEqual([
      { do: 'want', neighbour: 'b', cids: ['f'] },
    ])
  })

  it('is asked again of one that stalled, once it has rested, where it is the only way', () => {
    const far: ReturnType<typeof chunk>[] = []
    const wanted = [{ cid: 'w', root: 'other', bytes: 10 }]
    const swarm = new Swarm({ wanted: () => [wanted], far: () => far, random: () => 0.5 })
    swarm.connect('a', 0)
    expect(asked(swarm.haves('a', ['other'], [], 0))).toEqual({ a: ['w'] })
    const { stallMs, restMs } = swarmLimits
    expect(swarm.tick(stallMs)).toEqual([{ do: 'cancel', neighbour: 'a', cids: ['w'] }])
    wanted.pop()
    far.push(chunk('f'))
    expect(swarm.tick(stallMs + restMs - 1)).toEqual([])
    expect(swarm.tick(stallMs + restMs)).toMatchObject([{ do: 'seek', neighbour: 'a', cids: ['f'] }])
  })

  it('is some works each time, so that one that cannot be had does not keep others waiting', () => {
    const works = Array.from({ length: 40 }, (_, i) => ({ root: `w${i}`, size: 1, missing: () => [`c${i}`] }))
    const roots = (start: number): string[] =>
      [
        ...farChunks(
          works,
          { waysTo: (root) => (root === 'w39' ? [] : ['a']), hops: 8, self: 'me' },
          () => start,
        ),
      ].map(({ root }) => root)
    expect(roots(0)).toEqual(Array.from({ length: farLimits.works }, (_, i) => `w${i}`))
    expect(roots(0.95)).toEqual(['w38', ...Array.from({ length: 14 }, (_, i) => `w${i}`)])
  })
})
