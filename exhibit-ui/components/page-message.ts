import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { addressOf } from '../model/route.ts'
import { sealCells } from '../../artworks/format/seal.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import './work-seal.ts'

/** A seal of which nothing is here: what stands where a work would. */
const nothingHere = '0'.repeat(sealCells)

/** When there is nothing to show: what happened, in words, and where to go. Other ways go into the slot. */
@customElement('page-message')
export class PageMessage extends GalleryElement {
  @property() heading = ''
  @property() text = ''
  /** `1` where it is the page, `2` inside one. */
  @property({ type: Number }) level: 1 | 2 = 1
  @property({ type: Boolean }) ways = true
  @property({ type: Boolean }) retry = false

  static override styles = [
    shared,
    css`
      .message {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 32px 64px;
        padding-block: clamp(32px, 7vh, 88px);
      }
      work-seal {
        width: 132px;
      }
      @media (min-width: 900px) {
        .message {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        work-seal {
          order: 1;
          width: clamp(240px, 26vw, 420px);
        }
      }
      h1,
      h2 {
        max-width: 18ch;
        font-weight: 750;
        letter-spacing: -0.035em;
        line-height: 0.98;
      }
      h1 {
        font-size: clamp(2rem, 10.5vw, 5.5rem);
      }
      h2 {
        font-size: clamp(2rem, 5vw, 3.25rem);
      }
      p {
        max-width: 36rem;
        margin-top: 20px;
        font-size: 1.1875rem;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        margin-top: 28px;
      }
    `,
  ]

  protected override render() {
    return html`<div class="message">
      ${this.level === 1 ? html`<work-seal .cells=${nothingHere}></work-seal>` : nothing}
      <div class="words">${this.#words()}</div>
    </div>`
  }

  #words() {
    const words = this.words.problem
    const to = (page: 'works' | 'welcome') => addressOf({ page, language: this.language })
    return html`${this.level === 1 ? html`<h1>${this.heading}</h1>` : html`<h2>${this.heading}</h2>`}
      <p>${this.text}</p>
      ${
        this.ways || this.retry
          ? html`<div class="ways">
              ${
                this.retry
                  ? html`<button class="pill full" type="button" @click=${this.#again}>
                      ${words.tryNow}
                    </button>`
                  : nothing
              }
              ${
                this.ways
                  ? html`<a class="pill ${this.retry ? '' : 'full'}" href=${to('works')}>${words.toWorks}</a>
                      <a class="pill" href=${to('welcome')}>${words.toWelcome}</a>`
                  : nothing
              }
            </div>`
          : nothing
      }<slot></slot>`
  }

  readonly #again = (): void => {
    this.dispatchEvent(new RetryEvent())
  }
}

/** The visitor asks to try at once what is tried again by itself anyway. */
export class RetryEvent extends Event {
  static readonly eventName = 'gallery-retry'
  constructor() {
    super(RetryEvent.eventName, { bubbles: true, composed: true })
  }
}
