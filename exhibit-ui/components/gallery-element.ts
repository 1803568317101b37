import { html, LitElement, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { LanguageMap } from '../../node/http/contract.ts'
import { messages } from '../locales/messages.ts'
import type { Messages } from '../locales/messages.ts'
import { pick } from '../model/language.ts'
import type { Language } from '../model/language.ts'

/** An element that speaks the page's language. */
export class GalleryElement extends LitElement {
  @property() language: Language = 'nl'

  protected get words(): Messages {
    return messages[this.language]
  }

  /** A text of the exhibition, marked with its language where that is not the page's. */
  protected say(map: LanguageMap | undefined): TemplateResult | typeof nothing {
    const said = pick(map, this.language)
    if (said === undefined) return nothing
    return said.language === this.language
      ? html`${said.text}`
      : html`<span lang=${said.language}>${said.text}</span>`
  }

  /** The same, with a paragraph for every blank line. */
  protected sayParagraphs(map: LanguageMap | undefined): TemplateResult | typeof nothing {
    const said = pick(map, this.language)
    if (said === undefined) return nothing
    const language = said.language === this.language ? nothing : said.language
    return html`${said.text
      .split(/\n\s*\n/)
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => html`<p lang=${language}>${paragraph.trim()}</p>`)}`
  }
}
