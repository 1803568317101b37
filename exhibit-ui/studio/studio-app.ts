import { css, html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { shared } from '../styles/shared.ts'
import { parseStudioRoute, studioAddress } from './model/studio-route.ts'
import type { StudioRoute } from './model/studio-route.ts'
import { StudioState } from './studio-state.ts'
import { GoEvent, StudioElement } from './studio-element.ts'
import './pages/draft-page.ts'
import './pages/home-page.ts'
import './pages/key-page.ts'
import './pages/work-state-page.ts'

const here = (): StudioRoute => parseStudioRoute(location.pathname) ?? { page: 'home', language: 'en' }

/** The studio: a frame around its pages, and the key that opens them. */
@customElement('studio-app')
export class StudioApp extends StudioElement {
  @state() private route = here()
  @state() private said = ''
  @query('main') private main!: HTMLElement

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 100vh;
        min-height: 100svh;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 24px;
        padding: 8px var(--edge);
        border-bottom: var(--hairline);
      }
      header a,
      header button {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-decoration: none;
        cursor: pointer;
      }
      .name {
        border-bottom: var(--line) solid currentColor;
      }
      .brand {
        font: 700 1.25rem/1.1 var(--display);
        letter-spacing: -0.02em;
      }
      .space {
        flex: 1 1 0;
      }
      header .skip {
        position: absolute;
        left: var(--edge);
        top: 8px;
        z-index: 2;
        transform: translateY(-200%);
        padding: 10px 18px;
        border-radius: 999px;
        background: var(--ink);
        color: var(--paper);
      }
      header .skip:focus {
        transform: none;
      }
      main {
        flex: 1 0 auto;
      }
      main:focus {
        outline: none;
      }
      .away {
        position: sticky;
        bottom: 0;
        z-index: 2;
        padding: 14px var(--edge);
        background: var(--ink);
        color: var(--paper);
      }
      @media print {
        header,
        .away {
          display: none;
        }
      }
    `,
  ]

  constructor() {
    super()
    this.studio = new StudioState()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.studio?.start()
    window.addEventListener('popstate', this.#popped)
    this.addEventListener(GoEvent.eventName, (event) => this.#go((event as GoEvent).route))
    this.addEventListener('click', this.#clicked)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('popstate', this.#popped)
  }

  protected override willUpdate(changed: Parameters<StudioElement['willUpdate']>[0]): void {
    super.willUpdate(changed)
    this.language = this.route.language
  }

  protected override updated(): void {
    document.documentElement.lang = this.language
    document.title = `${this.t.title} · ${this.words.site.name}`
  }

  readonly #popped = (): void => {
    this.route = here()
    this.#arrived()
  }

  /** Links within the studio load no page anew: the key would be gone. */
  readonly #clicked = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
    if (link === undefined || link.hasAttribute('download') || link.target !== '') return
    const url = new URL(link.href)
    const route = url.origin === location.origin ? parseStudioRoute(url.pathname) : undefined
    if (route === undefined) return
    event.preventDefault()
    this.#go(route)
  }

  #go(route: StudioRoute): void {
    const isSame = studioAddress({ ...route, language: this.language }) === studioAddress(this.route)
    history.pushState(null, '', studioAddress(route))
    this.route = route
    if (!isSame) this.#arrived()
  }

  #arrived(): void {
    window.scrollTo(0, 0)
    void this.updateComplete.then(() => {
      this.main.focus({ preventScroll: true })
      this.said = document.title
    })
  }

  protected override render() {
    const { t, language, studio } = this
    if (studio === undefined) return nothing
    const other = language === 'nl' ? 'en' : 'nl'
    const { owner } = studio.keys
    return html`<header>
        <button class="skip" type="button" @click=${() => this.main.focus()}>${t.skip}</button>
        <a class="brand" href=${studioAddress({ page: 'home', language })}>${t.title}</a>
        <span class="space"></span>
        ${
          owner === undefined
            ? html`<a href="/${language}/"><span class="name">${t.backToGallery}</span></a>`
            : html`<button type="button" @click=${studio.keys.close}>
                <span class="name">${t.lock}</span>
              </button>`
        }
        <a href=${studioAddress({ ...this.route, language: other })} lang=${other} hreflang=${other}
          ><span class="name">${t.otherLanguage}</span></a
        >
      </header>
      <main tabindex="-1" aria-label=${t.title}>${this.#page()}</main>
      <div role="status" class=${studio.connection === 'lost' ? 'away' : 'hidden'}>
        ${studio.connection === 'lost' ? t.away : nothing}
      </div>
      <div class="hidden" aria-live="polite">${this.said}</div>`
  }

  #page() {
    const { studio, language, route } = this
    if (studio?.keys.owner === undefined || !studio.isReady) {
      return html`<key-page .studio=${studio} .language=${language}></key-page>`
    }
    switch (route.page) {
      case 'home':
        return html`<home-page .studio=${studio} .language=${language}></home-page>`
      case 'draft':
        return html`<draft-page
          .studio=${studio}
          .language=${language}
          .draftId=${route.id}
          .step=${route.step}
        ></draft-page>`
      case 'work':
        return html`<work-state-page
          .studio=${studio}
          .language=${language}
          .slug=${route.slug}
        ></work-state-page>`
    }
  }
}
