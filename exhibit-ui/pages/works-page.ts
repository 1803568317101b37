import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { TrackId } from '../../node/http/contract.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { byTrack, emptyGallery, ofTrack } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { countsOf } from '../model/track-counts.ts'
import { shared, trackInks } from '../styles/shared.ts'
import '../components/page-message.ts'
import '../components/track-filter.ts'
import '../components/works-grid.ts'

/** All works, a room a track. */
@customElement('works-page')
export class WorksPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery
  @property() track: TrackId | undefined

  static override styles = [
    shared,
    trackInks,
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
      track-filter {
        margin-top: clamp(20px, 2.4vw, 32px);
      }
      .track {
        margin-top: clamp(36px, 4.4vw, 64px);
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
    `,
  ]

  protected override render() {
    const { gallery, language, track } = this
    const words = this.words
    const { artworks } = gallery
    if (artworks === undefined) return this.#without()
    const shown = ofTrack(artworks, track)
    const [heading, text] =
      artworks.length === 0
        ? [words.works.empty, words.works.emptyMore]
        : [words.works.emptyTrack, words.works.emptyTrackMore]
    return html`<h1>${words.works.title}</h1>
      <track-filter
        page="works"
        .language=${language}
        .chosen=${track}
        .counts=${countsOf(artworks)}
      ></track-filter>
      <p class="hidden" role="status">
        ${words.filter.shown(shown.length, track === undefined ? '' : words.tracks[track])}
      </p>
      ${
        shown.length === 0
          ? html`<page-message
              level="2"
              .ways=${false}
              .language=${language}
              .heading=${heading}
              .text=${text}
            ></page-message>`
          : byTrack(shown).map(
              (group) =>
                html`<section class="track" data-track=${group.track}>
                  <div class="heading">
                    <h2 lang="en">${words.tracks[group.track]}</h2>
                    <p class="soft">${words.works.count(group.works.length)}</p>
                  </div>
                  <works-grid
                    .language=${language}
                    .works=${group.works}
                    .arrived=${gallery.arrived}
                  ></works-grid>
                </section>`,
            )
      }`
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
