import type { LanguageMap } from '../../../artworks/format/records.ts'
import { html } from '../lite/html.ts'
import type { Html } from '../lite/html.ts'
import { languages, say } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import type { PlainPage } from '../lite/plain-pages.ts'
import { qrDrawing } from '../lite/qr-drawing.ts'
import { portalWords } from './words.ts'
import type { PortalWords } from './words.ts'

export interface PortalFacts {
  /** Of the exhibition; undefined as long as it has not reached this node. */
  readonly title: LanguageMap | undefined
  /** Where visitors are to go: `http://kunst.lan`. */
  readonly origin: string
  /** Comes first; the other follows on the same page. */
  readonly language: Language
}

/** What a phone's own little window shows: plain markup, both languages, and the way to the real browser. */
export function portalPage(facts: PortalFacts): PlainPage {
  const { title, language } = facts
  const name = title === undefined ? html`Mesh Art Network` : say(title, language)
  const order = [language, ...languages.filter((other) => other !== language)]
  return {
    language,
    title: portalWords[language].title,
    body: html`<header>
        <b>${name}</b>
        ${order.slice(1).map((one) => html`<a href="#${one}" lang="${one}">${portalWords[one].name}</a>`)}
      </header>
      <main>${order.map((one, i) => section(one, facts, i === 0))}</main>`,
  }
}

function section(language: Language, { origin }: PortalFacts, isFirst: boolean): Html {
  const words = portalWords[language]
  const attributes = isFirst ? html`` : html` class="other"`
  const heading = isFirst ? html`<h1>${words.title}</h1>` : html`<h2>${words.title}</h2>`
  return html`<section id="${language}" lang="${language}" ${attributes}>
    ${heading}
    <p>${words.what} <b>${words.noInternet}</b></p>
    <h2>${words.browser}</h2>
    <p>${words.address}</p>
    <p class="address">${origin}</p>
    ${isFirst ? html`<p>${qrDrawing(`${origin}/`, words.qr)}</p>` : null}
    <p>
      <a class="button full" href="/portal/stay?lang=${language}">${words.stay}</a>
      <a class="button" href="/${language}/lite/">${words.here}</a>
    </p>
    <p>${words.stayMore}</p>
    <h2>${words.stayHeading}</h2>
    ${help(words)}
    <p class="soft">${words.private}</p>
  </section>`
}

function help({ help: systems }: PortalWords): readonly Html[] {
  return systems.map(
    ({ system, steps }) =>
      html`<details>
        <summary>${system}</summary>
        <ol>
          ${steps.map((step) => html`<li>${step}</li>`)}
        </ol>
      </details> `,
  )
}

/** After a visitor has chosen to stay. A phone's window that asks again now hears that all is well, and closes or says so. */
export function readyPage({ origin, language }: PortalFacts): PlainPage {
  const words = portalWords[language]
  return {
    language,
    title: words.readyTitle,
    body: html`<main>
      <h1>${words.readyTitle}</h1>
      <p>${words.ready}</p>
      <p class="address">${origin}</p>
      <p>${qrDrawing(`${origin}/`, words.qr)}</p>
      <p><a class="button" href="/${language}/lite/">${words.here}</a></p>
      <h2>${words.stayHeading}</h2>
      ${help(words)}
    </main>`,
  }
}
