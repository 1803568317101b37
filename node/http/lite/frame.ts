import type { LanguageMap } from '../../../artworks/format/records.ts'
import { galleryAddress, liteAddress } from './address.ts'
import type { LitePlace } from './address.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { languages, pickText, say } from './language.ts'
import type { Language } from './language.ts'
import type { PlainPage } from './plain-pages.ts'
import { liteWords } from './words.ts'

export interface Framed {
  readonly language: Language
  readonly place: LitePlace
  /** Of the exhibition; undefined as long as it has not reached this node. */
  readonly exhibition: LanguageMap | undefined
  /** Of the page; empty for the first. */
  readonly title: string
  readonly main: Html
  readonly status?: number
  readonly head?: Html
}

/** Between links in a row, for browsers that draw none of their space: text alone would run on. */
export const between = html`<i class="between" aria-hidden="true"> · </i>`

/** A page of the lite lane: where one is, the ways from here, what is shown, and who speaks. */
export function framed({ language, place, exhibition, title, main, status, head }: Framed): PlainPage {
  const words = liteWords[language]
  const name = pickText(exhibition, language) || words.name
  const other = languages.find((one) => one !== language) ?? language
  const at = (target: LitePlace): string => liteAddress(language, target)
  const link = (target: LitePlace, text: string): Html =>
    html`<a href="${at(target)}" ${target.page === place.page ? html` class="now" aria-current="page"` : null}
        >${text}</a
      >${between}`
  return {
    language,
    title: title === '' ? name : `${title} – ${name}`,
    ...(status === undefined ? {} : { status }),
    ...(head === undefined ? {} : { head }),
    body: html`<header>
        <b
          ><a href="${at({ page: 'welcome' })}"
            >${exhibition === undefined ? words.name : say(exhibition, language)}</a
          ></b
        >
        <nav aria-label="${words.menu}">
          ${link({ page: 'works', part: 1 }, words.works)}${link({ page: 'artists', part: 1 }, words.artists)}${link({ page: 'mesh' }, words.mesh)}${link({ page: 'about' }, words.about)}<a
            href="${liteAddress(other, place)}"
            lang="${other}"
            hreflang="${other}"
            >${words.other}</a
          >
        </nav>
      </header>
      <main>${main}</main>
      <footer>
        <p>${words.footer}</p>
        <a href="${galleryAddress(language, place)}">${words.full}</a>${between}
        <a href="${at({ page: 'decisions' })}">${words.decisions}</a>${between}
        <a href="/source.tar.gz">${words.source}</a>
      </footer>`,
  }
}
