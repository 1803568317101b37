import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, inLanguage, parseRoute, samePage } from '../../exhibit-ui/model/route.ts'
import type { Route } from '../../exhibit-ui/model/route.ts'
import {
  choiceText,
  choose,
  mediumIds,
  parseChoice,
  searchAddress,
  trackIds,
} from '../../exhibit-ui/model/works-query.ts'
import type { WorksChoice } from '../../exhibit-ui/model/works-query.ts'
import { media, trackIds as formatTrackIds } from '../../artworks/format/records.ts'
import { houseArtist } from './fixture-data.ts'

const language = fc.constantFrom('nl' as const, 'en' as const)
const track = fc.option(fc.constantFrom(...trackIds), { nil: undefined })
const part = fc
  .string({ minLength: 1, maxLength: 40 })
  .filter((text) => text.isWellFormed() && !/^\.+$/.test(text))
const words = fc
  .string({ minLength: 1, maxLength: 60 })
  .filter((text) => text.isWellFormed() && /\S/.test(text))
const choices: fc.Arbitrary<WorksChoice> = fc.record(
  {
    q: words,
    track: fc.constantFrom(...trackIds),
    medium: fc.constantFrom(...mediumIds),
    artist: fc.constant(houseArtist),
    venue: words,
    language: fc.constantFrom('nl', 'en', 'fy'),
    number: fc.integer({ min: 2, max: 10_000 }),
  },
  { requiredKeys: [] },
)
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc
    .record({ page: fc.constant('welcome' as const), language, track })
    .map(({ track, ...rest }) => (track === undefined ? rest : { ...rest, track })),
  fc
    .record({ page: fc.constant('works' as const), language, choice: choices })
    .map(({ choice, ...rest }) => (Object.keys(choice).length === 0 ? rest : { ...rest, choice })),
  fc.record({ page: fc.constant('artist' as const), language, artist: part }),
  fc.record({ page: fc.constant('work' as const), language, artist: part, slug: part }),
  fc.record({ page: fc.constantFrom('mesh' as const, 'about' as const), language }),
  fc.record({ page: fc.constant('mesh' as const), language, work: fc.record({ artist: part, slug: part }) }),
)

const parsed = (address: string): Route => {
  const url = new URL(address, 'http://node')
  return parseRoute(url.pathname, url.search)
}

describe('addresses of the gallery', () => {
  it('lead back to the place they were made of', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parsed(addressOf(route))).toEqual(route)
      }),
    )
  })

  it('keep the place when the language changes', () => {
    fc.assert(
      fc.property(routes, language, (route, other) => {
        expect(parsed(addressOf(inLanguage(route, other)))).toEqual({ ...route, language: other })
      }),
    )
    expect(addressOf(inLanguage(parseRoute('/nl/nergens/heen'), 'en'))).toBe('/en/nergens/heen')
  })

  it('stay readable: a did keeps its colons', () => {
    const route: Route = { page: 'work', language: 'nl', artist: 'did:key:z6Mk', slug: 'peil' }
    expect(addressOf(route)).toBe('/nl/works/did:key:z6Mk/peil')
  })

  it('never fail, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (path, search) => void parseRoute(`/${path}`, search)))
    expect(parseRoute('/nl/works/%E0%A4%A/x').page).toBe('unknown')
    expect(parseRoute('/fr/works').page).toBe('unknown')
    expect(parseRoute('/nl/works', '?track=elders')).toEqual({ page: 'works', language: 'nl' })
  })

  it('tell a filter from a new page', () => {
    expect(samePage(parseRoute('/nl/works'), parseRoute('/nl/works', '?track=public-ai'))).toBe(true)
    expect(samePage(parseRoute('/nl/works'), parseRoute('/nl/works', '?page=2'))).toBe(false)
    expect(samePage(parseRoute('/nl/works/a/b'), parseRoute('/nl/works/a/c'))).toBe(false)
  })

  it('know the tracks that the format knows', () => {
    expect(trackIds).toEqual(formatTrackIds)
    expect([...mediumIds].sort()).toEqual([...media].sort())
  })

  it('say a choice of works, one thing changed at a time, always from its first page', () => {
    fc.assert(
      fc.property(choices, fc.constantFrom(...mediumIds), (choice, medium) => {
        const chosen = choose(choice, 'medium', medium)
        const { number: _number, ...rest } = choice
        expect(chosen).toEqual({ ...rest, medium })
        const { medium: _medium, ...without } = rest
        expect(choose(chosen, 'medium', '')).toEqual(without)
        expect(parseChoice(choiceText(choice))).toEqual(choice)
      }),
    )
    expect(searchAddress({ q: 'weer', number: 3 })).toBe('/api/v1/search?q=weer&from=120&limit=60')
    expect(parseChoice('?artist=ik&medium=geur&page=0&language=Nederlands')).toEqual({})
  })
})
