import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { GalleryElement } from '../components/gallery-element.ts'
import { emptyGallery } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { flowingFrom } from '../model/mesh-names.ts'
import { shared } from '../styles/shared.ts'
import '../components/holdings-table.ts'
import '../components/mesh-line.ts'
import '../components/mesh-list.ts'
import '../components/nodes-table.ts'
import '../components/page-message.ts'

@customElement('mesh-page')
export class MeshPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery

  static override styles = [
    shared,
    css`
      :host {
        padding: clamp(20px, 3vw, 40px) var(--edge) 0;
      }
      h1 {
        font-size: clamp(3.25rem, 9vw, 7rem);
        font-weight: 750;
        letter-spacing: -0.045em;
        line-height: 0.9;
        margin-left: -0.03em;
      }
      .intro {
        max-width: 38rem;
        margin-top: 24px;
        font-size: 1.1875rem;
        text-wrap: pretty;
      }
      .drawing {
        margin-top: 20px;
      }
      mesh-line {
        max-width: 1100px;
        margin-inline: auto;
        min-height: 64px;
      }
      section {
        margin-top: clamp(36px, 4.4vw, 64px);
        padding-top: 20px;
        border-top: var(--hairline);
      }
      h2 {
        font-size: clamp(1.75rem, 3.4vw, 2.5rem);
        letter-spacing: -0.03em;
      }
      section > p {
        max-width: 38rem;
        margin-top: 10px;
      }
      nodes-table,
      holdings-table {
        margin-top: 20px;
      }
      .incidents {
        max-width: 46rem;
        margin-top: 16px;
      }
      .incidents li {
        padding-block: 12px;
        border-top: var(--faint);
      }
      strong {
        font-weight: 650;
      }
    `,
  ]

  protected override render() {
    const { gallery, language } = this
    const { mesh } = gallery
    const words = this.words.mesh
    if (mesh === undefined) return this.#without()
    const alone = mesh.nodes.length < 2
    return html`<h1>${words.title}</h1>
      <p class="intro">${words.intro} ${alone ? words.alonePage : nothing}</p>
      <div class="drawing">
        <mesh-line
          .language=${language}
          .mesh=${mesh}
          .ratio=${alone ? 0.15 : innerWidth < 900 ? 0.9 : 0.5}
          .flows=${flowingFrom(gallery.artworks ?? [])}
        ></mesh-line>
        <p class="soft">${words.summary(mesh.nodes.length, mesh.links.length)}</p>
        <mesh-list .language=${language} .mesh=${mesh}></mesh-list>
      </div>
      <section>
        <h2>${words.nodes}</h2>
        <nodes-table .language=${language} .nodes=${mesh.nodes}></nodes-table>
      </section>
      <section>
        <h2>${words.matrix}</h2>
        ${
          mesh.works.length === 0
            ? html`<p>${words.empty}</p>`
            : html`<p>${words.matrixIntro}</p>
                <holdings-table .language=${language} .mesh=${mesh}></holdings-table>`
        }
      </section>
      <section>
        <h2>${words.incidents}</h2>
        <p>${words.incidentsIntro}</p>
        ${
          mesh.incidents.length === 0
            ? html`<p>${words.noIncidents}</p>`
            : html`<ul role="list" class="incidents">
                ${mesh.incidents.map(
                  (incident) =>
                    html`<li>
                      <strong>${incident.name ?? words.unnamed}</strong> ${words.reasons[incident.reason]},
                      ${words.times(incident.count)}.
                    </li>`,
                )}
              </ul>`
        }
      </section>`
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
