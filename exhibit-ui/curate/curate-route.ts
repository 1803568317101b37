import { languages } from '../model/language.ts'
import type { Language } from '../model/language.ts'

/** A place in the curators' pages: the queue, or one work of it. */
export interface CurateRoute {
  readonly language: Language
  readonly work?: { readonly artist: string; readonly slug: string }
}

export function parseCurateRoute(pathname: string): CurateRoute {
  const [first, , artist, slug] = pathname.split('/').filter((part) => part !== '')
  const language = languages.find((one) => one === first) ?? 'nl'
  if (artist === undefined || slug === undefined) return { language }
  try {
    return { language, work: { artist: decodeURIComponent(artist), slug: decodeURIComponent(slug) } }
  } catch {
    // A stray % in an address that somebody typed: the queue is where to go on.
    return { language }
  }
}

export function addressOfCurate({ language, work }: CurateRoute): string {
  return work === undefined ? `/${language}/curate` : addressOfWork(language, work)
}

export function addressOfWork(
  language: Language,
  { artist, slug }: { readonly artist: string; readonly slug: string },
): string {
  return `/${language}/curate/${encodeURIComponent(artist).replaceAll('%3A', ':')}/${encodeURIComponent(slug)}`
}
