import { css, html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { shared } from '../../styles/shared.ts'
import type { KeptKey } from '../drafts-store.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'
import './key-make.ts'
import './key-open.ts'

/** Before anything else: the artist's key, made or opened. */
@customElement('key-page')
export class KeyPage extends StudioElement {
  @state() private view: 'choose' | 'make' | 'open' = 'choose'
  @state() private kept: readonly KeptKey[] = []

  static override styles = [
    shared,
    studioStyles,
    css`
      .ways {
        display: grid;
        border-top: var(--hairline);
      }
      .way {
        display: grid;
        gap: 10px;
        justify-items: start;
        padding: 24px 0;
        border-bottom: var(--hairline);
      }
      @media (min-width: 700px) {
        .ways {
          grid-template-columns: 1fr 1fr;
        }
        .way:first-child {
          padding-right: 28px;
          border-right: var(--hairline);
        }
        .way:last-child {
          padding-left: 28px;
        }
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.studio?.store.keys().then((kept) => {
      this.kept = kept
      // Who has been here opens; who has not chooses.
      if (kept.length > 0 && this.view === 'choose') this.view = 'open'
    })
  }

  protected override render() {
    const words = this.t.key
    switch (this.view) {
      case 'choose':
        return html`<div class="column">
          <h1>${words.title}</h1>
          <p class="lead">${words.lead}</p>
          <div class="ways">
            <section class="way">
              <h2>${words.makeTitle}</h2>
              <p>${words.makeText}</p>
              <button class="pill full" type="button" @click=${() => this.#to('make')}>${words.make}</button>
            </section>
            <section class="way">
              <h2>${words.openTitle}</h2>
              <p>${words.openText}</p>
              <button class="pill" type="button" @click=${() => this.#to('open')}>${words.open}</button>
            </section>
          </div>
        </div>`
      case 'make':
        return html`<key-make
          .studio=${this.studio}
          .language=${this.language}
          @key-back=${() => this.#to('choose')}
        ></key-make>`
      case 'open':
        return html`<key-open
          .studio=${this.studio}
          .language=${this.language}
          .kept=${this.kept}
          @key-back=${() => this.#to('choose')}
        ></key-open>`
    }
  }

  #to(view: 'choose' | 'make' | 'open'): void {
    this.view = view
    window.scrollTo(0, 0)
  }
}
