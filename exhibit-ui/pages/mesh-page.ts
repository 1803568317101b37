import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshView, MeshWorkView, Progress } from '../../node/http/contract.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import type { FollowedWork } from '../components/mesh-line.ts'
import { meshMessages } from '../locales/mesh/messages.ts'
import { emptyGallery } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { flowingFrom } from '../model/mesh-names.ts'
import { shared } from '../styles/shared.ts'
import { WayLoader } from './way-loader.ts'
import '../components/holdings-table.ts'
import '../components/mesh-legend.ts'
import '../components/mesh-line.ts'
import '../components/mesh-list.ts'
import '../components/nodes-table.ts'
import '../components/page-message.ts'
import '../components/work-way.ts'

@customElement('mesh-page')
export class MeshPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery
  /** The work a visitor follows, as the address says it. */
  @property({ attribute: false }) followed: { artist: string; slug: string } | undefined

  readonly #loader = new WayLoader(this)

  static override styles = [
    shared,
    css`
      :host {
        padding: clamp(20px, 3vw, 40px) var(--edge) 0;
      }
      h1 {
        font-size: clamp(min(3.25rem, 20vw), 9vw, 7rem);
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
        margin-top: 28px;
      }
      mesh-line {
        min-height: 64px;
      }
      mesh-legend {
        margin-top: 20px;
      }
      .summary {
        margin-top: 8px;
      }
      work-way {
        margin-top: clamp(28px, 3.6vw, 48px);
        padding-top: 20px;
        border-top: var(--hairline);
      }
      @media (min-width: 1000px) {
        /* The drawing beside the work that is followed through it. */
        .map {
          display: grid;
          grid-template-columns: minmax(0, 8fr) minmax(0, 4fr);
          column-gap: 64px;
          margin-top: 28px;
        }
        .map .drawing {
          margin-top: 0;
        }
        .map work-way {
          margin-top: 0;
        }
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('gallery')
    if (changed.has('followed') || (before !== undefined && before.mesh !== this.gallery.mesh)) {
      this.#loader.want(this.followed)
    }
  }

  #work(mesh: MeshView): MeshWorkView | undefined {
    const { followed } = this
    return mesh.works.find((work) => work.artist === followed?.artist && work.slug === followed.slug)
  }

  #progress(work: MeshWorkView): Progress | undefined {
    const summary = this.gallery.artworks?.find(({ root }) => root === work.root)
    return this.gallery.progress.get(work.root) ?? summary?.progress
  }

  /** Nodes that the work comes from at this moment. */
  #sources(work: MeshWorkView): Progress['from'] {
    const progress = this.#progress(work)
    return progress === undefined || progress.complete ? [] : progress.from
  }

  #followedIn(work: MeshWorkView): FollowedWork {
    const { way } = this.#loader
    const intake = way?.intake
    const now = this.#sources(work)
    return {
      track: work.track,
      held: work.held,
      from: (now.length > 0 ? now : (way?.cameFrom ?? [])).map(({ id }) => id),
      notes: new Map(
        intake === undefined || intake === null ? [] : [[intake.node, meshMessages[this.language].brought]],
      ),
    }
  }

  protected override render() {
    const { gallery, language } = this
    const { mesh } = gallery
    const words = this.words.mesh
    if (mesh === undefined) return this.#without()
    const alone = mesh.nodes.length < 2
    const flows = flowingFrom(gallery.artworks ?? [])
    const work = this.#work(mesh)
    return html`<h1>${words.title}</h1>
      <p class="intro">${words.intro} ${alone ? words.alonePage : nothing}</p>
      <div class="map">
        <div class="drawing">
          <mesh-line
            .language=${language}
            .mesh=${mesh}
            .ratio=${innerWidth < 900 ? 0.9 : 0.56}
            .flows=${flows}
            .followed=${work && this.#followedIn(work)}
          ></mesh-line>
          ${
            work === undefined
              ? html`<mesh-legend .language=${language} .mesh=${mesh} .flow=${flows.size > 0}></mesh-legend>`
              : html`<p class="soft summary">${words.matrixIntro}</p>`
          }
          <p class="soft summary">
            ${alone ? meshMessages[language].aloneSummary : words.summary(mesh.nodes.length, mesh.links.length)}
          </p>
          <mesh-list .language=${language} .mesh=${mesh}></mesh-list>
        </div>
        <work-way
          ?hidden=${mesh.works.length === 0}
          .language=${language}
          .mesh=${mesh}
          .work=${work}
          .way=${this.#loader.way}
          .cells=${work === undefined ? undefined : this.#progress(work)?.cells}
          .arriving=${work === undefined ? [] : this.#sources(work).map(({ name }) => name)}
        ></work-way>
      </div>
      <section>
        <h2>${words.nodes}</h2>
        <nodes-table .language=${language} .nodes=${mesh.nodes} .held=${work?.held}></nodes-table>
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
