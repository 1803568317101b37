import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { pick } from '../../model/language.ts'
import { renditionsOf } from '../../model/renditions.ts'
import { seriesOf } from '../../model/series.ts'
import { swipeOf } from '../../model/swipe.ts'
import type { Touch } from '../../model/swipe.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { phoneSource } from '../phone-source.ts'
import type { PictureZoom } from './picture-zoom.ts'
import { WorkFailedEvent } from './work-failed-event.ts'
import './picture-zoom.ts'

/** A series, one image at a time, in the order of its file names. */
@customElement('images-viewer')
export class ImagesViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @state() private index = 0
  @query('picture-zoom') private zoom!: PictureZoom

  #from: Touch | undefined

  static override styles = [
    shared,
    css`
      .series {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
      }
      .frame {
        display: grid;
        place-items: center;
        height: min(calc(var(--wall) - 69px), 120vw);
        padding: clamp(0px, 3vw, 40px);
      }
      .open {
        display: block;
        width: 100%;
        height: 100%;
        min-height: 0;
        padding: 0;
        border: 0;
        background: none;
        cursor: zoom-in;
      }
      picture {
        display: contents;
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: contain;
      }
      .bar {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 16px;
        padding: 12px var(--edge);
        border-top: var(--hairline);
        background: var(--paper);
        box-shadow: var(--below, none);
      }
      .count {
        min-width: 7.5rem;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      .pill {
        width: 44px;
        padding: 0;
        font-size: 1.25rem;
      }
      .pill[aria-disabled='true'] {
        opacity: 0.45;
        cursor: default;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('work') && changed.get('work')?.root !== this.work?.root) this.index = 0
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const series = seriesOf(work)
    const current = series[this.index] ?? series[0]
    const url = current?.url ?? ''
    const words = this.words.work
    const alt = pick(current?.alt ?? work.alt, this.language)
    const name = words.pictureOf(this.index + 1, series.length)
    return html`<div class="series" @keydown=${(event: KeyboardEvent) => this.#key(event, series.length)}>
        <div class="frame" @touchstart=${this.#touched} @touchend=${this.#let}>
          <button
            class="open"
            type="button"
            aria-label="${words.enlarge}: ${name}"
            @click=${() => this.zoom.open()}
          >
            <picture>
              ${phoneSource(url, '100vw')}
              <img
                sizes="100vw"
                srcset=${renditionsOf(url) ?? nothing}
                src=${url}
                alt="${alt?.text ?? ''} ${name}"
                lang=${alt?.language ?? nothing}
                @error=${() => this.dispatchEvent(new WorkFailedEvent())}
              />
            </picture>
          </button>
        </div>
        <div class="bar">
          <button
            class="pill"
            type="button"
            aria-label=${words.previousPicture}
            aria-disabled=${this.index === 0 ? 'true' : 'false'}
            @click=${() => this.#go(this.index - 1)}
          >
            <span aria-hidden="true">←</span>
          </button>
          <p class="count" role="status">${name}</p>
          <button
            class="pill"
            type="button"
            aria-label=${words.nextPicture}
            aria-disabled=${this.index >= series.length - 1 ? 'true' : 'false'}
            @click=${() => this.#go(this.index + 1)}
          >
            <span aria-hidden="true">→</span>
          </button>
        </div>
      </div>
      <picture-zoom .language=${this.language} .src=${url} .alt="${alt?.text ?? ''} ${name}"></picture-zoom>`
  }

  /** A button at the end of the series keeps the focus: were it disabled, the next arrow key would go to the page. */
  #go(index: number): void {
    if (this.work === undefined || index < 0 || index >= seriesOf(this.work).length) return
    this.index = index
  }

  #key(event: KeyboardEvent, count: number): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    // Also at the ends: an arrow that turns pictures does not suddenly lead to another work.
    event.preventDefault()
    const to = this.index + (event.key === 'ArrowLeft' ? -1 : 1)
    if (to >= 0 && to < count) this.#go(to)
  }

  readonly #touched = (event: TouchEvent): void => {
    const [touch] = event.changedTouches
    this.#from =
      event.touches.length === 1 && touch !== undefined
        ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp }
        : undefined
  }

  readonly #let = (event: TouchEvent): void => {
    const [touch] = event.changedTouches
    const from = this.#from
    this.#from = undefined
    if (touch === undefined || from === undefined || (visualViewport?.scale ?? 1) > 1.05) return
    const way = swipeOf(from, { x: touch.clientX, y: touch.clientY, at: event.timeStamp })
    const to = this.index + (way === 'next' ? 1 : way === 'previous' ? -1 : 0)
    if (this.work !== undefined && to >= 0 && to < seriesOf(this.work).length) this.#go(to)
  }
}
