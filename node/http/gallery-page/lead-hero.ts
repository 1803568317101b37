import { lettersAcross } from '../../../artworks/format/title-size.ts'
import type { ExhibitionView } from '../contract.ts'
import { html } from '../lite/html.ts'
import type { Html } from '../lite/html.ts'
import { pick, sayParagraphs } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'

/** The breadths that `exhibit-ui/styles/first-view.css` knows. Nobody's title has a longer word; one that does comes with the script. */
const mostLetters = 30

/** Title and statement of the exhibition in the document itself, so that they are read before any script has run. */
export function leadHero({ title, statement }: ExhibitionView, language: Language): Html {
  const said = pick(title, language)
  const letters = lettersAcross(said?.text ?? '')
  if (said === undefined || letters > mostLetters) return html``
  return html`<div slot="hero" class="first-hero">
    <div class="hero" data-letters="${letters}">
      <h1 lang="${said.language}">${said.text}</h1>
      <div class="below"><div class="statement">${sayParagraphs(statement, language)}</div></div>
    </div>
  </div>`
}
