import assert from 'node:assert/strict'
import { inTime } from '../in-time.ts'
import { canReach, nextHop, securedPeers } from '../mesh-state.ts'
import { patience } from '../patience.ts'
import type { RadioVenue } from '../radio-venue.ts'

/** Entrance and laboratory come within earshot, and lose each other again: packets take the way that is there. */
export async function reroutes(venue: RadioVenue): Promise<void> {
  const { entrance, staircase, laboratory, say } = venue
  const goes = (by: string, mac: string): Promise<void> =>
    inTime(
      `from the entrance to the laboratory ${by}`,
      () => assert.equal(nextHop(entrance, laboratory), mac),
      patience.meshMs,
    )
  venue.hear(entrance, laboratory)
  await inTime(
    'entrance and laboratory join each other',
    () => assert.ok(securedPeers(entrance.namespace).includes(laboratory.meshMac)),
    patience.radioMs,
  )
  await goes('at once', laboratory.meshMac)
  assert.ok(canReach(entrance, laboratory))
  say('a new link is used')
  venue.hear(entrance, laboratory, false)
  const cut = performance.now()
  await inTime('packets arrive again', () => assert.ok(canReach(entrance, laboratory)), patience.meshMs)
  const gap = (performance.now() - cut) / 1000
  await goes('over the staircase', staircase.meshMac)
  say(`the link that was used is cut: ${gap.toFixed(1)} s later packets go over the staircase`)
}
