import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import type { WorksFound, WorksQuery } from '../../node/http/contracts/search.ts'
import { languageName } from '../model/format.ts'
import { addressOf } from '../model/route.ts'
import { choose, isNarrowed, mediumIds } from '../model/works-query.ts'
import type { WorksChoice } from '../model/works-query.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import { ChosenEvent } from './navigation.ts'
import './track-filter.ts'

/** After the last letter: soon enough to feel at once, late enough not to ask for every letter. */
const typingPauseMs = 220

type Chosen = 'medium' | 'language' | 'venue' | 'artist'
interface Option {
  value: string
  name: string
  works: number
}

/** What to look for among the works. Every choice is in the address, so that it can be shared and gone back to. */
@customElement('works-finder')
export class WorksFinder extends GalleryElement {
  @property({ attribute: false }) choice: WorksChoice = {}
  @property({ attribute: false }) found: WorksFound | undefined
  /** What stands in the field: ahead of the choice while the visitor types. */
  @state() private typed = ''

  #sent = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    shared,
    css`
      .search {
        display: grid;
        gap: 4px;
        max-width: 44rem;
      }
      label {
        color: var(--soft);
      }
      input {
        width: 100%;
        min-height: 52px;
        padding: 4px 0;
        border: 0;
        border-bottom: 3px solid var(--ink);
        border-radius: 0;
        background: transparent;
        color: var(--ink);
        font: 600 clamp(1.375rem, 3vw, 2rem) / 1.2 var(--display);
        letter-spacing: -0.02em;
        appearance: none;
      }
      track-filter {
        margin-top: 24px;
      }
      .more {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 12px 20px;
        margin-top: 18px;
      }
      .one {
        display: grid;
        gap: 2px;
        min-width: 0;
        flex: 0 1 auto;
      }
      .one label {
        font-size: 0.9375rem;
      }
      select {
        max-width: min(100%, 17rem);
        min-height: 44px;
        padding: 8px 14px;
        border: var(--line) solid var(--ink);
        border-radius: 999px;
        background: var(--paper);
        color: var(--ink);
        font: 500 1rem/1.3 var(--text);
      }
      select.chosen {
        padding: 6.5px 12.5px;
        border-width: 3px;
        font-weight: 650;
      }
      .clear {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
      @media (max-width: 599.98px) {
        .more {
          display: grid;
          grid-template-columns: 1fr 1fr;
        }
        select {
          width: 100%;
        }
      }
    `,
  ]

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('choice')) return
    const q = this.choice.q ?? ''
    // Not what came of our own typing: the visitor may have typed on since.
    if (q === this.#sent) return
    this.#sent = q
    this.typed = q
  }

  protected override render() {
    const words = this.words.finding
    const { choice, found, language } = this
    const choices = found?.choices
    return html`<form role="search" @submit=${this.#submit}>
        <div class="search">
          <label for="q">${words.search}</label>
          <input
            id="q"
            type="search"
            enterkeyhint="search"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            maxlength="120"
            .value=${live(this.typed)}
            @input=${this.#type}
          />
        </div>
      </form>
      <track-filter
        page="works"
        .language=${language}
        .chosen=${choice.track}
        .choice=${choice}
        .counts=${choices?.track ?? {}}
      ></track-filter>
      <div class="more" role="group" aria-label=${words.filters}>
        ${this.#select('medium', this.#media())} ${this.#select('venue', this.#venues())}
        ${this.#select('language', this.#languages())} ${this.#select('artist', this.#artists())}
        ${
          isNarrowed(choice)
            ? html`<a class="clear" href=${addressOf({ page: 'works', language })}>${words.clear}</a>`
            : nothing
        }
      </div>`
  }

  #select(name: Chosen, options: readonly Option[]) {
    const words = this.words.finding
    const chosen = this.choice[name] ?? ''
    // Nothing to choose between, and nothing chosen to take back.
    if (options.length < 2 && chosen === '') return nothing
    const known = options.some(({ value }) => value === chosen)
    return html`<div class="one">
      <label for=${name}>${words[name]}</label>
      <select
        id=${name}
        class=${chosen === '' ? '' : 'chosen'}
        @change=${(event: Event) => this.#choose(name, (event.target as HTMLSelectElement).value)}
      >
        <option value="" .selected=${chosen === ''}>${words.any[name]}</option>
        ${chosen === '' || known ? nothing : html`<option value=${chosen} .selected=${true}>${chosen}</option>`}
        ${options.map(
          ({ value, name, works }) =>
            html`<option value=${value} .selected=${value === chosen}>${words.option(name, works)}</option>`,
        )}
      </select>
    </div>`
  }

  #media(): Option[] {
    const counts = this.found?.choices.medium ?? {}
    return mediumIds.flatMap((id) => {
      const works = counts[id]
      return works === undefined ? [] : [{ value: id, name: this.words.media[id], works }]
    })
  }

  #languages(): Option[] {
    return Object.entries(this.found?.choices.language ?? {})
      .map(([tag, works]) => ({ value: tag, name: languageName(tag), works }))
      .sort((a, b) => b.works - a.works || a.name.localeCompare(b.name))
  }

  #venues(): Option[] {
    const unnamed = this.words.finding.unnamed
    return (this.found?.choices.venue ?? []).map(({ id, name, works }) => ({
      value: id,
      name: name || unnamed,
      works,
    }))
  }

  #artists(): Option[] {
    return (this.found?.choices.artist ?? []).map(({ did, name, works }) => ({ value: did, name, works }))
  }

  #choose(name: keyof WorksQuery, value: string, passing = false): void {
    const choice = choose(this.choice, name, value)
    this.dispatchEvent(new ChosenEvent({ page: 'works', language: this.language, choice }, { passing }))
  }

  readonly #type = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#send, typingPauseMs)
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault()
    clearTimeout(this.#timer)
    this.#send()
  }

  readonly #send = (): void => {
    if (this.typed.trim() === (this.choice.q ?? '').trim()) return
    this.#sent = choose(this.choice, 'q', this.typed).q ?? ''
    this.#choose('q', this.typed, true)
  }
}
