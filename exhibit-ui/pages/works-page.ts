import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { GalleryElement } from '../components/gallery-element.ts'
import { emptyGallery } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { addressOf } from '../model/route.ts'
import { choiceText, isNarrowed } from '../model/works-query.ts'
import type { WorksChoice } from '../model/works-query.ts'
import { shared } from '../styles/shared.ts'
import '../components/page-message.ts'
import '../components/works-finder.ts'
import '../components/works-list.ts'

/** All works, or those a visitor looks for. */
@customElement('works-page')
export class WorksPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery
  @property({ attribute: false }) choice: WorksChoice = {}

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
      works-finder {
        margin-top: clamp(18px, 2.4vw, 32px);
      }
      .count {
        margin-top: 20px;
        min-height: 1.5em;
      }
    `,
  ]

  protected override render() {
    const { gallery, language, choice } = this
    const { found } = gallery
    const words = this.words
    if (found === undefined) return this.#without()
    const current = found.choice === choiceText(choice)
    return html`<h1>${words.works.title}</h1>
      ${
        found.shown === 0
          ? nothing
          : html`<works-finder .language=${language} .choice=${choice} .found=${found}></works-finder>`
      }
      <p class="count soft" role="status">
        ${
          isNarrowed(choice)
            ? html`${words.works.count(found.total)} ${words.finding.all(found.shown)}`
            : words.works.count(found.total)
        }
      </p>
      <div aria-busy=${current ? 'false' : 'true'}>
        ${
          found.works.length > 0
            ? html`<works-list
                .language=${language}
                .found=${found}
                .arrived=${gallery.arrived}
                .addressOfPage=${(number: number) =>
                  addressOf({ page: 'works', language, choice: { ...this.#rest(), number } })}
              ></works-list>`
            : this.#empty(found.shown)
        }
      </div>`
  }

  #rest(): WorksChoice {
    const { number: _number, ...rest } = this.choice
    return rest
  }

  #empty(shown: number) {
    const words = this.words
    const { q, track, number, ...others } = this.choice
    const [heading, text] =
      shown === 0
        ? [words.works.empty, words.works.emptyMore]
        : track !== undefined && q === undefined && !isNarrowed(others) && number === undefined
          ? [words.works.emptyTrack, words.works.emptyTrackMore]
          : [words.finding.nothing, words.finding.nothingMore]
    return html`<page-message
      level="2"
      .ways=${false}
      .language=${this.language}
      .heading=${heading}
      .text=${text}
    ></page-message>`
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
