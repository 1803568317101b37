import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import { durationParts } from '../model/format.ts'
import { licenceName } from '../../artworks/format/licence-name.ts'
import { pickText } from '../model/language.ts'
import { addressOf } from '../model/route.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import { setStyles } from './set-styles.ts'
import './provenance-line.ts'
import './take-along.ts'
import './warnings-line.ts'

/** The label as it hangs on a wall beside a work. */
@customElement('wall-label')
export class WallLabel extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @property({ attribute: false }) spread: { complete: number; nodes: number } | undefined
  /** Name of the node at which the work was brought in. */
  @property() intakeName = ''
  /** From the address of the page. */
  @property() artist = ''
  @property() slug = ''
  /** Below a work that takes the whole wall: title and text side by side. */
  @property({ type: Boolean }) wide = false

  static override styles = [
    shared,
    trackInks,
    css`
      :host {
        container-type: inline-size;
      }
      h1 {
        font-size: clamp(
          min(2.25rem, 16cqw),
          min(14cqw, calc(100cqw / (var(--letters, 10) * 0.56))),
          4.75rem
        );
        font-weight: 750;
        letter-spacing: -0.04em;
        line-height: 0.96;
        margin-left: -0.03em;
        hyphens: auto;
      }
      .facts {
        display: grid;
        gap: 2px;
        margin-top: 18px;
        color: var(--soft);
      }
      .track {
        color: var(--track);
        font-weight: 650;
        text-decoration-color: currentColor;
        display: inline-block;
        padding-block: 3px;
      }
      .place {
        display: inline-block;
        padding-block: 3px;
        color: var(--ink);
      }
      take-along {
        margin-top: 4px;
      }
      .maker {
        display: inline-block;
        padding-block: 3px;
        color: var(--ink);
        font-weight: 650;
      }
      .body {
        margin-top: 24px;
      }
      .statement {
        display: grid;
        gap: 0.8em;
        max-width: 36rem;
        font-size: 1.1875rem;
        line-height: 1.48;
        text-wrap: pretty;
      }
      warnings-line {
        margin-top: 20px;
      }
      .credits {
        display: grid;
        gap: 4px;
        margin-top: 24px;
      }
      h2 {
        font: 400 1rem/1.5 var(--text);
        letter-spacing: 0;
        color: var(--soft);
      }
      provenance-line {
        margin-top: 28px;
        padding-top: 18px;
        border-top: var(--hairline);
      }
      @container (min-width: 900px) {
        .wide {
          display: grid;
          grid-template: 'head body' auto 'provenance body' auto 'along body' 1fr / minmax(0, 6fr) minmax(
              0,
              5fr
            );
          column-gap: 64px;
        }
        .wide h1 {
          font-size: clamp(2.25rem, 5.6cqw, 5.25rem);
        }
        .wide .head {
          grid-area: head;
        }
        .wide .body {
          grid-area: body;
          margin-top: 6px;
        }
        .wide take-along {
          grid-area: along;
        }
        .wide provenance-line {
          grid-area: provenance;
          align-self: start;
          max-width: 36rem;
        }
      }
    `,
  ]

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const words = this.words
    const longest = Math.max(
      ...pickText(work.title, this.language)
        .split(/[\s-]+/)
        .map((word) => word.length),
    )
    return html`<div class=${this.wide ? 'wide' : ''} data-track=${work.track}>
      <div class="head">
        <h1 ${setStyles({ '--letters': String(longest) })}>${this.say(work.title)}</h1>
        <div class="facts">
          <p>${this.#makerLine(work)}</p>
          <p>
            <a
              class="track"
              lang="en"
              href=${addressOf({ page: 'works', language: this.language, choice: { track: work.track } })}
              >${words.tracks[work.track]}</a
            >
            · ${licenceName(work.licence)}
          </p>
          ${this.#venue(work)}
        </div>
      </div>
      <div class="body">
        <div class="statement">${this.sayParagraphs(work.statement)}</div>
        <warnings-line .language=${this.language} .warnings=${work.warnings}></warnings-line>
        ${this.#credits(work)}
      </div>
      <provenance-line
        .language=${this.language}
        .work=${work}
        .spread=${this.spread}
        .intakeName=${this.intakeName}
        .artist=${this.artist}
        .slug=${this.slug}
      ></provenance-line>
      <take-along .language=${this.language} .work=${work}></take-along>
    </div>`
  }

  #venue(work: ArtworkDetail) {
    const { intakeNode } = work.provenance
    if (this.intakeName === '' || intakeNode === null) return nothing
    const choice = { venue: intakeNode }
    return html`<p>
      ${this.words.provenance.intake}
      <a class="place" href=${addressOf({ page: 'works', language: this.language, choice })}
        >${this.intakeName}</a
      >
    </p>`
  }

  #makerLine(work: ArtworkDetail) {
    const words = this.words
    const maker = html`<a
      class="maker"
      href=${addressOf({ page: 'artist', language: this.language, artist: work.artist })}
      >${work.maker}</a
    >`
    const year = work.year === undefined ? nothing : html` · ${work.year}`
    const { hours, minutes, seconds } = durationParts(work.durationSeconds ?? 0)
    const length = work.durationSeconds ? `, ${words.duration(hours, minutes, seconds)}` : ''
    const technique =
      work.technique === undefined ? words.media[work.medium].toLowerCase() : this.say(work.technique)
    return html`${maker}${year} · ${technique}${length}`
  }

  #credits(work: ArtworkDetail) {
    if (work.credits.length === 0) return nothing
    return html`<div class="credits">
      <h2>${this.words.work.credits}</h2>
      <ul role="list">
        ${work.credits.map(
          (credit) =>
            html`<li>
              ${credit.name}${credit.role === undefined ? nothing : html`, ${this.say(credit.role)}`}
            </li>`,
        )}
      </ul>
    </div>`
  }
}
