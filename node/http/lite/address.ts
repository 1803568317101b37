import { trackIds } from '../../../artworks/format/records.ts'
import type { TrackId } from '../../../artworks/format/records.ts'

/** A page of the lite lane. Its address is the gallery's with `lite/` after the language, so each leads to the other. */
export type LitePlace =
  | { readonly page: 'welcome' }
  | { readonly page: 'works'; readonly track?: TrackId; readonly part: number }
  | { readonly page: 'work'; readonly artist: string; readonly slug: string; readonly agreed: boolean }
  | { readonly page: 'artists'; readonly part: number }
  | { readonly page: 'artist'; readonly artist: string; readonly part: number }
  | { readonly page: 'mesh' }
  | { readonly page: 'about' }
  | { readonly page: 'decisions'; readonly before?: number }
  | { readonly page: 'unknown' }

const MAX_PART = 100_000

/** @param path after `/{language}/lite/`, still percent-encoded */
export function parseLitePlace(path: string, query: URLSearchParams): LitePlace {
  const [first = '', ...rest] = path.split('/').filter((part) => part !== '')
  const part = wholeNumber(query.get('part'), MAX_PART) ?? 1
  if (first === '') return { page: 'welcome' }
  if (first === 'works' && rest.length === 0) {
    const track = trackIds.find((id) => id === query.get('track'))
    return { page: 'works', part, ...(track === undefined ? {} : { track }) }
  }
  if (first === 'works' && rest.length === 2) {
    const artist = decode(rest[0])
    const slug = decode(rest[1])
    return artist === '' || slug === ''
      ? { page: 'unknown' }
      : { page: 'work', artist, slug, agreed: query.get('show') === '1' }
  }
  if (first === 'artists' && rest.length <= 1) {
    return rest[0] === undefined
      ? { page: 'artists', part }
      : { page: 'artist', artist: decode(rest[0]), part }
  }
  if (first === 'decisions' && rest.length === 0) {
    const before = wholeNumber(query.get('before'), Number.MAX_SAFE_INTEGER)
    return { page: 'decisions', ...(before === undefined ? {} : { before }) }
  }
  if ((first === 'mesh' || first === 'about') && rest.length === 0) return { page: first }
  return { page: 'unknown' }
}

/** Path of a place, below the language and the lane: `works/did:key:…/slug`. */
export function pathOfPlace(place: LitePlace): string {
  switch (place.page) {
    case 'welcome':
    case 'unknown':
      return ''
    case 'works':
      return `works${query({ track: place.track, part: place.part === 1 ? undefined : place.part })}`
    case 'work':
      return `works/${segment(place.artist)}/${segment(place.slug)}`
    case 'artists':
      return `artists${query({ part: place.part === 1 ? undefined : place.part })}`
    case 'artist':
      return `artists/${segment(place.artist)}${query({ part: place.part === 1 ? undefined : place.part })}`
    case 'decisions':
      return `decisions${query({ before: place.before })}`
    case 'mesh':
    case 'about':
      return place.page
  }
}

export function liteAddress(language: string, place: LitePlace): string {
  return `/${language}/lite/${pathOfPlace(place)}`
}

/** The same place in the gallery with script. */
export function galleryAddress(language: string, place: LitePlace): string {
  return `/${language}/${pathOfPlace(place).replace(/[?].*$/, '')}`
}

function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${given.map(([key, value]) => `${key}=${String(value)}`).join('&')}`
}

/** A did keeps its colons: they are allowed in a path, and a person can then read the address. */
function segment(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':')
}

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    // A stray % in an address that somebody typed: there is no such thing.
    return ''
  }
}

function wholeNumber(text: string | null, max: number): number | undefined {
  if (text === null || !/^[1-9]\d{0,15}$/.test(text)) return undefined
  const value = Number(text)
  return value <= max ? value : undefined
}
