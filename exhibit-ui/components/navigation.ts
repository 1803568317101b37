import { addressOf, inLanguage, parseRoute, samePage } from '../model/route.ts'
import type { Route } from '../model/route.ts'

type Arrived = (route: Route, how: { moved: boolean }) => void

/** How long the page a visitor comes back to may take to be as long as it was. */
const restoreTries = 30

/** Links within the gallery without a new page load. What a browser does itself (new tab, download) it goes on doing. */
export class Navigation {
  readonly #arrived: Arrived
  #route: Route = parseRoute(location.pathname, location.search)

  constructor(arrived: Arrived) {
    this.#arrived = arrived
  }

  start(): void {
    history.scrollRestoration = 'manual'
    document.addEventListener('click', this.#clicked)
    document.addEventListener(ChosenEvent.eventName, this.#chose)
    window.addEventListener('popstate', this.#popped)
  }

  stop(): void {
    document.removeEventListener('click', this.#clicked)
    document.removeEventListener(ChosenEvent.eventName, this.#chose)
    window.removeEventListener('popstate', this.#popped)
  }

  readonly #clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
    if (link === undefined || link.target !== '' || link.hasAttribute('download')) return
    const url = new URL(link.href)
    if (url.origin !== location.origin || url.hash !== '') return
    const route = parseRoute(url.pathname, url.search, this.#route.language)
    if (route.page === 'unknown') return
    event.preventDefault()
    this.#go(route)
  }

  /** The same page with something else chosen while the visitor is still choosing: no step to go back over. */
  readonly #chose = (event: Event): void => {
    if (!(event instanceof ChosenEvent)) return
    if (!event.passing) {
      this.#go(event.route)
      return
    }
    history.replaceState(history.state, '', addressOf(event.route))
    this.#route = event.route
    this.#arrived(event.route, { moved: false })
  }

  #go(route: Route): void {
    const before = this.#route
    // Kept in the entry itself, so that going back comes to the same height; nothing is stored.
    history.replaceState({ top: window.scrollY }, '')
    history.pushState({ top: 0 }, '', addressOf(route))
    this.#route = route
    this.#arrived(route, { moved: true })
    // A filter, or the same place in another language: the visitor stays where they are.
    if (!samePage(inLanguage(route, before.language), before)) window.scrollTo(0, 0)
  }

  readonly #popped = (event: PopStateEvent): void => {
    this.#route = parseRoute(location.pathname, location.search)
    this.#arrived(this.#route, { moved: true })
    const top = (event.state as { top?: number } | null)?.top ?? 0
    restore(top, restoreTries)
  }
}

/** A visitor has chosen by something other than a link. */
export class ChosenEvent extends Event {
  static readonly eventName = 'gallery-chosen'
  readonly route: Route
  readonly passing: boolean

  /** @param passing the choice is still being made: it takes the place of the one before in the history */
  constructor(route: Route, { passing = false }: { passing?: boolean } = {}) {
    super(ChosenEvent.eventName, { bubbles: true, composed: true })
    this.route = route
    this.passing = passing
  }
}

/** The page may still be growing: tries a frame at a time until it is as long as it was. */
function restore(top: number, tries: number): void {
  requestAnimationFrame(() => {
    window.scrollTo(0, top)
    if (Math.abs(window.scrollY - top) > 1 && tries > 0) restore(top, tries - 1)
  })
}
