import type { LanguageMap } from '../../../artworks/format/records.ts'
import { html } from '../lite/html.ts'
import type { Html } from '../lite/html.ts'
import { languages, say } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import type { PlainPage } from '../lite/plain-pages.ts'
import { qrDrawing } from '../lite/qr-drawing.ts'
import { printStyle } from './print-style.ts'
import { wifiCode } from './wifi-code.ts'
import { printWords } from './words.ts'

export interface SignFacts {
  readonly title: LanguageMap | undefined
  readonly origin: string
  /** Empty: it is asked for. */
  readonly ssid: string
  readonly password: string
  readonly language: Language
  /** Style that names the type. */
  readonly fonts: string
}

/** A sheet for each language, for the wall beside the door: how to join, and where to go. */
export function signPage(facts: SignFacts): PlainPage {
  const { language, ssid, password } = facts
  const words = printWords[language]
  const order = [language, ...languages.filter((other) => other !== language)]
  return {
    language,
    title: words.sign,
    css: facts.fonts + printStyle,
    body: html`<main>
      <div class="screen">
        <p>${words.signHelp}</p>
        <form>
          <label>${words.network}<input name="ssid" maxlength="32" value="${ssid}" /></label>
          <label>${words.password}<input name="password" maxlength="63" value="${password}" /></label>
          <button>${words.make}</button>
        </form>
      </div>
      ${order.map((one) => sheet(one, facts))}
    </main>`,
  }
}

function sheet(language: Language, { title, origin, ssid, password }: SignFacts): Html {
  const words = printWords[language]
  return html`<section class="sign" lang="${language}">
    <h1>${title === undefined ? 'Mesh Art Network' : say(title, language)}</h1>
    <p class="lead">${words.lead}</p>
    ${
      ssid !== '' &&
      html`<div class="step">
        ${qrDrawing(wifiCode(ssid, password), words.joinQr)}
        <h2>${words.join}</h2>
        <p>${words.joinText}</p>
        <p class="big">${ssid}</p>
        ${password !== '' && html`<p class="big">${password}</p>`}
      </div>`
    }
    <div class="step">
      ${qrDrawing(`${origin}/`, words.openQr)}
      <h2>${ssid === '' ? words.open.replace(/^2\. /, '') : words.open}</h2>
      <p>${words.openText}</p>
      <p class="big">${origin}</p>
    </div>
    <p class="step">${words.stay}</p>
  </section>`
}
