import { fingerprint } from '../../../artworks/format/did-key.ts'
import { licenceName } from '../../../artworks/format/licence-name.ts'
import type { LanguageMap } from '../../../artworks/format/records.ts'
import type { ShownArtwork } from '../views/artwork-view.ts'
import { galleryAddress } from '../lite/address.ts'
import { html } from '../lite/html.ts'
import type { Html } from '../lite/html.ts'
import { pick, pickText, say } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import type { PlainPage } from '../lite/plain-pages.ts'
import { qrDrawing } from '../lite/qr-drawing.ts'
import { liteWords } from '../lite/words.ts'
import { sealOnPaper } from '../seal-drawing.ts'
import { printStyle } from './print-style.ts'
import { printWords } from './words.ts'

/** About what fits on a label in its smallest size. */
const STATEMENT_LENGTH = 180
/** A title with more letters is set smaller: none may be cut. */
const LONG_TITLE = 56

export interface LabelsFacts {
  readonly works: readonly ShownArtwork[]
  /** Where visitors are to go: `http://kunst.lan`. */
  readonly origin: string
  readonly language: Language
  /** Style that names the type. */
  readonly fonts: string
}

/** Labels to cut out: maker, title, year, medium, the first sentences, the way to the work, and whose key signed it. */
export function labelsPage({ works, origin, language, fonts }: LabelsFacts): PlainPage {
  const words = printWords[language]
  return {
    language,
    title: words.labels,
    css: fonts + printStyle,
    body: html`<main>
      <div class="screen">
        <h1>${words.labels}</h1>
        <p>${words.labelsHelp}</p>
        ${works.length === 0 && html`<p>${words.noWorks}</p>`}
      </div>
      <div class="labels">${works.map((work) => label(work, origin, language))}</div>
    </main>`,
  }
}

function label({ artist, slug, shown }: ShownArtwork, origin: string, language: Language): Html {
  const { body } = shown
  const words = printWords[language]
  const address = galleryAddress(language, { page: 'work', artist, slug, agreed: false })
  const facts = [
    body.year === undefined ? '' : String(body.year),
    body.technique === undefined
      ? liteWords[language].media[body.medium]
      : pickText(body.technique, language),
    licenceName(body.licence),
  ].filter((fact) => fact !== '')
  return html`<section class="label">
    ${qrDrawing(`${origin}${address}`, words.qr(pickText(body.title, language)))}
    <p class="maker">${body.maker}</p>
    <h2 class="${pickText(body.title, language).length > LONG_TITLE ? 'title long' : 'title'}">
      ${say(body.title, language)}
    </h2>
    <p class="soft">${facts.join(' · ')}</p>
    ${statement(body.statement, language)} ${sealOnPaper(body.root.toString(), body.track)}
    <p class="key soft">${words.key}<br /><code>${fingerprint(artist)}</code></p>
  </section>`
}

function statement(map: LanguageMap, language: Language): Html {
  const said = pick(map, language)
  const text = firstSentences(said?.text ?? '', STATEMENT_LENGTH)
  return said !== undefined && said.language !== language
    ? html`<p class="say" lang="${said.language}">${text}</p>`
    : html`<p class="say">${text}</p>`
}

/** Whole sentences as far as they fit, or words and an ellipsis where not even the first one does. */
export function firstSentences(text: string, length: number): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  if (flat.length <= length) return flat
  const cut = flat.slice(0, length + 1)
  const sentences = /^.*[.!?…](?= )/.exec(cut)?.[0]
  if (sentences !== undefined && sentences.length > length / 3) return sentences
  return `${cut.slice(0, Math.max(1, cut.lastIndexOf(' ')))} …`
}
