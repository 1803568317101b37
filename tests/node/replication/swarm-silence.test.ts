import { describe, expect, it } from 'vitest'
import { Swarm, swarmLimits } from '../../../node/replication/swarm.ts'

const MIB = 1024 * 1024
const asksAgain = { do: 'want', neighbour: 'a', cids: ['c0'] }

describe('the swarm', () => {
  it('leaves a neighbour that never answers alone for longer and longer, until it delivers', () => {
    const swarm = new Swarm({ wanted: () => [[{ cid: 'c0', root: 'r', bytes: MIB }]], random: () => 0.5 })
    swarm.connect('a', 0)
    swarm.haves('a', ['r'], [], 0)
    const { stallMs, restMs, mostRestMs } = swarmLimits
    expect(swarm.owing(stallMs - 1, stallMs)).toEqual([])
    let now = 0
    for (const rest of [restMs, 2 * restMs, mostRestMs, mostRestMs]) {
      now += stallMs
      expect(swarm.owing(now, stallMs)).toEqual(['a'])
      expect(swarm.tick(now).map(({ do: how }) => how)).toEqual(['cancel'])
      expect(swarm.owing(now + rest - 1, 0)).toEqual([])
      expect(swarm.tick(now + rest - 1)).toEqual([])
      now += rest
      expect(swarm.tick(now)).toEqual([asksAgain])
    }
    swarm.received('a', 'c0', now, MIB)
    swarm.plan(now)
    now += stallMs
    expect(swarm.tick(now).map(({ do: how }) => how)).toEqual(['cancel'])
    expect(swarm.tick(now + restMs)).toEqual([asksAgain])
  })
})
