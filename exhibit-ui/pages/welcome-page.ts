import { css, html, nothing, unsafeCSS } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { TrackId } from '../../node/http/contract.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { setStyles } from '../components/set-styles.ts'
import { TitleEvent } from '../components/title-event.ts'
import { emptyGallery, ofTrack } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { pick, pickText } from '../model/language.ts'
import { flowingFrom } from '../model/mesh-names.ts'
import { addressOf } from '../model/route.ts'
import { lettersAcross } from '../../artworks/format/title-size.ts'
import heroStyles from '../styles/hero.css?inline'
import { shared } from '../styles/shared.ts'
import '../components/mesh-line.ts'
import '../components/mesh-list.ts'
import '../components/page-message.ts'
import '../components/track-filter.ts'
import '../components/works-grid.ts'

@customElement('welcome-page')
export class WelcomePage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery
  @property() track: TrackId | undefined

  static override styles = [
    shared,
    unsafeCSS(heroStyles),
    css`
      :host {
        padding-inline: var(--edge);
      }
      .mesh {
        min-width: 0;
      }
      mesh-line {
        min-height: 64px;
      }
      @media (min-width: 900px) {
        .mesh {
          grid-column: 6 / span 7;
          margin-top: -12px;
        }
      }
      .works {
        margin-top: clamp(28px, 4vw, 56px);
      }
      track-filter {
        margin-bottom: 20px;
      }
      .all {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        margin-top: 12px;
      }
      .rule {
        border-top: var(--hairline);
      }
    `,
  ]

  #hangs = false

  protected override updated(): void {
    const { exhibition } = this.gallery
    if (this.#hangs || exhibition === undefined) return
    this.#hangs = true
    this.dispatchEvent(new TitleEvent(pickText(exhibition.title, this.language)))
  }

  protected override render() {
    const { gallery, language } = this
    const { exhibition } = gallery
    if (exhibition === undefined) return this.#without()
    const title = pick(exhibition.title, language)
    return html`<div class="hero">
        <h1
          lang=${title?.language ?? language}
          ${setStyles({ '--letters': String(lettersAcross(pickText(exhibition.title, language))) })}
        >
          ${title?.text}
        </h1>
        <div class="below">
          <div class="statement">${this.sayParagraphs(exhibition.statement)}</div>
          ${this.#mesh()}
        </div>
      </div>
      ${this.#works()}`
  }

  #without() {
    const words = this.words.problem
    if (this.gallery.problem !== undefined) {
      return html`<page-message
        retry
        .ways=${false}
        .language=${this.language}
        .heading=${
          this.gallery.problem < 500 || this.gallery.problem === 503
            ? words.noExhibitionTitle
            : words.serverTitle
        }
        .text=${this.gallery.problem < 500 || this.gallery.problem === 503 ? words.noExhibition : words.server}
      ></page-message>`
    }
    if (this.gallery.connection === 'lost') {
      return html`<page-message
        retry
        .ways=${false}
        .language=${this.language}
        .heading=${words.nodeTitle}
        .text=${words.node}
      ></page-message>`
    }
    return nothing
  }

  #mesh() {
    const { gallery, language } = this
    if (gallery.mesh === undefined) return html`<div class="mesh"><mesh-line></mesh-line></div>`
    return html`<section class="mesh">
      <h2 class="hidden">${this.words.welcome.meshHeading}</h2>
      <mesh-line
        .language=${language}
        .mesh=${gallery.mesh}
        .ratio=${gallery.mesh.nodes.length < 2 ? 0.2 : innerWidth < 900 ? 0.78 : 0.5}
        .flows=${flowingFrom(gallery.artworks ?? [])}
      ></mesh-line>
      <mesh-list .language=${language} .mesh=${gallery.mesh}></mesh-list>
    </section>`
  }

  /** All there are, not only those that hang here. */
  #count(): number {
    const { works } = this.gallery
    return (this.track === undefined ? works?.total : works?.tracks[this.track]) ?? 0
  }

  #works() {
    const { gallery, language, track } = this
    // Below the drawing, so not before it: nothing in sight moves while the page fills.
    const drawn = gallery.mesh !== undefined || gallery.problem !== undefined || gallery.connection === 'lost'
    if (gallery.artworks === undefined || !drawn) return nothing
    const shown = ofTrack(gallery.artworks, track)
    const words = this.words
    const name = track === undefined ? '' : words.tracks[track]
    return html`<section class="works">
      <h2 class="hidden">${words.welcome.worksHeading}</h2>
      ${
        gallery.artworks.length === 0
          ? html`<div class="rule"></div>
              <page-message
                level="2"
                .ways=${false}
                .language=${language}
                .heading=${words.works.empty}
                .text=${words.works.emptyMore}
              ></page-message>`
          : html`<track-filter
                page="welcome"
                .language=${language}
                .chosen=${track}
                .counts=${gallery.works?.tracks ?? {}}
              ></track-filter>
              <p class="hidden" role="status">${words.filter.shown(this.#count(), name)}</p>
              ${
                shown.length === 0
                  ? html`<div class="rule"></div>
                      <page-message
                        level="2"
                        .ways=${false}
                        .language=${language}
                        .heading=${words.works.emptyTrack}
                        .text=${words.works.emptyTrackMore}
                      ></page-message>`
                  : html`<works-grid
                      .language=${language}
                      .works=${shown}
                      .arrived=${gallery.arrived}
                    ></works-grid>`
              }
              <div class="rule"></div>
              <a
                class="all"
                href=${addressOf({ page: 'works', language, ...(track && { choice: { track } }) })}
                >${words.welcome.allWorks}</a
              >`
      }
    </section>`
  }
}
