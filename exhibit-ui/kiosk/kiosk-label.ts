import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkDetail, ArtworkSummary } from '../../node/http/contract.ts'
import { licenceName } from '../../artworks/format/licence-name.ts'
import { pick, pickText } from '../model/language.ts'
import { addressOf } from '../model/route.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { KioskElement } from './kiosk-element.ts'
import { qrPath } from './qr-path.ts'
import '../components/work-seal.ts'

/** Of a statement as much as is read while standing. */
const statementLength = 420

/** The label beside the work, to be read from a few steps away, with the way to it on one's own phone. */
@customElement('kiosk-label')
export class KioskLabel extends KioskElement {
  @property({ attribute: false }) work: ArtworkSummary | undefined
  /** With the statement, once it has been fetched. */
  @property({ attribute: false }) detail: ArtworkDetail | undefined
  /** What QR codes lead to. */
  @property() address = ''

  static override styles = [
    shared,
    trackInks,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 1.1rem;
        min-height: 0;
        overflow: hidden;
      }
      h1 {
        font-size: clamp(1.9rem, 4.4vmin, 9rem);
        font-weight: 750;
        line-height: 0.98;
      }
      .maker {
        font-size: 1.3rem;
        font-weight: 650;
      }
      .track {
        color: var(--track);
        font-weight: 650;
      }
      .statement {
        flex: 0 1 auto;
        min-height: 0;
        overflow: hidden;
        font-size: 1.15rem;
      }
      .statement p + p {
        margin-top: 0.7em;
      }
      .ways {
        display: flex;
        flex: none;
        align-items: start;
        gap: 1.2rem;
        margin-top: auto;
      }
      .qr {
        width: min(17vmin, 24vh);
        background: #fff;
      }
      work-seal {
        width: min(17vmin, 24vh);
      }
      figure {
        display: grid;
        gap: 0.3rem;
      }
      @media (orientation: portrait) {
        .statement {
          max-height: 9em;
        }
      }
    `,
  ]

  protected override render() {
    const { work, detail } = this
    if (work === undefined) return nothing
    const title = pickText(work.title, this.language)
    const page = addressOf({ page: 'work', language: this.language, artist: work.artist, slug: work.slug })
    const { path, size } = qrPath(`${this.address}${page}`)
    const kind =
      work.technique === undefined ? html`${this.words.media[work.medium]}` : this.say(work.technique)
    return html`<h1>${this.say(work.title)}</h1>
      <div>
        <p class="maker">${work.maker}${work.year === undefined ? '' : `, ${work.year}`}</p>
        <p class="soft">${kind}</p>
        <p data-track=${work.track}>
          <span class="track" lang="en">${this.words.tracks[work.track]}</span>
          <span class="soft"> · ${licenceName(work.licence)}</span>
        </p>
      </div>
      ${this.#statement(detail)}
      <div class="ways">
        <figure>
          <svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${this.says.qr(title)}>
            <path d=${path} fill="#000"></path>
          </svg>
          <figcaption>${this.says.scan}</figcaption>
        </figure>
        <work-seal .root=${work.root} .track=${work.track} .label=${this.words.seal.of(title)}></work-seal>
      </div>`
  }

  #statement(detail: ArtworkDetail | undefined) {
    const said = pick(detail?.statement, this.language)
    if (said === undefined) return nothing
    const { text, language } = said
    const cut =
      text.length <= statementLength ? text : `${text.slice(0, text.lastIndexOf(' ', statementLength))} …`
    return html`<div class="statement" lang=${language === this.language ? nothing : language}>
      ${cut.split(/\n\s*\n/).map((paragraph) => html`<p>${paragraph}</p>`)}
    </div>`
  }
}
