import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshView, MeshWorkView, TrackId } from '../../node/http/contract.ts'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'
import { meshMessages } from '../locales/mesh/messages.ts'
import { fullCells } from '../../artworks/format/seal.ts'
import { listText } from '../model/format.ts'
import { spreadOf } from '../model/gallery-state.ts'
import { pickText } from '../model/language.ts'
import { addressOf } from '../model/route.ts'
import { trackIds } from '../model/works-query.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import { ChosenEvent } from './navigation.ts'
import './work-seal.ts'

/** A work to follow through the mesh: which one, where it is, and by which way it came here. */
@customElement('work-way')
export class WorkWay extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined
  @property({ attribute: false }) work: MeshWorkView | undefined
  @property({ attribute: false }) way: ProvenanceView | undefined
  /** Of its seal, as far as the work is here. */
  @property() cells: string | undefined
  /** Names of nodes from which the work comes in at this moment. */
  @property({ attribute: false }) arriving: readonly string[] = []

  static override styles = [
    shared,
    trackInks,
    css`
      h2 {
        font-size: clamp(1.75rem, 3.4vw, 2.5rem);
        letter-spacing: -0.03em;
      }
      .intro {
        max-width: 38rem;
        margin-top: 10px;
      }
      label {
        display: block;
        margin-top: 16px;
        color: var(--soft);
      }
      select {
        width: min(100%, 26rem);
        min-height: 44px;
        margin-top: 4px;
        padding: 8px 14px;
        border: var(--line) solid var(--ink);
        border-radius: 999px;
        background: var(--paper);
        color: var(--ink);
        font: 500 1rem/1.3 var(--text);
      }
      .followed {
        display: grid;
        grid-template-columns: 78px minmax(0, 34rem);
        gap: 18px;
        align-items: start;
        margin-top: 20px;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
    `,
  ]

  protected override render() {
    const { mesh, work, language } = this
    const works = mesh?.works ?? []
    const words = meshMessages[language]
    if (works.length === 0) return nothing
    return html`<h2>${words.heading}</h2>
      <p class="intro">${words.intro}</p>
      <label for="work">${words.choose}</label>
      <select id="work" @change=${this.#choose}>
        <option value="" .selected=${work === undefined}>${words.none}</option>
        ${trackIds.map((track) => this.#group(track, works))}
      </select>
      <div role="status">${work === undefined ? nothing : this.#followed(work)}</div>`
  }

  #group(track: TrackId, works: readonly MeshWorkView[]) {
    const own = works.filter((work) => work.track === track)
    if (own.length === 0) return nothing
    return html`<optgroup label=${this.words.tracks[track]}>
      ${own.map(
        (work) =>
          html`<option value=${work.root} .selected=${work.root === this.work?.root}>
            ${pickText(work.title, this.language)}
          </option>`,
      )}
    </optgroup>`
  }

  #followed(work: MeshWorkView) {
    const { mesh, way, arriving, language } = this
    const words = meshMessages[language]
    const spread = spreadOf(mesh, work.root)
    const { artist, slug } = work
    const intake = way?.intake
    return html`<div class="followed">
      <work-seal .root=${work.root} .track=${work.track} .cells=${this.cells ?? fullCells}></work-seal>
      <div>
        <p>
          ${spread === undefined ? nothing : words.whole(spread.complete, spread.nodes)}
          ${
            intake === undefined || intake === null
              ? nothing
              : intake.node === mesh?.self
                ? words.broughtHere
                : words.broughtAt(intake.name)
          }
          ${
            arriving.length > 0
              ? words.comesFrom(listText(arriving, language))
              : way === undefined || intake?.node === mesh?.self
                ? nothing
                : way.cameFrom.length > 0
                  ? words.cameFrom(
                      listText(
                        way.cameFrom.map(({ name }) => name),
                        language,
                      ),
                    )
                  : words.notFetched
          }
        </p>
        <a href=${addressOf({ page: 'work', language, artist, slug })}>${words.toWork}</a>
      </div>
    </div>`
  }

  readonly #choose = (event: Event): void => {
    const root = (event.target as HTMLSelectElement).value
    const work = this.mesh?.works.find((one) => one.root === root)
    const { language } = this
    const chosen = work && { artist: work.artist, slug: work.slug }
    this.dispatchEvent(
      new ChosenEvent({ page: 'mesh', language, ...(chosen && { work: chosen }) }, { passing: true }),
    )
  }
}
