import { css, html, nothing, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshView, MeshWorkView } from '../../node/http/contract.ts'
import { addressOf } from '../model/route.ts'
import { sharePath } from '../model/share-path.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** Rows that a page can hold and a visitor can look over. */
const mostRows = 60

const spread = (work: MeshWorkView): number => Object.values(work.held).reduce((sum, share) => sum + share, 0)

/** Who holds what: works by nodes. Scrolls sideways in itself; the works stay in sight. */
@customElement('holdings-table')
export class HoldingsTable extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined

  static override styles = [
    shared,
    trackInks,
    css`
      .scroll {
        position: relative;
        overflow-x: auto;
      }
      table {
        border-collapse: separate;
        border-spacing: 0;
        min-width: 100%;
      }
      th,
      td {
        padding: 10px 20px 10px 0;
        text-align: left;
        vertical-align: middle;
        border-top: var(--faint);
      }
      thead th {
        max-width: 9rem;
        border-top: 0;
        vertical-align: bottom;
        color: var(--soft);
        font-weight: 400;
        line-height: 1.2;
      }
      thead .self {
        color: var(--ink);
        font-weight: 650;
      }
      tbody th {
        position: sticky;
        left: 0;
        min-width: 8.5rem;
        max-width: 22rem;
        background: var(--paper);
        font: 650 1.0625rem/1.2 var(--display);
      }
      thead th:first-child {
        position: sticky;
        left: 0;
        background: var(--paper);
      }
      a {
        display: inline-block;
        padding-block: 5px;
        text-decoration: none;
      }
      a:hover {
        text-decoration: underline;
        text-decoration-thickness: var(--line);
      }
      svg {
        display: block;
        width: 22px;
        height: 22px;
      }
      .rim {
        fill: none;
        stroke: var(--track);
        stroke-width: 1.5;
      }
      .share {
        fill: var(--track-surface);
      }
      @media (forced-colors: active) {
        .rim {
          stroke: CanvasText;
        }
        .share {
          fill: CanvasText;
        }
      }
    `,
  ]

  protected override render() {
    const { mesh } = this
    const words = this.words.mesh
    const nodes = mesh?.nodes ?? []
    // Of many works those first that are not everywhere yet: the others have nothing to tell.
    const works = mesh?.works ?? []
    const rows =
      works.length > mostRows ? [...works].sort((a, b) => spread(a) - spread(b)).slice(0, mostRows) : works
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.matrix}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.work}</th>
              ${nodes.map((node) => html`<th scope="col" class=${node.id === mesh?.self ? 'self' : ''}>${node.name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (work) =>
                html`<tr data-track=${work.track}>
                  <th scope="row">
                    <a
                      href=${addressOf({ page: 'work', language: this.language, artist: work.artist, slug: work.slug })}
                      >${this.say(work.title)}</a
                    >
                  </th>
                  ${nodes.map((node) => html`<td>${this.#share(work, node.id)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${rows.length < works.length ? html`<p class="soft">${this.words.finding.firstOf(rows.length, works.length)}</p>` : nothing}`
  }

  #share(work: MeshWorkView, node: string) {
    const words = this.words.mesh
    const share = work.held[node]
    if (share === undefined) {
      return html`<span class="soft" aria-hidden="true">–</span><span class="hidden">${words.notSaid}</span>`
    }
    // Rounded down: 100 percent is said of a complete work only.
    const text = share >= 1 ? words.all : share <= 0 ? words.none : words.share(Math.floor(share * 100))
    return html`<svg viewBox="-12 -12 24 24" role="img" aria-label=${text}>
      ${svg`<path class="share" d=${sharePath(share, 10)}></path>`}
      <circle class="rim" r="10"></circle>
    </svg>`
  }
}
