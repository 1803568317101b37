import { describe, expect, it } from 'vitest'
import type { WantedChunk } from '../../../node/replication/fetch-planner.ts'
import { Swarm, swarmLimits } from '../../../node/replication/swarm.ts'
import type { SwarmAction } from '../../../node/replication/swarm.ts'

const chunks = (n: number): WantedChunk[] =>
  Array.from({ length: n }, (_, i) => ({ cid: `c${i}`, root: 'r', bytes: 1024 * 1024 }))

function asked(actions: readonly SwarmAction[] | null): Record<string, readonly string[]> {
  return Object.fromEntries((actions ?? []).map(({ neighbour, cids }) => [neighbour, cids]))
}

describe('what somebody waits for', () => {
  const urgent = { cid: 'u', root: 'r', bytes: 10, hops: 3, via: ['near', 'far'] }

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
      swarm.measured(id, id === 'slow' ? 90 : 2)
      swarm.haves(id, ['r'], [], 0)
    }
    waitedFor = [urgent]
    expect(swarm.tick(1)).toEqual([{ do: 'seek', neighbour: 'quick', cids: ['u'], root: 'r', hops: 3 }])
  })

  it('is asked along the ways, and along another when one came to nothing', () => {
    const swarm = swarmWith(() => [urgent])
    swarm.connect('near', 0)
    expect(swarm.connect('far', 0)).toEqual([])
    expect(swarm.isAwaited('near', 'u')).toBe(true)
    const next = swarm.gone('near', 'u', 10)
    expect(next).toEqual([{ do: 'seek', neighbour: 'far', cids: ['u'], root: 'r', hops: 3 }])
    expect(swarm.gone('far', 'u', 20)).toEqual([])
    expect(asked(swarm.tick(6_000))).toEqual({ near: ['u'] })
  })

  it('is asked of holders only when nobody may pass it on', () => {
    const swarm = swarmWith(() => [{ ...urgent, hops: 0 }])
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
