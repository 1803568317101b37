import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { AlertKindView, MeshHealthView } from '../../node/http/contracts/tech.ts'
import { shared } from '../styles/shared.ts'
import './alert-list.ts'
import './event-list.ts'
import './mesh-map.ts'
import { nodeNames } from './model/node-names.ts'
import './node-list.ts'
import './order-panel.ts'
import { fetchAlertKinds } from './tech-client.ts'
import { TechElement } from './tech-element.ts'
import { TechFeed } from './tech-feed.ts'
import type { TechFeedState } from './tech-feed.ts'
import { techStyles } from './tech-styles.ts'
import './values-check.ts'
import './work-matrix.ts'

/** The technicians' page: first whether all is well, then what is not, then everything. */
@customElement('tech-app')
export class TechApp extends TechElement {
  @state() private feed: TechFeedState = { view: undefined, timeline: [], answers: true }
  @state() private kinds: ReadonlyMap<string, AlertKindView> = new Map()
  readonly #feed = new TechFeed((state) => {
    this.feed = state
  })

  static override styles = [
    shared,
    techStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        align-items: center;
        padding: 6px var(--edge);
        border-bottom: var(--hairline);
      }
      header a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
      .brand {
        flex: 1 1 auto;
        padding-top: 10px;
        font: 700 1.25rem/1.3 var(--display);
        letter-spacing: -0.02em;
      }
      @media (min-width: 700px) {
        .brand {
          padding-top: 0;
        }
      }
      main {
        padding: 0 var(--edge) 64px;
      }
      .verdict {
        padding: 20px 0 16px;
        border-bottom: var(--hairline);
      }
      h1 {
        display: flex;
        gap: 16px;
        align-items: center;
        font-size: clamp(2.25rem, 8vw, 4.5rem);
      }
      h1::before {
        content: '';
        flex: none;
        width: 0.62em;
        height: 0.62em;
        border-radius: 50%;
        background: var(--digital-autonomy-surface);
      }
      h1.silent::before {
        background: var(--soft);
      }
      h1.problem::before {
        border-radius: 0;
        background: var(--public-ai-surface);
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 0 20px;
        padding-top: 10px;
      }
      .part {
        max-width: 75ch;
        padding-top: 8px;
        font-weight: 700;
      }
      .columns {
        display: flex;
        flex-direction: column;
        gap: 12px 40px;
      }
      .side {
        display: contents;
      }
      .side > * {
        min-width: 0;
      }
      /* On a phone: what there is and where, what each node has, what happened, what may be ordered. */
      .happened {
        order: 1;
      }
      .ordered {
        order: 2;
      }
      .away {
        position: sticky;
        bottom: 0;
        padding: 12px var(--edge);
        background: var(--ink);
        color: var(--paper);
      }
      @media (min-width: 1000px) {
        .columns {
          display: grid;
          grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
          align-items: start;
        }
        .side {
          display: grid;
          grid-template-columns: minmax(0, 1fr);
          gap: 12px;
        }
      }
      @media (min-width: 1700px) {
        .columns {
          grid-template: auto 1fr / minmax(0, 4fr) minmax(0, 6fr) minmax(0, 4fr);
        }
        .side {
          display: contents;
        }
        .now {
          grid-area: 1 / 1 / span 2;
        }
        .held {
          grid-area: 1 / 2 / span 2;
        }
        .happened {
          grid-area: 1 / 3;
        }
        .ordered {
          grid-area: 2 / 3;
        }
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    this.language = location.pathname.startsWith('/en') ? 'en' : 'nl'
    document.title = `${this.words.name} · Mesh Art Network`
    this.#feed.start()
    void this.#learnKinds()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#feed.stop()
  }

  async #learnKinds(): Promise<void> {
    try {
      this.kinds = new Map((await fetchAlertKinds()).map((kind) => [kind.kind, kind]))
    } catch {
      // The page says by itself that the node does not answer.
      setTimeout(() => void this.#learnKinds(), 5_000)
    }
  }

  protected override render() {
    const { words, language, feed } = this
    const other = language === 'nl' ? 'en' : 'nl'
    return html`<header>
        <span class="brand">Mesh Art Network · ${words.name}</span>
        <a href="/${language}/">${words.back}</a>
        <a href="/${other}/tech" lang=${other} hreflang=${other}>${words.otherLanguage}</a>
      </header>
      <main>
        ${feed.view === undefined ? html`<h1 class="wait">${feed.answers ? words.loading : words.noAnswer}</h1>` : this.#page(feed.view)}
      </main>
      ${feed.answers || feed.view === undefined ? nothing : html`<p class="away" role="status">${words.noAnswer}</p>`}`
  }

  #page(view: MeshHealthView) {
    const { language, kinds } = this
    const names = nodeNames(view)
    return html`${this.#verdict(view, names)}
      <div class="columns">
        <div class="side">
          <div class="now">
            <alert-list .language=${language} .view=${view} .kinds=${kinds} .names=${names}></alert-list>
            <values-check .language=${language}></values-check>
            <mesh-map .language=${language} .view=${view} .names=${names}></mesh-map>
          </div>
          <event-list
            class="happened"
            .language=${language}
            .view=${view}
            .timeline=${this.feed.timeline}
            .kinds=${kinds}
            .names=${names}
          ></event-list>
        </div>
        <div class="side">
          <div class="held">
            <node-list .language=${language} .view=${view} .names=${names}></node-list>
            <work-matrix .language=${language} .view=${view} .names=${names}></work-matrix>
          </div>
          <order-panel
            class="ordered"
            .language=${language}
            .view=${view}
            .names=${names}
            @tech-ordered=${this.#feed.refresh}
          ></order-panel>
        </div>
      </div>`
  }

  #verdict(view: MeshHealthView, names: ReadonlyMap<string, string>) {
    const { words } = this
    const { answers } = this.feed
    const { problems, notices, heard, works, parts } = view
    const shown = works.filter(({ withdrawn }) => !withdrawn)
    const whole = shown.filter(({ lacks }) => lacks.length === 0).length
    const silent = view.nodes.filter(
      ({ state, granted }) => granted && (state === 'late' || state === 'lost'),
    )
    return html`<section class="verdict">
      <h1 class=${answers ? (problems === 0 ? 'well' : 'problem') : 'silent'} aria-live="polite">
        ${answers ? (problems === 0 ? words.well : words.problems(problems)) : words.silent}
      </h1>
      <p class="figures">
        <span>${words.heard(heard.nodes, heard.of)}</span>
        <span>${shown.length === 0 ? words.noWorks : words.wholeEverywhere(whole, shown.length)}</span>
        ${notices === 0 ? nothing : html`<span>${words.notices(notices)}</span>`}
        <span class="soft">${words.seenFrom(names.get(view.self) ?? '')}</span>
      </p>
      ${
        silent.length === 0
          ? nothing
          : html`<p class="part">
              ${words.partial(
                silent
                  .slice(0, 8)
                  .map(({ id }) => names.get(id))
                  .join(', ') + (silent.length > 8 ? ` ${words.more(silent.length - 8)}` : ''),
              )}
            </p>`
      }
      ${parts.length > 1 ? html`<p class="part">${words.apart(parts.length)}</p>` : nothing}
    </section>`
  }
}
