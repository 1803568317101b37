import fc from 'fast-check'
import { expect, it } from 'vitest'
import { windowLimits } from '../../../node/replication/request-window.ts'
import { Swarm } from '../../../node/replication/swarm.ts'
import type { SwarmAction } from '../../../node/replication/swarm-action.ts'

const MIB = 1024 * 1024

function whoIsAsked(actions: readonly SwarmAction[] | null): string[] {
  return (actions ?? []).flatMap((action) => (action.do === 'cancel' ? [] : [action.neighbour])).toSorted()
}

it('asks whoever is reached better over the radio, and the other one when there is more than one can bring', () => {
  const quality = fc.double({ min: 0.02, max: 0.9, noNaN: true })
  fc.assert(
    fc.property(quality, fc.boolean(), (worse, isFarFirst) => {
      const wanted = [{ cid: 'c', root: 'r', bytes: MIB }]
      const swarm = new Swarm({ wanted: () => [wanted], random: () => 0.5 })
      for (const id of isFarFirst ? ['far', 'near'] : ['near', 'far']) {
        swarm.connect(id, 0)
        swarm.measured(id, { rttMs: 2, quality: id === 'far' ? worse : 1 })
      }
      swarm.haves('far', ['r'], [], 0)
      swarm.drop(() => false)
      expect(whoIsAsked(swarm.haves('near', ['r'], [], 1))).toEqual(['near'])
      for (let at = 0; at < windowLimits.leastBytes * 2; at += MIB)
        wanted.push({ cid: `c${at}`, root: 'r', bytes: MIB })
      expect(whoIsAsked(swarm.tick(2))).toEqual(['far', 'near'])
    }),
  )
})
