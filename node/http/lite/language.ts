import type { LanguageMap } from '../../../artworks/format/records.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'

/** Languages of the pages, as in exhibit-ui/locales. A visitor who speaks neither gets English. */
export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]
export const fallbackLanguage: Language = 'en'

export interface Said {
  readonly text: string
  /** BCP 47 tag of `text`. */
  readonly language: string
}

/** The text in the page's language, else a near relative, else English, else whatever there is first. */
export function pick(map: LanguageMap | undefined, language: Language): Said | undefined {
  const tags = Object.keys(map ?? {}).sort()
  const tag =
    tags.find((candidate) => candidate === language) ??
    tags.find((candidate) => candidate.startsWith(`${language}-`)) ??
    tags.find((candidate) => candidate === 'en') ??
    tags[0]
  const text = tag === undefined ? undefined : map?.[tag]
  return tag === undefined || text === undefined ? undefined : { text, language: tag }
}

export function pickText(map: LanguageMap | undefined, language: Language): string {
  return pick(map, language)?.text ?? ''
}

/** A text of a work or an exhibition, marked with its own language where that is not the page's. */
export function say(map: LanguageMap | undefined, language: Language): Html {
  const said = pick(map, language)
  if (said === undefined) return html``
  return said.language === language
    ? html`${said.text}`
    : html`<span lang="${said.language}">${said.text}</span>`
}

/** Paragraphs of such a text: an empty line parts them. */
export function sayParagraphs(map: LanguageMap | undefined, language: Language): readonly Html[] {
  const said = pick(map, language)
  if (said === undefined) return []
  return said.text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      said.language === language
        ? html`<p>${paragraph.trim()}</p>`
        : html`<p lang="${said.language}">${paragraph.trim()}</p>`,
    )
}
