import { compareText } from '../../../artworks/format/compare-text.ts'
import type { Medium, TrackId } from '../../../artworks/format/records.ts'
import type { WorksChoices, WorksQuery } from '../contracts/search.ts'

/** What a work can be found by. */
export interface FindableWork {
  readonly artist: string
  readonly maker: string
  readonly track: TrackId
  readonly medium: Medium
  /** Tags of the languages its texts are in, without region. */
  readonly languages: readonly string[]
  /** Node that took it in, null for the steward's own. */
  readonly venue: string | null
  /** Folded by `foldText`. Asked for only when there are words to look for. */
  readonly text: () => string
}

export const findLimits = Object.freeze({
  words: 8,
  wordLength: 40,
  /** Artists named among the choices. */
  artists: 100,
})

const kinds = ['track', 'medium', 'language', 'venue', 'artist'] as const
type Kind = (typeof kinds)[number]

export interface FoundWorks<W> {
  readonly found: W[]
  /** Without names of venues, which this function does not know. */
  readonly choices: Omit<WorksChoices, 'venue'> & { venue: { id: string; works: number }[] }
}

/** Small letters without accents, so that a visitor need not know how a name is written. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
}

/** The works that answer a query, in the order given, and what there is to choose from. */
export function findWorks<W extends FindableWork>(works: readonly W[], query: WorksQuery): FoundWorks<W> {
  const words = foldText(query.q ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, findLimits.words)
    .map((word) => word.slice(0, findLimits.wordLength))
  const counts = Object.fromEntries(kinds.map((kind) => [kind, new Map<string, number>()])) as Record<
    Kind,
    Map<string, number>
  >
  const names = new Map<string, string>()
  const found: W[] = []
  for (const work of works) {
    // A choice counts works that all else leaves: those wrong in nothing, or in that one thing only.
    const wrong = kinds.filter((kind) => query[kind] !== undefined && !has(work, kind, query[kind]))
    if (wrong.length > 1) continue
    if (words.length > 0) {
      const text = work.text()
      if (!words.every((word) => text.includes(word))) continue
    }
    const [only] = wrong
    for (const kind of only === undefined ? kinds : [only]) {
      for (const value of valuesOf(work, kind)) counts[kind].set(value, (counts[kind].get(value) ?? 0) + 1)
    }
    if (!names.has(work.artist)) names.set(work.artist, work.maker)
    if (only === undefined) found.push(work)
  }
  return {
    found,
    choices: {
      track: Object.fromEntries(counts.track),
      medium: Object.fromEntries(counts.medium),
      language: Object.fromEntries(counts.language),
      venue: byCount(counts.venue).map(([id, count]) => ({ id, works: count })),
      artist: byCount(counts.artist)
        .slice(0, findLimits.artists)
        .map(([did, count]) => ({ did, name: names.get(did) ?? '', works: count })),
    },
  }
}

function has(work: FindableWork, kind: Kind, value: string): boolean {
  return kind === 'language' ? work.languages.includes(value) : work[kind] === value
}

function valuesOf(work: FindableWork, kind: Kind): readonly string[] {
  if (kind === 'language') return work.languages
  const value = work[kind]
  return value === null ? [] : [value]
}

function byCount(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
}
