import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { query, state } from 'lit/decorators.js'
import { Gallery } from '../api/gallery.ts'
import { emptyGallery, newsBetween } from '../model/gallery-state.ts'
import type { GalleryNews, GalleryState } from '../model/gallery-state.ts'
import { pickText } from '../model/language.ts'
import type { Language } from '../model/language.ts'
import { choiceOf, inLanguage, parseRoute, samePage } from '../model/route.ts'
import type { Route } from '../model/route.ts'
import type { WorksChoice } from '../model/works-query.ts'
import { shared } from '../styles/shared.ts'
import { firstViewMade, FirstView } from './after-frame.ts'
import { GalleryElement } from './gallery-element.ts'
import { Navigation } from './navigation.ts'
import { RetryEvent } from './page-message.ts'
import { TitleEvent } from './title-event.ts'
import './site-footer.ts'
import './site-header.ts'

/** The node has chosen it by what the browser asks for: of use where the address names none. */
const pageLanguage = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'nl')

/** One and the same, so that a page need not draw itself again for it. */
const noChoice: WorksChoice = {}

/** The frame around every page: header, footer, where we are, what is said aloud. Defined as `exhibit-app` by main.ts. */
export class ExhibitApp extends GalleryElement {
  @state() private route: Route = parseRoute(location.pathname, location.search, pageLanguage())
  @state() private gallery: GalleryState = emptyGallery
  @state() private said = ''
  @state() private pageTitle = ''
  @query('main') private main!: HTMLElement

