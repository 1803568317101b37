import type { TrackId } from '../../node/http/contract.ts'
import { languages } from './language.ts'
import type { Language } from './language.ts'
import { choiceText, parseChoice } from './works-query.ts'
import type { WorksChoice } from './works-query.ts'

/** A place in the gallery. Everything that a visitor can share or come back to is in here, and nothing else is kept. */
export type Route =
  | { page: 'welcome'; language: Language; track?: TrackId }
  | { page: 'works'; language: Language; choice?: WorksChoice }
  | { page: 'work'; language: Language; artist: string; slug: string }
  | { page: 'artist'; language: Language; artist: string; number?: number }
  | { page: 'mesh'; language: Language; work?: { artist: string; slug: string } }
  | { page: 'about'; language: Language }
  | { page: 'decisions'; language: Language }
  | { page: 'values'; language: Language }
  | { page: 'unknown'; language: Language; path: string }

const isLanguage = (value: string | undefined): value is Language =>
  languages.some((language) => language === value)

/** The place an address names. Never fails: an address that names nothing is the page `unknown`. */
export function parseRoute(pathname: string, search = '', fallback: Language = 'nl'): Route {
  const parts = pathname.split('/').filter((part) => part !== '')
  const [first, second, ...rest] = parts
  if (first !== undefined && !isLanguage(first))
    return { page: 'unknown', language: fallback, path: pathname }
  const language = first ?? fallback
  const { number, ...query } = parseChoice(search)
  if (second === undefined) return { page: 'welcome', language, ...(query.track && { track: query.track }) }
  if (second === 'works' && rest.length === 0) {
    const choice = parseChoice(search)
    return { page: 'works', language, ...(Object.keys(choice).length > 0 && { choice }) }
  }
  if (second === 'works' && rest.length === 2) {
    const artist = decode(rest[0])
    const slug = decode(rest[1])
    if (artist !== '' && slug !== '') return { page: 'work', language, artist, slug }
  }
  if (second === 'artists' && rest.length === 1) {
    const artist = decode(rest[0])
    if (artist !== '') return { page: 'artist', language, artist, ...(number !== undefined && { number }) }
  }
  if (second === 'mesh' && rest.length === 0) {
    const [artist, slug, more] = (new URLSearchParams(search).get('work') ?? '').split('/').map(decode)
    return { page: 'mesh', language, ...(artist && slug && more === undefined && { work: { artist, slug } }) }
  }
  if (second === 'about' && rest.length === 0) return { page: 'about', language }
  if (second === 'decisions' && rest.length === 0) return { page: 'decisions', language }
  if (second === 'values' && rest.length === 0) return { page: 'values', language }
  return { page: 'unknown', language, path: pathname }
}

export function addressOf(route: Route): string {
  const base = `/${route.language}/`
  switch (route.page) {
    case 'welcome':
      return base + choiceText(route.track === undefined ? {} : { track: route.track })
    case 'works':
      return `${base}works${choiceText(route.choice ?? {})}`
    case 'work':
      return `${base}works/${segment(route.artist)}/${segment(route.slug)}`
    case 'artist':
      return `${base}artists/${segment(route.artist)}${choiceText(numbered(route.number))}`
    case 'mesh':
      return route.work === undefined
        ? `${base}mesh`
        : `${base}mesh?work=${queryValue(`${segment(route.work.artist)}/${segment(route.work.slug)}`)}`
    case 'about':
      return `${base}about`
    case 'decisions':
      return `${base}decisions`
    case 'values':
      return `${base}values`
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
  if (a.page === 'artist' && b.page === 'artist') return a.artist === b.artist && a.number === b.number
  if (a.page === 'works' && b.page === 'works') return a.choice?.number === b.choice?.number
  return true
}

/** The works that a place shows a list of; undefined where it shows none. */
export function choiceOf(route: Route): WorksChoice | undefined {
  if (route.page === 'works') return route.choice ?? {}
  if (route.page === 'artist') return { artist: route.artist, ...numbered(route.number) }
  return undefined
}

const numbered = (number: number | undefined): WorksChoice => (number === undefined ? {} : { number })

/** A did keeps its colons: they are allowed in a path, and a person can then read the address. */
const segment = (value: string): string => encodeURIComponent(value).replaceAll('%3A', ':')

/** In a query `:` and `/` may stand as they are. */
const queryValue = (value: string): string => segment(value).replaceAll('%2F', '/')

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    // A stray % in an address that somebody typed: such a work does not exist.
    return ''
  }
}
