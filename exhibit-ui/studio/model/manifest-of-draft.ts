import type { LanguageMap } from '../../../node/http/contract.ts'
import type { HashedWork } from '../send/hashed-work.ts'
import type { Draft, NoWordsReason, Texts } from './draft.ts'
import { finalSlug } from './draft.ts'
import { hasText, seriesPaths } from './draft-gaps.ts'

/** What visitors read where the transcript would be, in both languages: it is signed with the work. */
const noWords: Record<NoWordsReason, Texts> = {
  'nothing-spoken': {
    nl: 'Geen ondertiteling: er wordt niet gesproken of gezongen.',
    en: 'No captions: nothing is spoken or sung.',
  },
  'no-meaning': {
    nl: 'Geen ondertiteling: er klinken stemmen, maar het gaat niet om de woorden.',
    en: 'No captions: there are voices, but it is not about the words.',
  },
  later: {
    nl: 'Er is nog geen ondertiteling; de maker wil die later toevoegen.',
    en: 'There are no captions yet; the maker means to add them later.',
  },
}

/** The statement the artist signs, with `root` as text. Nothing in it that the draft does not say. */
export function manifestOfDraft(
  draft: Draft,
  work: Pick<HashedWork, 'root' | 'size' | 'chunks'>,
  of: { exhibition: string; sequence: number; claimed: string },
): Record<string, unknown> {
  const { medium, captions, poster, durationSeconds, dimensions } = draft
  const isTimed = medium === 'audio' || medium === 'video'
  const transcript = hasText(draft.transcript)
    ? draft.transcript
    : isTimed && captions.length === 0 && draft.noWords !== ''
      ? noWords[draft.noWords]
      : undefined
  const pictures = seriesPaths(draft).map((path) => ({ path, alt: said(draft.pictures[path] ?? draft.alt) }))
  const credits = draft.credits.filter(({ name }) => name.trim() !== '')
  return {
    kind: 'artwork',
    v: 1,
    exhibition: of.exhibition,
    sequence: of.sequence,
    claimed: of.claimed,
    slug: finalSlug(draft),
    title: said(draft.title),
    statement: said(draft.statement),
    maker: draft.maker.trim(),
    track: draft.track,
    ...(draft.year.trim() === '' ? {} : { year: Number(draft.year) }),
    medium,
    ...(hasText(draft.technique) ? { technique: said(draft.technique) } : {}),
    entry: draft.entry,
    ...(poster === '' ? {} : { poster: { path: poster, alt: said(draft.posterAlt) } }),
    alt: said(draft.alt),
    ...(pictures.length === 0 ? {} : { pictures }),
    ...(captions.length === 0 ? {} : { captions: captions.map(({ lang, path }) => ({ lang, path })) }),
    ...(transcript === undefined ? {} : { transcript: said(transcript) }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(dimensions === undefined ? {} : { dimensions: { ...dimensions } }),
    ...(draft.warnings.length === 0
      ? {}
      : {
          warnings: draft.warnings.map((kind, i) => ({
            kind,
            ...(i === 0 && hasText(draft.warningText) ? { text: said(draft.warningText) } : {}),
          })),
        }),
    licence: draft.licence.trim(),
    ...(credits.length === 0
      ? {}
      : {
          credits: credits.map(({ name, role }) => ({
            name: name.trim(),
            ...(hasText(role) ? { role: said(role) } : {}),
          })),
        }),
    root: work.root,
    size: work.size,
    chunks: work.chunks,
  }
}

function said(texts: Texts): LanguageMap {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([language, text]) => [language, text.trim()])
      .filter(([, text]) => text !== ''),
  )
}