  readonly #gallery = new Gallery((state, before) => this.#heard(state, before))
  readonly #view = new FirstView(this)
  readonly #navigation = new Navigation((route, { moved }) => this.#goTo(route, moved))

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 100vh;
        min-height: 100svh;
      }
      main {
        flex: 1 0 auto;
        /* The footer starts below the screen, so that what comes in later pushes nothing that is in sight. */
        min-height: 100vh;
        min-height: 100svh;
      }
      main:focus {
        outline: none;
      }
      .offline {
        position: sticky;
        bottom: 0;
        z-index: 1;
        padding: 14px var(--edge);
        background: var(--ink);
        color: var(--paper);
      }
      .loading {
        min-height: 80vh;
        padding: 40px var(--edge);
        color: var(--soft);
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#gallery.start()
    this.#navigation.start()
    this.addEventListener(RetryEvent.eventName, () => this.#gallery.retry())
    this.addEventListener(TitleEvent.eventName, (event) => {
      this.pageTitle = (event as TitleEvent).title
      // It hangs: what the document brought of it has done its service.
      if (this.pageTitle !== '') this.replaceChildren()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#gallery.stop()
    this.#navigation.stop()
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.language = this.route.language
    if (!changed.has('route')) return
    this.#gallery.find(choiceOf(this.route))
    this.#gallery.spread(this.route.page === 'mesh' ? 'all' : 'none')
    void loadPage(this.route.page)
      .then(() => this.requestUpdate())
      // With the page or, where the node went away in between, without it: the ways on are in the footer.
      .finally(firstViewMade)
  }

  protected override updated(): void {
    document.documentElement.lang = this.language
    const exhibition = pickText(this.gallery.exhibition?.title, this.language) || this.words.site.name
    const page = this.#pageName()
    document.title = page === '' || page === exhibition ? exhibition : `${page} · ${exhibition}`
  }

  #pageName(): string {
    const words = this.words
    switch (this.route.page) {
      case 'welcome':
        return ''
      case 'works': {
        const { q, track, number } = this.route.choice ?? {}
        const name = track === undefined ? words.works.title : words.tracks[track]
        const looked = q === undefined ? name : `${name}: ${q}`
        return number === undefined ? looked : `${looked} (${number})`
      }
      case 'artist':
        return this.pageTitle || words.artist.title
      case 'work': {
        const { artist, slug } = this.route
        const work = this.gallery.artworks?.find((one) => one.artist === artist && one.slug === slug)
        return pickText(work?.title, this.language) || this.pageTitle || words.works.title
      }
      case 'mesh':
        return words.mesh.title
      case 'about':
        return words.about.title
      case 'decisions':
        return this.pageTitle || words.site.decisions
      case 'values':
        return this.pageTitle || words.about.values
      case 'unknown':
        return words.problem.unknownTitle
    }
  }

  #goTo(route: Route, moved: boolean): void {
    const same = samePage(route, this.route)
    const sameInOther = samePage(inLanguage(route, this.route.language), this.route)
    this.pageTitle = ''
    if (moved && !same) this.replaceChildren()
    this.route = route
    if (!moved || same) return
    void this.updateComplete.then(() => {
      // Reading starts at the page, not at the link that led here; a change of language leaves it where it was.
      if (!sameInOther) this.main.focus({ preventScroll: true })
      this.said = document.title
    })
  }

  #heard(state: GalleryState, before: GalleryState): void {
    this.gallery = state
    const said = this.#news(newsBetween(before, state))
    if (said !== '') this.said = said
    if (before.connection === 'lost' && state.connection === 'live') this.said = this.words.problem.online
  }

  #news(news: readonly GalleryNews[]): string {
    const words = this.words.news
    const fresh = news.filter((item) => item.kind === 'new')
    if (fresh.length > 3) return words.several(fresh.length)
    return news
      .slice(0, 4)
      .map(({ kind, work }) =>
        words[kind === 'new' ? 'arrived' : 'complete'](pickText(work.title, this.language)),
      )
      .join('. ')
  }

  readonly #skip = (): void => {
    this.main.focus()
  }

  protected override render() {
    const words = this.words
    const { gallery, language, route } = this
    const lost = gallery.connection === 'lost'
    return html`<site-header .language=${language} .route=${route} @gallery-skip=${this.#skip}></site-header>
      <main id="main" tabindex="-1" aria-label=${this.#pageName() || words.welcome.title}>
        ${this.#page()}
      </main>
      ${
        this.#view.drawn
          ? html`<site-footer
              .language=${language}
              .mesh=${gallery.mesh}
              ?flush=${route.page === 'work'}
              .withoutMesh=${route.page === 'welcome' || route.page === 'mesh'}
            ></site-footer>`
          : nothing
      }
      <div role="status" class=${lost && gallery.exhibition !== undefined ? 'offline' : 'hidden'}>
        ${lost && gallery.exhibition !== undefined ? words.problem.offline : nothing}
      </div>
      <div class="hidden" aria-live="polite">${this.said}</div>`
  }

  #page() {
    const { gallery, language, route } = this
    switch (route.page) {
      case 'welcome':
        return html`<welcome-page .language=${language} .gallery=${gallery} .track=${route.track}
          ><slot name="hero"></slot
        ></welcome-page>`
      case 'works':
        return html`<works-page
          .language=${language}
          .gallery=${gallery}
          .choice=${route.choice ?? noChoice}
        ></works-page>`
      case 'artist':
        return html`<artist-page
          .language=${language}
          .gallery=${gallery}
          .artist=${route.artist}
        ></artist-page>`
      case 'work':
        return html`<work-page
          .language=${language}
          .gallery=${gallery}
          .artist=${route.artist}
          .slug=${route.slug}
          ><slot name="art"></slot
        ></work-page>`
      case 'mesh':
        return html`<mesh-page .language=${language} .gallery=${gallery} .followed=${route.work}></mesh-page>`
      case 'about':
        return html`<about-page .language=${language} .gallery=${gallery}></about-page>`
      case 'decisions':
        return html`<decisions-page .language=${language} .gallery=${gallery}></decisions-page>`
      case 'values':
        return html`<values-page .language=${language} .gallery=${gallery}></values-page>`
      case 'unknown':
        return html`<unknown-page .language=${language} .path=${route.path}></unknown-page>`
    }
  }
}

/** Each page comes when it is asked for; the node names the first in the document, so that it is on its way by then. */
async function loadPage(page: Route['page']): Promise<void> {
  switch (page) {
    case 'welcome':
      await import('../pages/welcome-page.ts')
      return
    case 'works':
      await import('../pages/works-page.ts')
      return
    case 'artist':
      await import('../pages/artist-page.ts')
      return
    case 'work':
      await import('../pages/work-page.ts')
      return
    case 'mesh':
      await import('../pages/mesh-page.ts')
      return
    case 'about':
      await import('../pages/about-page.ts')
      return
    case 'decisions':
      await import('../pages/decisions-page.ts')
      return
    case 'values':
      await import('../pages/values-page.ts')
      return
    case 'unknown':
      await import('../pages/unknown-page.ts')
  }
}
