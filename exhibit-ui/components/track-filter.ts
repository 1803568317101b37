import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { TrackId } from '../../node/http/contract.ts'
import { addressOf } from '../model/route.ts'
import { choose, trackIds } from '../model/works-query.ts'
import type { WorksChoice } from '../model/works-query.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** The tracks as links: an address each, so that a choice can be shared and comes back with the back button. */
@customElement('track-filter')
export class TrackFilter extends GalleryElement {
  @property() page: 'welcome' | 'works' = 'works'
  @property() chosen: TrackId | undefined
  /** On the works page: what else is chosen, and stays so. */
  @property({ attribute: false }) choice: WorksChoice = {}
  @property({ attribute: false }) counts: Readonly<Partial<Record<TrackId, number>>> = {}

  static override styles = [
    shared,
    trackInks,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }
      a {
        display: inline-flex;
        align-items: baseline;
        gap: 0.45em;
        min-height: 44px;
        padding: 10px 18px;
        border: var(--line) solid var(--track, var(--ink));
        border-radius: 999px;
        color: var(--track, var(--ink));
        font: 600 1rem/1.3 var(--display);
        text-decoration: none;
      }
      a:hover {
        text-decoration: underline;
        text-decoration-thickness: var(--line);
      }
      a[aria-current='true'] {
        background: var(--track, var(--ink));
        color: var(--paper);
      }
      .count {
        font: 400 0.9375rem/1 var(--text);
        font-variant-numeric: tabular-nums;
      }
      /* Three lines on a phone, or two, instead of four: the works come sooner. How many there are is told, not shown. */
      @media (max-width: 599.98px) {
        ul {
          gap: 8px;
        }
        a {
          position: relative;
          padding: 11px;
          font-size: 0.9375rem;
        }
        .count {
          position: absolute;
          width: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @media (forced-colors: active) {
        a[aria-current='true'] {
          border-width: 4px;
        }
      }
    `,
  ]

  protected override render() {
    const total = trackIds.reduce((sum, track) => sum + (this.counts[track] ?? 0), 0)
    return html`<nav aria-label=${this.words.filter.label}>
      <ul role="list">
        <li>${this.#link(undefined, this.words.filter.all, total)}</li>
        ${trackIds.map((track) => html`<li>${this.#link(track, this.words.tracks[track], this.counts[track] ?? 0)}</li>`)}
      </ul>
    </nav>`
  }

  #link(track: TrackId | undefined, name: string, count: number) {
    const chosen = this.chosen === track
    const { language } = this
    const address =
      this.page === 'welcome'
        ? addressOf({ page: 'welcome', language, ...(track && { track }) })
        : addressOf({ page: 'works', language, choice: choose(this.choice, 'track', track ?? '') })
    return html`<a href=${address} data-track=${track ?? 'all'} aria-current=${chosen ? 'true' : 'false'}
      ><span lang=${track === undefined ? this.language : 'en'}>${name}</span>
      <span class="count">${count}</span></a
    >`
  }
}
