import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paceLimits, ReadPace } from '../../../node/mesh/read-pace.ts'

const { restMs, swiftBytesPerMs } = paceLimits

/** How often a reader reads what comes at a steady rate within a second, each packet or two when it does not rest. */
function readsInASecond(bytesPerMs: number): number {
  const pace = new ReadPace()
  let nowMs = 0
  let unread = 0
  let reads = 0
  while (nowMs < 1000) {
    pace.came(unread)
    reads += 1
    const ms = pace.isToRest(nowMs) ? restMs : 1448 / bytesPerMs
    unread = bytesPerMs * ms
    nowMs += ms
  }
  return reads
}

describe('how often a socket is read', () => {
  it('is a few hundred times a second on any link of a venue, however fast packets come', () => {
    const rates = fc.double({ min: 10, max: swiftBytesPerMs * 0.9, noNaN: true })
    fc.assert(
      fc.property(rates, (rate) => {
        expect(readsInASecond(rate)).toBeLessThanOrEqual(1000 / restMs + 1)
      }),
    )
  })

  it('is as often as there is something where it comes so fast that the buffers would fill', () => {
    expect(readsInASecond(swiftBytesPerMs * 2)).toBeGreaterThan(10_000)
  })

  it('rests once after a pause, and sees by what has gathered then that it is fast', () => {
    const pace = new ReadPace()
    pace.came(1448)
    expect(pace.isToRest(60_000)).toBe(true)
    pace.came(swiftBytesPerMs * restMs)
    expect(pace.isToRest(60_000 + restMs)).toBe(false)
  })
})
