import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import type { LanguageMap } from '../../node/http/contract.ts'
import { techMessages } from '../locales/tech/messages.ts'
import type { TechMessages } from '../locales/tech/nl.ts'
import { pickText } from '../model/language.ts'
import type { Language } from '../model/language.ts'

/** An element of the technicians' page, in the page's language. */
export class TechElement extends LitElement {
  @property() language: Language = 'nl'

  protected get words(): TechMessages {
    return techMessages[this.language]
  }

  protected text(map: LanguageMap | undefined): string {
    return pickText(map, this.language)
  }

  /** As short as it can be said: `40 s`, `12 min`, `3 h`. */
  protected time(seconds: number): string {
    const { words } = this
    if (seconds < 100) return words.seconds(seconds)
    if (seconds < 100 * 60) return words.minutes(Math.round(seconds / 60))
    return seconds < 48 * 3600
      ? words.hours(Math.round(seconds / 3600))
      : words.days(Math.round(seconds / 86_400))
  }
}
