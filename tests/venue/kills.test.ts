import { describe, expect, it, onTestFinished } from 'vitest'
import { KillSoak } from './support/kill-soak.ts'
import { Venue } from './support/venue.ts'

const MIB = 1024 * 1024

describe('nodes that lose power at random, under load', () => {
  // The short form of `npm run soak`.
  it('serve no damaged byte, and all hold everything in the end', { timeout: 300_000 }, async () => {
    const venue = new Venue()
    onTestFinished(() => venue.close())
    const soak = new KillSoak(venue, { seed: 3, nodes: 3, kills: 8, works: 4, workBytes: 6 * MIB })
    const result = await soak.run()
    expect(result.damaged).toEqual([])
    expect(result.served).toBeGreaterThanOrEqual(3 * 4)
  })
})
