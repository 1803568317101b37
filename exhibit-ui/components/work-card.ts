import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkSummary } from '../../node/http/contract.ts'
import { durationParts } from '../model/format.ts'
import { addressOf } from '../model/route.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import './arrival-line.ts'
import './work-picture.ts'

/** A work as it hangs among others. The whole card is the link; its name is the title. */
@customElement('work-card')
export class WorkCard extends GalleryElement {
  @property({ attribute: false }) work: ArtworkSummary | undefined
  @property({ type: Boolean }) entering = false
  @property({ type: Boolean }) eager = false

  static override styles = [
    shared,
    trackInks,
    css`
      article {
        position: relative;
      }
      .entering {
        animation: enter var(--calm) ease-out;
      }
      @keyframes enter {
        from {
          opacity: 0;
          transform: translateY(12px);
        }
      }
      .picture {
        aspect-ratio: 4 / 3;
      }
      h3 {
        margin-top: 14px;
        font-size: 1.5rem;
        hyphens: auto;
      }
      a {
        text-decoration: none;
      }
      a::after {
        content: '';
        position: absolute;
        inset: 0;
      }
      article:hover a {
        text-decoration: underline;
        text-decoration-thickness: 2px;
        text-underline-offset: 0.14em;
      }
      a:focus-visible {
        outline: none;
      }
      a:focus-visible::after {
        outline: 3px solid var(--focus);
        outline-offset: 4px;
      }
      /* On one line with a dot between, or under each other without: the dot falls off at the start of a line. */
      .facts {
        display: flex;
        flex-wrap: wrap;
        margin: 6px 0 0 -1em;
        clip-path: inset(0 0 0 1em);
      }
      .facts > * {
        position: relative;
        padding-left: 1em;
      }
      .facts > *::before {
        content: '·';
        content: '·' / '';
        position: absolute;
        left: 0.38em;
        color: var(--soft);
      }
      .track {
        color: var(--track);
        font-weight: 650;
      }
      arrival-line {
        margin-top: 4px;
      }
    `,
  ]

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const words = this.words
    const address = addressOf({
      page: 'work',
      language: this.language,
      artist: work.artist,
      slug: work.slug,
    })
    return html`<article class=${this.entering ? 'entering' : ''} data-track=${work.track}>
      <div class="picture">
        <work-picture quiet .eager=${this.eager} .language=${this.language} .work=${work}></work-picture>
      </div>
      <h3><a href=${address}>${this.say(work.title)}</a></h3>
      <p class="facts">
        <span class="track" lang="en">${words.tracks[work.track]}</span>
        <span class="soft">${words.media[work.medium]}${this.#duration(work)}</span>
      </p>
      <arrival-line .language=${this.language} .progress=${work.progress}></arrival-line>
    </article>`
  }

  #duration(work: ArtworkSummary): string {
    if (work.durationSeconds === undefined || work.durationSeconds <= 0) return ''
    const { hours, minutes, seconds } = durationParts(work.durationSeconds)
    return `, ${this.words.duration(hours, minutes, seconds)}`
  }
}
