import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TokenBuckets } from '../../../node/replication/token-buckets.ts'

it('lets each have its burst and its rate, and never more', () => {
  const waits = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(
      waits,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      (steps, burst, perSecond) => {
        const buckets = new TokenBuckets({ burst, perSecond })
        let nowMs = 0
        let taken = 0
        for (const step of steps) {
          nowMs += step
          if (buckets.take('a', nowMs)) taken += 1
        }
        expect(taken).toBeLessThanOrEqual(burst + (nowMs / 1000) * perSecond + 1e-6)
        expect(taken).toBeGreaterThanOrEqual(Math.min(steps.length, burst))
        // Another one has its own.
        expect(buckets.take('b', nowMs)).toBe(true)
      },
    ),
  )
})
