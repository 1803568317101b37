import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { GalleryElement } from '../components/gallery-element.ts'
import { setStyles } from '../components/set-styles.ts'
import { TitleEvent } from '../components/title-event.ts'
import { groupsOfFour, listText } from '../model/format.ts'
import { emptyGallery } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { addressOf } from '../model/route.ts'
import { lettersAcross } from '../../artworks/format/title-size.ts'
import { shared } from '../styles/shared.ts'
import '../components/page-message.ts'
import '../components/works-list.ts'

/** A maker: what they are called, the key that signs their works, and the works. */
@customElement('artist-page')
export class ArtistPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery
  @property() artist = ''

  #toldTitle = ''

  static override styles = [
    shared,
    css`
      :host {
        padding: clamp(20px, 3vw, 40px) var(--edge) 0;
      }
      .name {
        container-type: inline-size;
      }
      h1 {
        font-size: clamp(2.5rem, min(12cqw, calc(100cqw / (var(--letters, 12) * 0.56))), 7rem);
        font-weight: 750;
        letter-spacing: -0.045em;
        line-height: 0.92;
        margin-left: -0.03em;
        max-width: 18ch;
      }
      .also {
        margin-top: 12px;
        font-size: 1.1875rem;
      }
      dl {
        display: grid;
        gap: 4px;
        max-width: 36rem;
        margin-top: 24px;
      }
      dt {
        color: var(--soft);
      }
      .key {
        font: 700 1.5rem/1.2 var(--display);
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      .count {
        margin-top: clamp(24px, 3vw, 44px);
        padding-top: 18px;
        border-top: var(--hairline);
      }
    `,
  ]

  protected override updated(_changed: PropertyValues): void {
    const title = this.#names()[0] ?? ''
    if (title === this.#toldTitle) return
    this.#toldTitle = title
    this.dispatchEvent(new TitleEvent(title))
  }

  /** What was found for another page is not this artist's. */
  #found() {
    const { found } = this.gallery
    return found?.choice.includes(`artist=${encodeURIComponent(this.artist).replaceAll('%3A', ':')}`) === true
      ? found
      : undefined
  }

  #names(): string[] {
    return this.#found()?.artist?.names ?? []
  }

  protected override render() {
    const { gallery, language } = this
    const words = this.words.artist
    const found = this.#found()
    if (found === undefined) return this.#without()
    const [name, ...others] = this.#names()
    if (name === undefined || found.artist === undefined) {
      return html`<page-message
        .language=${language}
        .heading=${words.unknownTitle}
        .text=${words.unknown}
      ></page-message>`
    }
    return html`<div class="name">
        <p class="soft">${words.title}</p>
        <h1 ${setStyles({ '--letters': String(lettersAcross(name)) })}>${name}</h1>
      </div>
      ${others.length === 0 ? nothing : html`<p class="also">${words.alsoAs(listText(others, language))}</p>`}
      <dl>
        <dt>${words.key}</dt>
        <dd class="key">${groupsOfFour(found.artist.fingerprint)}</dd>
        <dd class="soft">${words.keyHint}</dd>
      </dl>
      <p class="count" role="status">${words.works}: ${this.words.works.count(found.total)}</p>
      <works-list
        .language=${language}
        .found=${found}
        .arrived=${gallery.arrived}
        .addressOfPage=${(number: number) =>
          addressOf({ page: 'artist', language, artist: this.artist, number })}
      ></works-list>`
  }

  #without() {
    const { connection, problem } = this.gallery
    const words = this.words.problem
    if (connection !== 'lost' && problem === undefined) return nothing
    return html`<page-message
      retry
      .language=${this.language}
      .heading=${problem === undefined ? words.nodeTitle : words.serverTitle}
      .text=${problem === undefined ? words.node : words.server}
    ></page-message>`
  }
}
