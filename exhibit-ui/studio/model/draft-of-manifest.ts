import type { Manifest } from '../../../artworks/format/records.ts'
import type { LanguageMap } from '../../../node/http/contract.ts'
import type { Draft, Texts } from './draft.ts'

/** What a next version begins with: all that was said of this one, but its files. */
export function draftOfManifest(body: Manifest): Partial<Draft> {
  return {
    of: { slug: body.slug, sequence: body.sequence },
    slug: body.slug,
    title: textsOf(body.title),
    statement: textsOf(body.statement),
    maker: body.maker,
    track: body.track,
    medium: body.medium,
    technique: textsOf(body.technique),
    year: body.year === undefined ? '' : String(body.year),
    licence: body.licence,
    credits: (body.credits ?? []).map(({ name, role }) => ({ name, role: textsOf(role) })),
    warnings: [...new Set((body.warnings ?? []).map(({ kind }) => kind))],
    warningText: textsOf(body.warnings?.find(({ text }) => text !== undefined)?.text),
    alt: textsOf(body.alt),
    posterAlt: textsOf(body.poster?.alt),
    transcript: textsOf(body.transcript),
    entry: body.entry,
    pictures: Object.fromEntries((body.pictures ?? []).map(({ path, alt }) => [path, textsOf(alt)])),
    poster: body.poster?.path ?? '',
    captions: (body.captions ?? []).map(({ lang, path }) => ({ lang, path })),
  }
}

function textsOf(map: LanguageMap | undefined): Texts {
  return { nl: map?.['nl'] ?? '', en: map?.['en'] ?? '' }
}
