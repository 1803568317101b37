import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ArtworkSummary } from '../../node/http/contract.ts'
import { showsPoster } from '../model/hanging.ts'
import { pick, pickText } from '../model/language.ts'
import { renditionsOf } from '../model/renditions.ts'
import { fullCells } from '../../artworks/format/seal.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import { phoneSource } from './phone-source.ts'
import './work-seal.ts'

/** Where the browser cannot tell by itself how broad the picture is. */
const place = 'auto, (min-width: 900px) 34vw, 100vw'

/** A work in its field of tint: the poster with the seal small in the corner, or the seal alone. */
@customElement('work-picture')
export class WorkPicture extends GalleryElement {
  @property({ attribute: false }) work: ArtworkSummary | undefined
  /** Without words of its own, where the title stands right beside it. */
  @property({ type: Boolean }) quiet = false
  /** First in view: fetched at once. */
  @property({ type: Boolean }) eager = false
  @state() private failedAt: string | undefined

  static override styles = [
    shared,
    trackInks,
    css`
      :host {
        height: 100%;
      }
      .field {
        position: relative;
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        min-height: inherit;
        overflow: hidden;
        background: var(--track-tint);
        container-type: size;
      }
      .alone {
        /* A multiple of six pixels, so that cells meet on whole pixels. */
        width: round(down, min(78cqh, 78cqw, 560px), 6px);
      }
      @supports not (width: round(down, 10px, 6px)) {
        .alone {
          width: min(78cqh, 78cqw, 560px);
        }
      }
      img {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .corner {
        position: absolute;
        right: 0;
        bottom: 0;
        padding: 9px;
        background: var(--paper);
      }
      .corner work-seal {
        width: 48px;
      }
      @media (forced-colors: active) {
        .field {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Something more of the work has come since the poster was asked for: worth asking again, about six times in all.
    if (changed.has('work') && this.failedAt !== undefined && this.failedAt !== this.#stage()) {
      this.failedAt = undefined
    }
  }

  #stage(): string {
    const work = this.work
    if (work === undefined) return ''
    const sixths = Math.floor((6 * work.progress.have) / Math.max(1, work.progress.total))
    return `${work.root}/${sixths}/${String(work.progress.complete)}`
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const { progress } = work
    const title = pickText(work.title, this.language)
    const words = this.words.seal
    const label = progress.complete ? words.of(title) : words.forming(title, progress.have, progress.total)
    const cells = progress.complete ? fullCells : progress.cells
    const seal = (spoken: boolean) =>
      html`<work-seal
        class=${spoken ? 'alone' : ''}
        .root=${work.root}
        .cells=${cells}
        .track=${work.track}
        .label=${spoken && !this.quiet ? label : undefined}
      ></work-seal>`
    const { poster } = work
    if (poster === undefined || this.failedAt !== undefined || !showsPoster(work)) {
      return html`<div class="field" data-track=${work.track}>${seal(true)}</div>`
    }
    const alt = pick(poster.alt, this.language)
    return html`<div class="field" data-track=${work.track}>
      <picture>
        ${phoneSource(poster.url, place)}
        <img
          sizes=${place}
          srcset=${renditionsOf(poster.url) ?? nothing}
          src=${poster.url}
          alt=${this.quiet ? '' : (alt?.text ?? '')}
          lang=${alt?.language ?? nothing}
          loading=${this.eager ? 'eager' : 'lazy'}
          decoding="async"
          @error=${() => {
            this.failedAt = this.#stage()
          }}
      /></picture>
      <div class="corner">${seal(false)}</div>
    </div>`
  }
}
