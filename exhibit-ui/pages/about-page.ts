import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { GalleryElement } from '../components/gallery-element.ts'
import { emptyGallery } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { shared } from '../styles/shared.ts'
import '../components/work-seal.ts'

const values = ['open', 'transparent', 'accountable', 'sovereign', 'user-centred'] as const

@customElement('about-page')
export class AboutPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery

  static override styles = [
    shared,
    css`
      :host {
        padding: clamp(20px, 3vw, 40px) var(--edge) 0;
      }
      h1 {
        max-width: 12ch;
        font-size: clamp(min(3.25rem, 20vw), 9vw, 7rem);
        font-weight: 750;
        letter-spacing: -0.045em;
        line-height: 0.9;
        margin-left: -0.03em;
      }
      .lead {
        max-width: 40rem;
        margin-top: 28px;
        font-size: clamp(1.25rem, 2vw, 1.5rem);
        line-height: 1.38;
        text-wrap: pretty;
      }
      section {
        display: grid;
        gap: 16px var(--gap);
        margin-top: clamp(40px, 5vw, 64px);
        padding-top: 20px;
        border-top: var(--hairline);
      }
      h2 {
        font-size: clamp(1.625rem, 2.6vw, 2.125rem);
      }
      .text {
        display: grid;
        gap: 1em;
        max-width: 38rem;
      }
      dl {
        display: grid;
        gap: 20px var(--gap);
      }
      dt {
        font: 700 1.1875rem/1.2 var(--display);
        letter-spacing: -0.015em;
      }
      dd {
        margin-top: 4px;
        max-width: 38rem;
      }
      .key {
        overflow-wrap: anywhere;
      }
      .text a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        width: fit-content;
      }
      .seal {
        display: flex;
        flex-wrap: wrap;
        gap: 24px;
      }
      work-seal {
        width: 132px;
      }
      .seal .text {
        flex: 1 1 18rem;
      }
      @media (min-width: 900px) {
        section {
          grid-template-columns: repeat(12, minmax(0, 1fr));
        }
        h2 {
          grid-column: 1 / span 4;
        }
        .wide {
          grid-column: 5 / -1;
        }
      }
    `,
  ]

  protected override render() {
    const words = this.words.about
    const { exhibition, artworks } = this.gallery
    const example = artworks?.find((work) => work.progress.complete)
    return html`<h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <section>
        <h2>${words.how}</h2>
        <div class="wide text">${words.howText.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
      </section>
      <section>
        <h2>${words.sealHeading}</h2>
        <div class="wide seal">
          ${
            example === undefined
              ? nothing
              : html`<work-seal .root=${example.root} .track=${example.track}></work-seal>`
          }
          <div class="text"><p>${words.sealText}</p></div>
        </div>
      </section>
      <section>
        <h2>${words.values}</h2>
        <div class="wide text">
          <p>${words.valuesIntro}</p>
          <dl>
            ${values.map((value) => {
              const [name, text] = words.value[value]
              return html`<div>
                <dt>${name}</dt>
                <dd>${text}</dd>
              </div>`
            })}
          </dl>
        </div>
      </section>
      <section>
        <h2>${words.honest}</h2>
        <div class="wide text"><p>${words.honestText}</p></div>
      </section>
      ${
        exhibition === undefined
          ? nothing
          : html`<section>
              <h2>${words.curators}</h2>
              <div class="wide text">
                <p>${words.curatorsRule(exhibition.quorum)}</p>
                ${
                  exhibition.curators.length === 0
                    ? nothing
                    : html`<p>${exhibition.curators.map((curator) => curator.name).join(', ')}</p>`
                }
                <p class="soft">${words.identity}: <span class="key">${exhibition.id}</span></p>
              </div>
            </section>`
      }
      <section>
        <h2>${words.source}</h2>
        <div class="wide text">
          <p>${words.sourceText}</p>
          <a href="/source.tar.gz" download>${words.sourceLink}</a>
          <p>${words.sourceLicence}</p>
        </div>
      </section>`
  }
}
