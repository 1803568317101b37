import { css, html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { pick } from '../../model/language.ts'
import { placeOfPicture, renditionsOf } from '../../model/renditions.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { phoneSource } from '../phone-source.ts'
import { setStyles } from '../set-styles.ts'
import { WorkFailedEvent } from './work-failed-event.ts'
import type { PictureZoom } from './picture-zoom.ts'
import './picture-zoom.ts'

/** One image, whole, as large as the wall allows; a tap brings the original on the full screen. */
@customElement('image-viewer')
export class ImageViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @query('picture-zoom') private zoom!: PictureZoom

  static override styles = [
    shared,
    css`
      .frame {
        display: grid;
        justify-items: center;
      }
      picture {
        display: contents;
      }
      /* Else it had a row of the grid. */
      source {
        display: none;
      }
      img {
        display: block;
        width: auto;
        height: auto;
        max-width: 100%;
        max-height: var(--wall);
        cursor: zoom-in;
      }
      /* With known dimensions the place is kept before the first byte has come. */
      img.sized {
        width: min(100%, calc(var(--reach) * var(--ratio)), var(--width));
        aspect-ratio: var(--ratio);
      }
      .frame {
        --reach: var(--wall);
      }
      .large {
        justify-self: end;
        padding: 8px var(--edge);
      }
      .pill {
        border-color: transparent;
        padding-inline: 0;
        text-decoration: underline;
        text-decoration-thickness: var(--line);
        text-underline-offset: 0.28em;
      }
      @media (forced-colors: active) {
        .pill {
          border-color: Canvas;
        }
      }
      @media (min-width: 1000px) {
        .frame {
          position: relative;
          --reach: calc(var(--wall) - 108px);
          align-items: center;
          grid-template-rows: minmax(0, 1fr) auto;
          min-height: var(--wall);
          padding: 32px 48px;
        }
        img {
          max-height: var(--reach);
        }
        /* Below the picture: never over the art. */
        .large {
          padding: 8px 0 0;
          margin-bottom: -16px;
        }
      }
    `,
  ]

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const alt = pick(work.alt, this.language)
    const words = this.words.work
    const size = work.dimensions
    const { url } = work.entry
    const place = size === undefined ? '100vw' : placeOfPicture(size)
    const image = html`<img
      sizes=${place}
      srcset=${(size === undefined ? undefined : renditionsOf(url)) ?? nothing}
      src=${url}
      alt=${alt?.text ?? ''}
      lang=${alt?.language ?? nothing}
      class=${size === undefined ? '' : 'sized'}
      ${setStyles(
        size === undefined
          ? {}
          : { '--ratio': String(size.width / size.height), '--width': `${size.width}px` },
      )}
      decoding="async"
      fetchpriority="high"
      @click=${this.#enlarge}
      @error=${() => this.dispatchEvent(new WorkFailedEvent())}
    />`
    return html`<div class="frame">
        <picture>${size === undefined ? nothing : phoneSource(url, place)}${image}</picture>
        <div class="large">
          <button class="pill" type="button" @click=${this.#enlarge}>${words.enlarge}</button>
        </div>
      </div>
      <picture-zoom .language=${this.language} .src=${url} .alt=${alt?.text ?? ''}></picture-zoom>`
  }

  readonly #enlarge = (): void => this.zoom.open()
}
