import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { AlertKindView, AlertView, MeshHealthView } from '../../node/http/contracts/tech.ts'
import { shared } from '../styles/shared.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

/** What is wrong, since when, and what to do about it. */
@customElement('alert-list')
export class AlertList extends TechElement {
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) kinds: ReadonlyMap<string, AlertKindView> = new Map()
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()

  static override styles = [
    shared,
    techStyles,
    css`
      li {
        padding: 10px 0 12px 14px;
        border-top: var(--faint);
        border-left: 8px solid var(--sun);
        margin-bottom: 8px;
      }
      li.problem {
        border-left-color: var(--public-ai-surface);
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: baseline;
        font: 650 1.125rem/1.3 var(--display);
      }
      .severity,
      .since {
        font: 400 1rem/1.4 var(--text);
        color: var(--soft);
      }
      .about {
        font-weight: 700;
      }
      dl {
        display: grid;
        gap: 6px;
        padding-block: 4px 8px;
        max-width: 70ch;
      }
      dt {
        color: var(--soft);
      }
    `,
  ]

  protected override render() {
    const { words, view } = this
    if (view === undefined) return nothing
    return html`<h2>${words.alerts}</h2>
      ${
        view.alerts.length === 0
          ? html`<p class="soft">${words.noAlerts}</p>`
          : html`<ul role="list">
              ${repeat(
                view.alerts,
                ({ kind, node, other = '' }) => `${kind} ${node} ${other}`,
                (alert) => this.#alert(alert),
              )}
            </ul>`
      }`
  }

  #alert(alert: AlertView) {
    const { words, language } = this
    const kind = this.kinds.get(alert.kind)
    return html`<li class=${alert.severity}>
      <p class="title">
        <span>${kind?.title[language] ?? alert.kind}</span>
        <span class="about">${this.#about(alert)}</span>
      </p>
      <p>
        <span class="severity">${words[alert.severity]}</span>
        <span class="since">· ${words.since(this.time(alert.sinceSeconds))}</span>
      </p>
      ${
        kind === undefined
          ? nothing
          : html`<p>${kind.doThis[language]}</p>
              <details>
                <summary>${words.means}</summary>
                <dl>
                  <div>
                    <dt>${words.means}</dt>
                    <dd>${kind.means[language]}</dd>
                  </div>
                  <div>
                    <dt>${words.threshold}</dt>
                    <dd>${kind.threshold[language]}</dd>
                  </div>
                </dl>
              </details>`
      }
    </li>`
  }

  #about({ node, other }: AlertView): string {
    const name = this.names.get(node) ?? ''
    if (other === undefined) return name
    const work = this.view?.works.find(({ root }) => root === other)
    const what = this.names.get(other) ?? (work === undefined ? '' : this.text(work.title))
    return what === '' ? name : `${name} – ${what}`
  }
}
