import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capacityOf, rates, visit } from '../../firmware-config/capacity/capacity.ts'
import type { Capacity } from '../../firmware-config/capacity/capacity.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'
import { draftOf, venueNames } from './venues.ts'
import type { Draft } from './venues.ts'

const GIBIBYTE = 1024 ** 3

function capacity(name: string, bytes = GIBIBYTE, change: (draft: Draft) => void = () => {}): Capacity {
  const draft = draftOf(name)
  change(draft)
  const parsed = parseVenue(draft)
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues))
  return capacityOf(parsed.venue, bytes)
}

describe('what a venue can carry', () => {
  it('is, for the radio of a Raspberry Pi, ten phones and fifty visitors an hour, as the guide shows', () => {
    const { nodes } = capacity('nemo', 4 * GIBIBYTE)
    expect(nodes[0]).toMatchObject({ phones: 10, videosAtOnce: 6, visitorsPerHour: 50, limitedBy: 'radio' })
    expect(nodes[0]?.minutesToFill).toBeCloseTo((4 * GIBIBYTE * 8) / 50e6 / 60, 5)
    const guide = readFileSync(resolve(import.meta.dirname, '../../docs/technicians.md'), 'utf8')
    expect(guide).toMatch(/^entrance +10 +6 +50 +what its radio carries +12$/m)
    expect(guide).toContain(`${visit.megabytes} MB`)
  })

  it.each(venueNames)('never promises more than radio and rate allow: %s', (name) => {
    for (const node of capacity(name).nodes) {
      expect(node.visitorsPerHour * visit.minutes).toBeLessThanOrEqual(node.phones * 60)
      expect(node.visitorsPerHour * visit.megabytes * 8).toBeLessThanOrEqual(node.hotspotMbit * 3600)
      expect(node.videosAtOnce * rates.video).toBeLessThanOrEqual(node.hotspotMbit)
      expect(node.videosAtOnce).toBeLessThanOrEqual(node.phones)
    }
  })

  it('is the sum of its nodes', () => {
    const { nodes, phones, visitorsPerHour } = capacity('oba')
    expect(phones).toBe(nodes.reduce((all, node) => all + node.phones, 0))
    expect(visitorsPerHour).toBe(nodes.reduce((all, node) => all + node.visitorsPerHour, 0))
  })

  it('takes twice as long to fill for twice the works, and no longer by wire than by radio', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), (mebibytes) => {
        const bytes = mebibytes * 1024 * 1024
        const once = capacity('nemo', bytes).minutesToFillAll
        expect(capacity('nemo', 2 * bytes).minutesToFillAll).toBeCloseTo(2 * once, 6)
        const wired = capacity('nemo', bytes, (draft) => {
          draft.mesh = { wire: true }
          for (const node of draft.nodes) delete node.meshRadio
        })
        expect(wired.minutesToFillAll).toBeLessThan(once)
      }),
      { numRuns: 20 },
    )
  })
})
