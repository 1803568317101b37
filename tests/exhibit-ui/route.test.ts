import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, inLanguage, parseRoute, samePage, trackIds } from '../../exhibit-ui/model/route.ts'
import type { Route } from '../../exhibit-ui/model/route.ts'
import { trackIds as formatTrackIds } from '../../artworks/format/records.ts'

const language = fc.constantFrom('nl' as const, 'en' as const)
const track = fc.option(fc.constantFrom(...trackIds), { nil: undefined })
const part = fc
  .string({ minLength: 1, maxLength: 40 })
  .filter((text) => text.isWellFormed() && !/^\.+$/.test(text))
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc
    .record({ page: fc.constantFrom('welcome' as const, 'works' as const), language, track })
    .map(({ track, ...rest }) => (track === undefined ? rest : { ...rest, track })),
  fc.record({ page: fc.constant('work' as const), language, artist: part, slug: part }),
  fc.record({ page: fc.constantFrom('mesh' as const, 'about' as const), language }),
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
    expect(samePage(parseRoute('/nl/works/a/b'), parseRoute('/nl/works/a/c'))).toBe(false)
  })

  it('know the tracks that the format knows', () => {
    expect(trackIds).toEqual(formatTrackIds)
  })
})
