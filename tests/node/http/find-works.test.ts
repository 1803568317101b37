import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { media, trackIds } from '../../../artworks/format/records.ts'
import type { WorksQuery } from '../../../node/http/contracts/search.ts'
import { findWorks, foldText } from '../../../node/http/views/find-works.ts'
import type { FindableWork } from '../../../node/http/views/find-works.ts'

const artists = ['did:key:z6MkA', 'did:key:z6MkB', 'did:key:z6MkC']
const texts = ['Het wéér van morgen', 'Zeven stemmen', 'the weather', '']
const work = fc
  .record({
    artist: fc.constantFrom(...artists),
    track: fc.constantFrom(...trackIds),
    medium: fc.constantFrom(...media),
    languages: fc.uniqueArray(fc.constantFrom('nl', 'en', 'fy'), { minLength: 1 }),
    venue: fc.option(fc.constantFrom('n-oba', 'n-waag'), { nil: null }),
    text: fc.constantFrom(...texts),
  })
  .map(({ text, ...rest }): FindableWork => ({ ...rest, maker: 'M', text: () => foldText(text) }))
const query: fc.Arbitrary<WorksQuery> = fc.record(
  {
    q: fc.constantFrom('weer', 'WÉÉR morgen', 'zeven', 'niets hiervan', ' '),
    track: fc.constantFrom(...trackIds),
    medium: fc.constantFrom(...media),
    artist: fc.constantFrom(...artists),
    venue: fc.constantFrom('n-oba', 'n-waag'),
    language: fc.constantFrom('nl', 'en', 'fy'),
  },
  { requiredKeys: [] },
)

describe('finding works', () => {
  test('keeps the order, and every choice says how many it will lead to', () => {
    fc.assert(
      fc.property(fc.array(work, { maxLength: 40 }), query, (works, asked) => {
        const { found, choices } = findWorks(works, asked)
        expect(found).toEqual(works.filter((one) => found.includes(one)))
        const count = (more: WorksQuery): number => findWorks(works, { ...asked, ...more }).found.length
        for (const id of trackIds) expect(choices.track[id] ?? 0).toBe(count({ track: id }))
        for (const id of media) expect(choices.medium[id] ?? 0).toBe(count({ medium: id }))
        for (const tag of ['nl', 'en']) expect(choices.language[tag] ?? 0).toBe(count({ language: tag }))
        for (const { id, works: led } of choices.venue) expect(led).toBe(count({ venue: id }))
        for (const { did, works: led } of choices.artist) expect(led).toBe(count({ artist: did }))
      }),
    )
  })

  test('minds neither accents nor capitals, finds inside words, and wants every word', () => {
    const one: FindableWork = {
      artist: 'did:key:z6MkA',
      maker: 'Zoë',
      track: 'public-ai',
      medium: 'image',
      languages: ['nl'],
      venue: null,
      text: () => foldText('Het Weerbericht, door Zoë Brouwér'),
    }
    const finds = (q: string): boolean => findWorks([one], { q }).found.length === 1
    expect(['zoe', 'BROUWER weer', 'bericht', 'zoë'].map(finds)).toEqual([true, true, true, true])
    expect(finds('zoe storm')).toBe(false)
  })
})
