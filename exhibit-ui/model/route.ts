import type { TrackId } from '../../node/http/contract.ts'
import { languages } from './language.ts'
import type { Language } from './language.ts'

/** A place in the gallery. Everything that a visitor can share or come back to is in here, and nothing else is kept. */
export type Route =
  | { page: 'welcome'; language: Language; track?: TrackId }
  | { page: 'works'; language: Language; track?: TrackId }
  | { page: 'work'; language: Language; artist: string; slug: string }
  | { page: 'mesh'; language: Language }
  | { page: 'about'; language: Language }
  | { page: 'unknown'; language: Language; path: string }

/** In the order they are shown. The format has the same list, but importing it would bring its schemas along. */
export const trackIds: readonly TrackId[] = [
  'public-ai',
  'next-socials',
  'digital-autonomy',
  'decentralised-web',
]

const isTrack = (value: string | null): value is TrackId => trackIds.some((track) => track === value)
const isLanguage = (value: string | undefined): value is Language =>
  languages.some((language) => language === value)

/** The place an address names. Never fails: an address that names nothing is the page `unknown`. */
export function parseRoute(pathname: string, search = '', fallback: Language = 'nl'): Route {
  const parts = pathname.split('/').filter((part) => part !== '')
  const [first, second, ...rest] = parts
  if (first !== undefined && !isLanguage(first))
    return { page: 'unknown', language: fallback, path: pathname }
  const language = first ?? fallback
  const wanted = new URLSearchParams(search).get('track')
  const track = isTrack(wanted) ? { track: wanted } : {}
  if (second === undefined) return { page: 'welcome', language, ...track }
  if (second === 'works' && rest.length === 0) return { page: 'works', language, ...track }
  if (second === 'works' && rest.length === 2) {
    const artist = decode(rest[0])
    const slug = decode(rest[1])
    if (artist !== '' && slug !== '') return { page: 'work', language, artist, slug }
  }
  if (second === 'mesh' && rest.length === 0) return { page: 'mesh', language }
  if (second === 'about' && rest.length === 0) return { page: 'about', language }
  return { page: 'unknown', language, path: pathname }
}

export function addressOf(route: Route): string {
  const base = `/${route.language}/`
  switch (route.page) {
    case 'welcome':
      return base + query(route.track)
    case 'works':
      return `${base}works${query(route.track)}`
    case 'work':
      return `${base}works/${segment(route.artist)}/${segment(route.slug)}`
    case 'mesh':
      return `${base}mesh`
    case 'about':
      return `${base}about`
    case 'unknown':
      // The path may start with the other language; leave that off, so that switching keeps the rest.
      return base + route.path.replace(/^\/(nl|en)(?=\/|$)/, '').replace(/^\/+/, '')
  }
}

/** The same place in another language. */
export function inLanguage(route: Route, language: Language): Route {
  return { ...route, language }
}

/** Whether two addresses show the same page, so that going from one to the other is no new page to read out. */
export function samePage(a: Route, b: Route): boolean {
  if (a.page !== b.page || a.language !== b.language) return false
  if (a.page === 'work' && b.page === 'work') return a.artist === b.artist && a.slug === b.slug
  return true
}

const query = (track: TrackId | undefined): string => (track === undefined ? '' : `?track=${track}`)

/** A did keeps its colons: they are allowed in a path, and a person can then read the address. */
const segment = (value: string): string => encodeURIComponent(value).replaceAll('%3A', ':')

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    // A stray % in an address that somebody typed: such a work does not exist.
    return ''
  }
}
