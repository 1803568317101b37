import type { LanguageMap } from '../../node/http/contract.ts'

/** Languages of the pages themselves. The texts of works may come in others. */
export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

export interface Said {
  text: string
  /** BCP 47 tag of `text`: goes on the element, so that a voice reads it in the right language. */
  language: string
}

/** The text in the page's language, else a near relative, else English, else whatever there is first. */
export function pick(map: LanguageMap | undefined, language: Language): Said | undefined {
  if (map === undefined) return undefined
  const tags = Object.keys(map).sort()
  const tag =
    tags.find((candidate) => candidate === language) ??
    tags.find((candidate) => candidate.startsWith(`${language}-`)) ??
    tags.find((candidate) => candidate === 'en') ??
    tags[0]
  const text = tag === undefined ? undefined : map[tag]
  return tag === undefined || text === undefined ? undefined : { text, language: tag }
}

/** For places that hold no markup: titles of documents, names of frames. */
export function pickText(map: LanguageMap | undefined, language: Language): string {
  return pick(map, language)?.text ?? ''
}
