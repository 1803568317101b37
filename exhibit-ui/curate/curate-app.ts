import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { LiveEvents } from '../api/live-events.ts'
import { KeyKeeper } from '../key/key-keeper.ts'
import { shared } from '../styles/shared.ts'
import { fetchQueue } from './curate-api.ts'
import type { Queue } from './curate-api.ts'
import { CurateElement } from './curate-element.ts'
import { addressOfCurate, parseCurateRoute } from './curate-route.ts'
import type { CurateRoute } from './curate-route.ts'
import { DecidedEvent } from './decide-form.ts'
import './open-key.ts'
import './submission-page.ts'
import './submission-queue.ts'

/** The curators' pages: a key that stays in a worker, what waits, and one work of it. */
@customElement('curate-app')
export class CurateApp extends CurateElement {
  @state() private route: CurateRoute = parseCurateRoute(location.pathname)
  @state() private queue: Queue | undefined
  @state() private failed = false
  @state() private lost = false
  @state() private closedByItself = false
  @state() private outcome = ''
  @query('main') private main!: HTMLElement

  readonly #key = new KeyKeeper(() => {
    this.closedByItself = !this.#closing
    this.requestUpdate()
  })
  readonly #live = new LiveEvents({
    opened: () => {
      this.lost = false
      void this.#refresh()
    },
    lost: () => {
      this.lost = true
    },
    event: ({ event }) => {
      if (event === 'catalogue' || event === 'reset') void this.#refresh()
    },
  })
  #closing = false

  static override styles = [
    shared,
    css`
      header {
        display: grid;
        grid-template: 'brand language' auto 'menu menu' auto / 1fr auto;
        align-items: center;
        gap: 0 24px;
        padding: 8px var(--edge) 4px;
        border-bottom: var(--hairline);
      }
      header a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
      .brand {
        font: 700 1.25rem/1.1 var(--display);
        letter-spacing: -0.02em;
        text-decoration: none;
      }
      nav {
        grid-area: menu;
        display: flex;
        flex-wrap: wrap;
        gap: 0 24px;
      }
      .language {
        grid-area: language;
      }
      @media (min-width: 760px) {
        header {
          grid-template: 'brand menu language' auto / 1fr auto auto;
          padding-block: 8px;
        }
      }
      main {
        display: grid;
        gap: 40px;
        padding: 28px var(--edge) 80px;
      }
      main:focus {
        outline: none;
      }
      .title {
        font-size: clamp(2.75rem, 8vw, 5rem);
        letter-spacing: -0.04em;
        margin-bottom: 16px;
      }
      .intro {
        display: grid;
        gap: 10px;
        max-width: 38rem;
      }
      open-key {
        padding-top: 20px;
        border-top: var(--hairline);
      }
      .offline {
        position: sticky;
        bottom: 0;
        padding: 14px var(--edge);
        background: var(--ink);
        color: var(--paper);
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#live.start()
    document.addEventListener('click', this.#clicked)
    window.addEventListener('popstate', this.#popped)
    this.addEventListener('key-opened', () => {
      this.closedByItself = false
      this.requestUpdate()
    })
    this.addEventListener(DecidedEvent.eventName, (event) => {
      void this.#decided((event as DecidedEvent).created)
    })
    void this.#refresh()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#live.stop()
    document.removeEventListener('click', this.#clicked)
    window.removeEventListener('popstate', this.#popped)
    this.#closing = true
    this.#key.close()
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.language = this.route.language
  }

  protected override updated(): void {
    document.documentElement.lang = this.language
    document.title = `${this.says.title} · ${this.words.site.name}`
  }

  async #refresh(): Promise<void> {
    try {
      this.queue = await fetchQueue()
      this.failed = false
    } catch {
      // Whatever it was, the page says so, and the next event or the button tries again.
      this.failed = true
    }
  }

  async #decided(created: boolean): Promise<void> {
    const words = this.says.decide
    await this.#refresh()
    const { work } = this.route
    const waits = this.queue?.submissions.some((one) => one.artist === work?.artist && one.slug === work.slug)
    if (!created) this.outcome = words.already
    else this.outcome = waits === false ? await this.#resultOf(work) : words.sent
  }

  /** It waits no more: shown, or gone. */
  async #resultOf(work: CurateRoute['work']): Promise<string> {
    const words = this.says.decide
    const address = `/api/v1/artworks/${work?.artist}/${encodeURIComponent(work?.slug ?? '')}`
    const response = await fetch(address, { credentials: 'omit' }).catch(() => undefined)
    if (response?.ok === true) return words.sentShown
    return response?.status === 410 ? words.sentRemoved : words.sent
  }

  readonly #clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
    if (link === undefined || link.target !== '' || link.hasAttribute('download')) return
    const { origin, pathname } = new URL(link.href)
    // Only within these pages: the key would be lost on the way, for nothing.
    if (origin !== location.origin || !/^\/(nl|en)\/curate(\/|$)/.test(pathname)) return
    event.preventDefault()
    history.pushState(null, '', pathname)
    this.#arrive()
    window.scrollTo(0, 0)
  }

  readonly #popped = (): void => this.#arrive()

  #arrive(): void {
    this.route = parseCurateRoute(location.pathname)
    this.outcome = ''
    void this.updateComplete.then(() => this.main.focus({ preventScroll: true }))
  }

  protected override render() {
    const { language, route, says } = this
    const other = language === 'nl' ? 'en' : 'nl'
    return html`<header>
        <a class="brand" href="/${language}/curate">${this.words.site.name}</a>
        <nav aria-label=${this.words.site.menu}>
          <a href="/${language}/">${says.toExhibition}</a>
          <a href="/${language}/decisions">${says.decisions}</a>
        </nav>
        <a
          class="language"
          href=${addressOfCurate({ ...route, language: other })}
          lang=${other}
          hreflang=${other}
          >${says.otherLanguage}</a
        >
      </header>
      <main id="main" tabindex="-1" aria-label=${says.title}>
        ${route.work === undefined ? [this.#queue(), this.#keyPart()] : this.#workAndKey(route.work)}
      </main>
      <div role="status" class=${this.lost ? 'offline' : 'hidden'}>
        ${this.lost ? says.offline : nothing}
      </div>`
  }

  /** A work cannot be seen without a key, so where none is open that comes first. */
  #workAndKey(work: NonNullable<CurateRoute['work']>) {
    const parts = [this.#work(work), this.#keyPart()]
    return this.#key.owner === undefined ? parts.reverse() : parts
  }

  get #myName(): string {
    const { owner } = this.#key
    const view = this.queue?.view
    if (owner === undefined || view === undefined) return ''
    // Where nobody is named, the steward curates.
    if (view.curators.length === 0 && owner.did === view.exhibition) return owner.name || owner.did
    return view.curators.find(({ did }) => did === owner.did)?.name ?? ''
  }

  #keyPart() {
    const { owner } = this.#key
    return html`<open-key
      .language=${this.language}
      .curatorKey=${this.#key}
      .owner=${owner}
      .curatorName=${this.#myName}
      .fingerprint=${owner?.did.slice(-8) ?? ''}
      .closedByItself=${this.closedByItself}
    ></open-key>`
  }

  #queue() {
    const { says, queue } = this
    return html`<div>
        <h1 class="title">${says.title}</h1>
        <div class="intro">
          <p>${says.intro}</p>
          ${
            queue === undefined
              ? nothing
              : html`<p class="soft">${says.rule(queue.view.quorum, queue.view.curators.length)}</p>`
          }
        </div>
      </div>
      ${
        queue === undefined
          ? this.#waiting()
          : html`<submission-queue
              .language=${this.language}
              .submissions=${queue.submissions}
              .quorum=${queue.view.quorum}
              .me=${this.#key.owner?.did ?? ''}
            ></submission-queue>`
      }`
  }

  #waiting() {
    if (!this.failed) return html`<p class="soft" role="status">${this.words.site.loading}</p>`
    return html`<div role="alert">
      <p>${this.says.queue.failed}</p>
      <button class="pill" type="button" @click=${() => void this.#refresh()}>
        ${this.says.queue.tryAgain}
      </button>
    </div>`
  }

  #work(work: NonNullable<CurateRoute['work']>) {
    const { queue } = this
    if (queue === undefined) return this.#waiting()
    return html`<submission-page
      .language=${this.language}
      .curatorKey=${this.#key}
      .exhibition=${queue.view.exhibition}
      .quorum=${queue.view.quorum}
      .artist=${work.artist}
      .slug=${work.slug}
      .mayDecide=${this.#myName !== ''}
      .outcome=${this.outcome}
      .submission=${queue.submissions.find((one) => one.artist === work.artist && one.slug === work.slug)}
    ></submission-page>`
  }
}
