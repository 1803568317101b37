import { formatLimits } from '../../../artworks/format/limits.ts'
import type { Draft, Texts } from './draft.ts'
import { finalSlug } from './draft.ts'
import { kindOfPath } from './work-file-list.ts'

export const steps = ['files', 'about', 'access', 'look', 'send'] as const
export type Step = (typeof steps)[number]

/** Something that has to be there before a work can be signed; the locales have a line for each. */
export type Gap =
  | 'files'
  | 'entry'
  | 'medium'
  | 'title'
  | 'statement'
  | 'maker'
  | 'track'
  | 'licence'
  | 'year'
  | 'slug-taken'
  | 'credit-name'
  | 'alt'
  | 'picture-alt'
  | 'poster-alt'
  | 'words'
  | 'too-long'

const stepOf: Record<Gap, Step> = {
  files: 'files',
  entry: 'files',
  medium: 'files',
  title: 'about',
  statement: 'about',
  maker: 'about',
  track: 'about',
  licence: 'about',
  year: 'about',
  'slug-taken': 'about',
  'credit-name': 'about',
  'too-long': 'about',
  alt: 'access',
  'picture-alt': 'access',
  'poster-alt': 'access',
  words: 'access',
}

/** What a draft lacks, in the order of the steps. @param taken slugs of the artist's other works, withdrawn ones included */
export function gapsOf(draft: Draft, taken: ReadonlySet<string> = new Set()): Gap[] {
  const isTimed = draft.medium === 'audio' || draft.medium === 'video'
  const hasWords = draft.captions.length > 0 || hasText(draft.transcript) || draft.noWords !== ''
  const found: [Gap, boolean][] = [
    ['files', draft.files.length === 0],
    ['entry', draft.files.length > 0 && !draft.files.some(({ path }) => path === draft.entry)],
    ['medium', draft.files.length > 0 && draft.medium === ''],
    ['title', !hasText(draft.title)],
    ['statement', !hasText(draft.statement)],
    ['maker', draft.maker.trim() === ''],
    ['track', draft.track === ''],
    ['licence', !/^[A-Za-z0-9.+() -]{1,100}$/.test(draft.licence)],
    ['year', draft.year !== '' && !/^[1-9]\d{3}$/.test(draft.year.trim())],
    ['slug-taken', draft.of === undefined && taken.has(finalSlug(draft))],
    ['credit-name', draft.credits.some(({ name, role }) => name.trim() === '' && hasText(role))],
    ['too-long', isTooLong(draft)],
    ['alt', !hasText(draft.alt)],
    ['picture-alt', seriesPaths(draft).some((path) => !hasText(draft.pictures[path] ?? { nl: '', en: '' }))],
    ['poster-alt', draft.poster !== '' && !hasText(draft.posterAlt)],
    ['words', isTimed && !hasWords],
  ]
  return found.filter(([, isMissing]) => isMissing).map(([gap]) => gap)
}

export function stepOfGap(gap: Gap): Step {
  return stepOf[gap]
}

export function hasText(texts: Texts): boolean {
  return texts.nl.trim() !== '' || texts.en.trim() !== ''
}

/** Given in one language and not in the other: asked for, not required. */
export function isHalfSaid({ nl, en }: Texts): boolean {
  return (nl.trim() === '') !== (en.trim() === '')
}

function isTooLong(draft: Draft): boolean {
  const { titleLength, statementLength, nameLength, altLength, transcriptLength } = formatLimits
  const longest: [Texts, number][] = [
    [draft.title, titleLength],
    [draft.technique, titleLength],
    [draft.statement, statementLength],
    [draft.alt, altLength],
    [draft.posterAlt, altLength],
    ...Object.values(draft.pictures).map((alt): [Texts, number] => [alt, altLength]),
    [draft.warningText, altLength],
    [draft.transcript, transcriptLength],
    ...draft.credits.map(({ role }): [Texts, number] => [role, titleLength]),
  ]
  return (
    longest.some(([{ nl, en }, length]) => nl.length > length || en.length > length) ||
    [draft.maker, ...draft.credits.map(({ name }) => name)].some((name) => name.length > nameLength)
  )
}

/** The pictures that visitors go through one by one, as the gallery chooses them: beside the first, and not the poster. */
export function seriesPaths({ medium, entry, poster, files }: Draft): string[] {
  if (medium !== 'images') return []
  const folder = entry.slice(0, entry.lastIndexOf('/') + 1)
  return files
    .map(({ path }) => path)
    .filter(
      (path) =>
        kindOfPath(path) === 'image' &&
        path.startsWith(folder) &&
        !path.slice(folder.length).includes('/') &&
        (path !== poster || path === entry),
    )
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, formatLimits.pictures)
}
