import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { ValueCheck, ValuesView } from '../../node/http/contracts/values.ts'
import { en } from '../locales/values/en.ts'
import { nl } from '../locales/values/nl.ts'
import { statements } from '../model/public-values.ts'
import { shared } from '../styles/shared.ts'
import { fetchValues } from './tech-client.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

const ASK_EVERY_MS = 60_000

/** Of what one check found; the page of the values has all of it. */
const FOUND_SHOWN = 3

/** What this node finds wrong when it checks itself against the public values; nothing while all of it holds. */
@customElement('values-check')
export class ValuesCheck extends TechElement {
  @state() private failing: readonly ValueCheck[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    shared,
    techStyles,
    css`
      .failing {
        max-width: 75ch;
        margin-top: 16px;
        padding: 10px 0 12px 14px;
        border-left: 8px solid var(--public-ai-surface);
        overflow-wrap: anywhere;
      }
      h2 {
        padding-top: 0;
      }
      ul {
        padding: 4px 0 8px 1.2em;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#ask()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const { checks }: ValuesView = await fetchValues()
      this.failing = checks.filter(({ state }) => state === 'bad')
    } catch {
      // The page says by itself that the node does not answer.
    }
    if (this.isConnected) this.#timer = setTimeout(() => void this.#ask(), ASK_EVERY_MS)
  }

  protected override render() {
    const { words, language, failing } = this
    const says = language === 'nl' ? nl : en
    return html`<div role="status">
      ${
        failing.length === 0
          ? nothing
          : html`<section class="failing">
              <h2>${words.valuesFail(failing.length)}</h2>
              <ul>
                ${failing.map(
                  ({ id, found }) =>
                    html`<li>
                      ${statements
                        .filter(({ checks }) => checks.includes(id))
                        .map((statement) => says.statement[statement.id][0])
                        .join(' ')}
                      <span class="soft" lang="en">${found.slice(0, FOUND_SHOWN).join('; ')}</span>
                      ${found.length > FOUND_SHOWN ? html`<span class="soft">${words.more(found.length - FOUND_SHOWN)}</span>` : nothing}
                    </li>`,
                )}
              </ul>
              <a href="/${language}/values">${says.title}</a>
            </section>`
      }
    </div>`
  }
}
