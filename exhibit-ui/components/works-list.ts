import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { WorksFound } from '../../node/http/contracts/search.ts'
import { byTrack } from '../model/gallery-state.ts'
import { pagesOf, worksOnPage } from '../model/works-query.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import './works-grid.ts'

/** One page of works that were found, a room a track, and the way to the other pages. */
@customElement('works-list')
export class WorksList extends GalleryElement {
  @property({ attribute: false }) found: WorksFound | undefined
  @property({ attribute: false }) arrived: ReadonlySet<string> = new Set()
  /** Address of another page of the same list. */
  @property({ attribute: false }) addressOfPage: (number: number) => string = () => ''

  static override styles = [
    shared,
    trackInks,
    css`
      .track {
        margin-top: clamp(28px, 3.4vw, 52px);
      }
      .heading {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 4px 20px;
        margin-bottom: 14px;
      }
      h2 {
        color: var(--track);
        font-size: clamp(2rem, 4.4vw, 3.25rem);
        letter-spacing: -0.035em;
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 12px 24px;
        margin-top: 28px;
        padding-top: 24px;
        border-top: var(--hairline);
      }
    `,
  ]

  protected override render() {
    const { found, language } = this
    if (found === undefined) return nothing
    const words = this.words
    return html`${byTrack(found.works).map(
      (group) =>
        html`<section class="track" data-track=${group.track}>
          <div class="heading">
            <h2 lang="en">${words.tracks[group.track]}</h2>
            <p class="soft">${words.works.count(found.choices.track[group.track] ?? group.works.length)}</p>
          </div>
          <works-grid .language=${language} .works=${group.works} .arrived=${this.arrived}></works-grid>
        </section>`,
    )}
    ${this.#pages(found)}`
  }

  #pages(found: WorksFound) {
    const pages = pagesOf(found.total)
    if (pages < 2) return nothing
    const words = this.words.finding
    const number = Math.floor(found.from / worksOnPage) + 1
    return html`<nav aria-label=${words.pages}>
      ${
        number > 1
          ? html`<a class="pill" rel="prev" href=${this.addressOfPage(number - 1)}>${words.previous}</a>`
          : nothing
      }
      <p>${words.page(number, pages)}</p>
      ${
        number < pages
          ? html`<a class="pill" rel="next" href=${this.addressOfPage(number + 1)}>${words.next}</a>`
          : nothing
      }
    </nav>`
  }
}
