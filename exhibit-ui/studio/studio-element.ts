import { property } from 'lit/decorators.js'
import type { PropertyValues } from 'lit'
import { GalleryElement } from '../components/gallery-element.ts'
import { studioMessages } from '../locales/studio/messages.ts'
import type { StudioMessages } from '../locales/studio/messages.ts'
import type { StudioRoute } from './model/studio-route.ts'
import type { StudioState } from './studio-state.ts'

/** Asks the studio to go to another of its pages. */
export class GoEvent extends Event {
  static readonly eventName = 'studio-go'
  readonly route: StudioRoute

  constructor(route: StudioRoute) {
    super(GoEvent.eventName, { bubbles: true, composed: true })
    this.route = route
  }
}

/** An element of the studio: draws itself anew when something in the studio's state changes. */
export class StudioElement extends GalleryElement {
  @property({ attribute: false }) studio: StudioState | undefined

  protected get t(): StudioMessages {
    return studioMessages[this.language]
  }

  readonly #changed = (): void => this.requestUpdate()

  override connectedCallback(): void {
    super.connectedCallback()
    this.studio?.addEventListener('change', this.#changed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.studio?.removeEventListener('change', this.#changed)
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('studio')) return
    ;(changed.get('studio') as StudioState | undefined)?.removeEventListener('change', this.#changed)
    this.studio?.addEventListener('change', this.#changed)
  }

  protected go(route: StudioRoute): void {
    this.dispatchEvent(new GoEvent(route))
  }
}
