import type { Medium, TrackId } from '../../../node/http/contract.ts'
import type { Language } from '../../model/language.ts'

/** A text as it is being written: an empty one is one that is not there. */
export type Texts = Record<Language, string>

export interface DraftFile {
  readonly path: string
  readonly size: number
}

export type WarningKind = 'flashing' | 'sound' | 'subject'

export interface DraftCredit {
  name: string
  role: Texts
}

/** Why a sound or a film has neither captions nor transcript. Visitors read it where the transcript would be. */
export const noWordsReasons = ['nothing-spoken', 'no-meaning', 'later'] as const
export type NoWordsReason = (typeof noWordsReasons)[number]

/** A work that is being described. Kept in the browser; no key, no passphrase, and sent nowhere. */
export interface Draft {
  readonly id: string
  /** The artist whose key was open. */
  readonly did: string
  updatedMs: number
  /** The version it follows; a new work has none. */
  readonly of?: { readonly slug: string; readonly sequence: number }
  slug: string
  title: Texts
  statement: Texts
  maker: string
  track: TrackId | ''
  medium: Medium | ''
  technique: Texts
  year: string
  licence: string
  credits: DraftCredit[]
  warnings: WarningKind[]
  warningText: Texts
  files: readonly DraftFile[]
  entry: string
  alt: Texts
  /** What there is to see in each picture of a series, by its path. */
  pictures: Readonly<Record<string, Texts>>
  poster: string
  posterAlt: Texts
  captions: { lang: string; path: string }[]
  transcript: Texts
  noWords: NoWordsReason | ''
  durationSeconds?: number
  dimensions?: { width: number; height: number }
  /** Signed, and being sent: base64 of nothing secret, so an upload goes on without the key. */
  signed?: { readonly cid: string; readonly bytes: Uint8Array; readonly root: string }
}

const noTexts = (): Texts => ({ nl: '', en: '' })

export function emptyDraft(of: { id: string; did: string; maker: string; nowMs: number }): Draft {
  return {
    id: of.id,
    did: of.did,
    updatedMs: of.nowMs,
    slug: '',
    title: noTexts(),
    statement: noTexts(),
    maker: of.maker,
    track: '',
    medium: '',
    technique: noTexts(),
    year: '',
    licence: 'CC-BY-4.0',
    credits: [],
    warnings: [],
    warningText: noTexts(),
    files: [],
    entry: '',
    alt: noTexts(),
    pictures: {},
    poster: '',
    posterAlt: noTexts(),
    captions: [],
    transcript: noTexts(),
    noWords: '',
  }
}

/** `Het weer, morgen!` as it stands in an address: `het-weer-morgen`. Another script gives an empty text. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, '')
}

/** The slug the work gets: chosen, or from the title, or from chance where the title has no letters an address can have. */
export function finalSlug(draft: Draft): string {
  return draft.of?.slug ?? (draft.slug || slugOf(draft.title.en || draft.title.nl) || `work-${draft.id}`)
}
