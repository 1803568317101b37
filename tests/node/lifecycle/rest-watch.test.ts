import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { restLimits, RestWatch } from '../../../node/lifecycle/rest-watch.ts'

const MIB = 1024 * 1024
const { lookEveryMs, restMs, gapMs, grownBytes } = restLimits
const LOOKS_UNTIL_REST = restMs / lookEveryMs

/** Looks at a process every few seconds; `collect` sets its memory to what is left. */
function watched() {
  const watch = new RestWatch()
  const process = { residentBytes: 150 * MIB, leavesBytes: 120 * MIB, nowMs: 0, collected: 0 }
  const look = (busyShare = 0.01, times = 1): number => {
    const before = process.collected
    for (let i = 0; i < times; i++) {
      process.nowMs += lookEveryMs
      const { nowMs, residentBytes } = process
      if (!watch.look({ nowMs, busyShare, residentBytes })) continue
      process.collected += 1
      process.residentBytes = Math.min(residentBytes, process.leavesBytes)
    }
    return process.collected - before
  }
  return { process, look }
}

describe('RestWatch', () => {
  it('collects once after the start, and not again while nothing is added', () => {
    const { process, look } = watched()
    expect(look(0.01, LOOKS_UNTIL_REST)).toBe(0)
    expect(look()).toBe(1)
    expect(look(0.05, 1000)).toBe(0)
    expect(process.residentBytes).toBe(120 * MIB)
  })

  it('never collects while somebody waits for answers', () => {
    const { look } = watched()
    expect(look(0.9, 1000)).toBe(0)
    // A pause that is no rest.
    expect(look(0.01, LOOKS_UNTIL_REST)).toBe(0)
    expect(look(0.9, 1)).toBe(0)
    expect(look(0.01, LOOKS_UNTIL_REST)).toBe(0)
    expect(look()).toBe(1)
  })

  it('collects again after work that left something, and not after work that left nothing', () => {
    const { process, look } = watched()
    look(0.01, 100)
    look(0.9, 10)
    expect(look(0.01, 100)).toBe(0)
    process.residentBytes += grownBytes
    look(0.9, 10)
    expect(look(0.01, 100)).toBe(1)
  })

  it('gives up on what is in use', () => {
    const { process, look } = watched()
    process.leavesBytes = 1000 * MIB
    expect(look(0.01, 1000)).toBe(1)
  })

  it('collects no oftener than the gap, whatever happens', () => {
    const step = fc.record({ busyShare: fc.double({ min: 0, max: 1, noNaN: true }), mib: fc.nat(400) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const watch = new RestWatch()
        const times: number[] = []
        for (const [i, { busyShare, mib }] of steps.entries()) {
          const nowMs = i * lookEveryMs
          if (watch.look({ nowMs, busyShare, residentBytes: mib * MIB })) times.push(nowMs)
        }
        for (const [i, nowMs] of times.entries())
          if (i > 0) expect(nowMs - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(gapMs)
      }),
    )
  })
})
