import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstLight, lightLimits, nextLight } from '../../../node/lifecycle/light-state.ts'
import type { Light, LightFacts } from '../../../node/lifecycle/light-state.ts'

const whole: LightFacts = { neighbours: 2, works: { complete: 4, total: 4 }, diskFull: false, nowMs: 0 }
const facts = fc.record({
  neighbours: fc.nat(3),
  works: fc.record({ complete: fc.nat(3), total: fc.nat(3) }),
  diskFull: fc.boolean(),
})

/** Facts half a second apart. */
function after(...all: Omit<LightFacts, 'nowMs'>[]): Light {
  return all.reduce<Light>((light, one, i) => nextLight(light, { ...one, nowMs: i * 500 }), firstLight)
}

describe('the status light', () => {
  it('says booting until it is told anything, and alone without neighbours', () => {
    expect(firstLight.state).toBe('booting')
    expect(after({ ...whole, neighbours: 0 }).state).toBe('alone')
  })

  it('says replicating while works come, and in the mesh once they have been whole for a moment', () => {
    const coming = { ...whole, works: { complete: 3, total: 4 } }
    expect(after(coming).state).toBe('replicating')
    // One work is here, the next is not known yet: no flicker.
    expect(after(coming, whole, coming, whole).state).toBe('replicating')
    const settled = Array.from({ length: lightLimits.settleMs / 500 + 1 }, () => whole)
    expect(after(coming, ...settled).state).toBe('in-mesh')
    expect(after(coming, ...settled, coming).state).toBe('replicating')
  })

  it('says in the mesh at once when a node that holds everything meets a neighbour', () => {
    expect(after({ ...whole, neighbours: 0 }, whole).state).toBe('in-mesh')
  })

  it('says fault for a full disk, whatever else is true, and goes on when there is room', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 20 }), (past) => {
        const full = after(...past, { ...whole, diskFull: true })
        expect(full.state).toBe('fault')
        expect(nextLight(full, { ...whole, neighbours: 0, nowMs: 1e6 }).state).toBe('alone')
      }),
    )
  })

  it('never says that all is well while something is missing or nobody is near', () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 20 }), (all) => {
        const last = all.at(-1)
        const { state } = after(...all)
        if (state !== 'in-mesh' || last === undefined) return
        expect(last.neighbours).toBeGreaterThan(0)
        expect(last.works.complete).toBeGreaterThanOrEqual(last.works.total)
      }),
    )
  })
})
