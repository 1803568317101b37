import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import { bytesText } from '../model/format.ts'
import { licenceName } from '../../artworks/format/licence-name.ts'
import { maySpread } from '../model/licence.ts'
import { addressOf } from '../model/route.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** Media whose one file is the work; of the others the parts make sense only together. */
const inOneFile: ReadonlySet<ArtworkDetail['medium']> = new Set([
  'image',
  'audio',
  'video',
  'text',
  'model',
  'pdf',
])

/** What a visitor may carry away: the files, where the licence allows, and the address of this page for another phone. */
@customElement('take-along')
export class TakeAlong extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @state() private shown = false

  static override styles = [
    shared,
    css`
      .ways {
        display: grid;
        gap: 4px;
        justify-items: start;
      }
      .ways a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
      .code {
        display: flex;
        flex-wrap: wrap;
        gap: 16px 24px;
        align-items: end;
        padding-block: 6px 12px;
      }
      qr-code {
        width: 168px;
      }
      .address {
        max-width: 22rem;
        overflow-wrap: anywhere;
        user-select: all;
      }
      details + details {
        margin-top: 4px;
      }
      .limits {
        max-width: 36rem;
        padding-block: 8px;
      }
    `,
  ]

  protected override render() {
    const { work } = this
    if (work === undefined) return nothing
    const words = this.words.along
    return html`<section aria-label=${words.heading}>
      ${maySpread(work.licence) ? this.#files(work) : html`<p class="limits soft">${words.notAllowed(licenceName(work.licence))}</p>`}
      <details @toggle=${this.#toggle}>
        <summary>${words.code}</summary>
        ${this.shown ? this.#code(work) : nothing}
      </details>
    </section>`
  }

  #files(work: ArtworkDetail) {
    if (!work.progress.complete) return nothing
    const words = this.words.along
    const size = (bytes: number | undefined): string =>
      bytes === undefined ? '' : ` (${bytesText(bytes, this.language)})`
    const entry = work.files.find((file) => file.path === work.entry.path)
    return html`<details>
      <summary>${words.heading}</summary>
      <div class="ways">
        <p>${words.allowed(licenceName(work.licence))}</p>
        ${
          inOneFile.has(work.medium)
            ? html`<a href=${work.entry.url} download>${words.file}${size(entry?.size)}</a>`
            : nothing
        }
        <a href="/ipfs/${work.root}?format=car" download="${work.slug}.car"
          >${words.whole}${size(work.size)}</a
        >
        <p class="soft">${words.wholeHint}</p>
      </div>
    </details>`
  }

  #code(work: ArtworkDetail) {
    const words = this.words.along
    const { artist, slug } = work
    const address = location.origin + addressOf({ page: 'work', language: this.language, artist, slug })
    return html`<div class="code">
        <qr-code .address=${address} .label=${words.codeLabel}></qr-code>
        <p class="address">${address}</p>
      </div>
      <p class="soft limits">${words.codeHint}</p>`
  }

  readonly #toggle = (event: Event): void => {
    if (!(event.target as HTMLDetailsElement).open) return
    void import('./qr-code.ts')
    this.shown = true
  }
}
