import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { ArtworkSummary } from '../../node/http/contract.ts'
import { workKey } from '../model/gallery-state.ts'
import { shared } from '../styles/shared.ts'
import { FirstView } from './after-frame.ts'
import { GalleryElement } from './gallery-element.ts'
import './work-card.ts'

/** As many as hang in the first row of a broad screen. */
const inView = 4

/** Works in columns, a hairline over every row. */
@customElement('works-grid')
export class WorksGrid extends GalleryElement {
  @property({ attribute: false }) works: readonly ArtworkSummary[] = []
  @property({ attribute: false }) arrived: ReadonlySet<string> = new Set()

  readonly #view = new FirstView(this)

  static override styles = [
    shared,
    css`
      ul {
        --columns: 1;
        display: grid;
        grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
        column-gap: var(--gap);
        /* The first card of a row draws the line of its row; what reaches past the last column is cut off. */
        overflow-x: clip;
        overflow-clip-margin: 8px;
      }
      @media (min-width: 600px) {
        ul {
          --columns: 2;
        }
      }
      @media (min-width: 900px) {
        ul {
          --columns: 3;
        }
      }
      @media (min-width: 1200px) {
        ul {
          --columns: 4;
        }
      }
      li {
        position: relative;
        padding-block: var(--gap) calc(var(--gap) + 8px);
      }
      li::before {
        content: '';
        position: absolute;
        top: 0;
        left: 0;
        width: calc(100% * var(--columns) + var(--gap) * (var(--columns) - 1));
        border-top: var(--hairline);
      }
      @media (min-width: 600px) and (max-width: 899.98px) {
        li:not(:nth-child(2n + 1))::before {
          display: none;
        }
      }
      @media (min-width: 900px) and (max-width: 1199.98px) {
        li:not(:nth-child(3n + 1))::before {
          display: none;
        }
      }
      @media (min-width: 1200px) {
        li:not(:nth-child(4n + 1))::before {
          display: none;
        }
      }
    `,
  ]

  protected override render() {
    return html`<ul role="list">
      ${repeat(
        this.#view.drawn ? this.works : this.works.slice(0, inView),
        workKey,
        (work, index) =>
          html`<li>
            <work-card
              .language=${this.language}
              .work=${work}
              .eager=${index < inView}
              .entering=${this.arrived.has(workKey(work))}
            ></work-card>
          </li>`,
      )}
    </ul>`
  }
}
