import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ValueCheck, ValueCheckId, ValuesView } from '../../node/http/contracts/values.ts'
import { getJson } from '../api/client.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { TitleEvent } from '../components/title-event.ts'
import { en } from '../locales/values/en.ts'
import { nl } from '../locales/values/nl.ts'
import type { ValuesMessages } from '../locales/values/nl.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { stateOf, statements, values } from '../model/public-values.ts'
import type { Statement } from '../model/public-values.ts'
import { shared } from '../styles/shared.ts'
import { valuesPageStyles } from './values-page-styles.ts'

/** The manifesto's values, each with an answer and with what this node finds when it checks itself now. */
@customElement('values-page')
export class ValuesPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState | undefined
  @state() private view: ValuesView | undefined
  @state() private failed = false

  static override styles = [shared, valuesPageStyles]

  get #says(): ValuesMessages {
    return this.language === 'nl' ? nl : en
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('language')) this.dispatchEvent(new TitleEvent(this.#says.title))
  }

  async #load(): Promise<void> {
    try {
      this.view = await getJson<ValuesView>('/api/v1/values')
      this.failed = false
    } catch {
      // Said on the page, with a button to try again; the explanations need no answer.
      this.failed = true
    }
  }

  protected override render() {
    const words = this.#says
    const found = new Map((this.view?.checks ?? []).map((check) => [check.id, check]))
    return html`<h1>${words.title}</h1>
      <p class="intro">${words.intro}</p>
      <p class="soft source">${words.source}</p>
      <div class="summary" role="status">${this.#summary()}</div>
      ${values.map(
        (value) =>
          html`<section aria-labelledby=${value}>
            <h2 id=${value}>${words.value[value]}</h2>
            <div class="statements">
              ${statements
                .filter((statement) => statement.value === value)
                .map((statement) => this.#statement(statement, found))}
            </div>
          </section>`,
      )}
      <p class="after"><a href="/${this.language}/decisions">${words.decisions}</a></p>`
  }

  #summary() {
    const words = this.#says
    const { view } = this
    const button = html`<button class="pill" type="button" @click=${() => void this.#load()}>
      ${words.again}
    </button>`
    if (view === undefined)
      return this.failed
        ? html`<p>${words.noAnswer}</p>
            ${button}`
        : html`<p>${this.words.site.loading}</p>`
    const count = (state: ValueCheck['state']): number =>
      view.checks.filter((check) => check.state === state).length
    return html`<p class=${count('bad') > 0 ? 'bad' : 'good'}>
        ${words.summary(count('good'), count('bad'), count('unknown'))}
      </p>
      <p class="soft">${this.failed ? words.noAnswer : words.age(view.ageSeconds)}</p>
      ${button}`
  }

  #statement(statement: Statement, found: ReadonlyMap<ValueCheckId, ValueCheck>) {
    const words = this.#says
    const [title, text] = words.statement[statement.id]
    const state = stateOf(statement, found)
    const checks = statement.checks.flatMap((id) => found.get(id) ?? [])
    return html`<article data-statement=${statement.id} data-state=${state}>
      <h3>${title}</h3>
      <p class="answer ${statement.answer}">${words.answer[statement.answer]}</p>
      <div class="text">
        <p>${text}</p>
        ${
          this.view === undefined && state !== 'unchecked'
            ? nothing
            : html`<p class="state ${state}">${words.state[state]}</p>`
        }
        ${
          checks.length === 0
            ? nothing
            : html`<ul>
                ${checks.map((check) => this.#check(check))}
              </ul>`
        }
      </div>
    </article>`
  }

  #check(check: ValueCheck) {
    const words = this.#says
    if (check.state === 'good')
      return html`<li>${words.check[check.id](check.looked, check.of ?? check.looked)}</li>`
    return html`<li class=${check.state}>
      <p>${check.state === 'bad' ? words.bad[check.id] : words.couldNot[check.id]}</p>
      ${
        check.found.length === 0
          ? nothing
          : html`<details>
              <summary>${words.forTechnicians}</summary>
              <ul lang="en">
                ${check.found.map((line) => html`<li>${line}</li>`)}
              </ul>
            </details>`
      }
    </li>`
  }
}
