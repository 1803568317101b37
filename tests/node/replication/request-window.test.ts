import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RequestWindow, windowLimits } from '../../../node/replication/request-window.ts'

const MIB = 1024 * 1024
const RTT_MS = 1

describe('the window of requests', () => {
  it('grows for a neighbour that answers at once, with pauses between that say nothing of it', () => {
    const window = new RequestWindow()
    let nowMs = 0
    // Two chunks within 8 ms, then nothing is asked for until the next plan, 25 ms after the last one.
    for (let round = 0; round < 30; round++) {
      window.begin(nowMs)
      window.came(MIB, nowMs + 4)
      window.came(MIB, nowMs + 8)
      nowMs += 25
    }
    expect(window.bytesPerMs).toBeCloseTo(MIB / 4, -3)
    expect(window.bytes(RTT_MS)).toBe(windowLimits.mostBytes)
  })

  it('measures what comes while something is asked for, however it is split up', () => {
    const bursts = fc.array(fc.record({ pauseMs: fc.nat(5_000), chunks: fc.integer({ min: 1, max: 20 }) }), {
      minLength: 60,
      maxLength: 100,
    })
    fc.assert(
      fc.property(bursts, fc.integer({ min: 1, max: 200 }), (all, msPerChunk) => {
        const window = new RequestWindow()
        let nowMs = 0
        for (const { pauseMs, chunks } of all) {
          nowMs += pauseMs
          window.begin(nowMs)
          for (let i = 0; i < chunks; i++) {
            nowMs += msPerChunk
            window.came(256 * 1024, nowMs)
          }
        }
        expect(window.bytesPerMs * msPerChunk).toBeCloseTo(256 * 1024, 3)
      }),
      { examples: [[Array.from({ length: 120 }, () => ({ pauseMs: 25, chunks: 2 })), 1]] },
    )
  })

  it('is never smaller than two chunks, nor larger than its bound', () => {
    const window = new RequestWindow()
    expect(window.bytes(RTT_MS)).toBe(windowLimits.leastBytes)
    window.begin(0)
    window.came(1024 * MIB, 100)
    expect(window.bytes(60_000)).toBe(windowLimits.mostBytes)
  })
})
