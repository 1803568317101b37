import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkDetail, Progress } from '../../node/http/contract.ts'
import { shared } from '../styles/shared.ts'
import './arrival-line.ts'
import { GalleryElement } from './gallery-element.ts'
import './work-picture.ts'

/** A work that is not all here: its seal as far as it has formed, how far it is, and a way to see it all the same. */
@customElement('work-coming')
export class WorkComing extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** It was opened before all of it was here, and what is here was not enough. */
  @property({ type: Boolean }) failed = false

  static override styles = [
    shared,
    css`
      .coming {
        display: grid;
        align-content: center;
        gap: 20px;
        padding: 24px var(--edge) 28px;
      }
      .picture {
        /* Never taller than what leaves the words in sight. */
        width: min(100%, 58svh);
        min-width: 210px;
        margin-inline: auto;
        aspect-ratio: 1;
      }
      .words {
        max-width: 38rem;
        margin-inline: auto;
        width: 100%;
      }
      .notice {
        margin-bottom: 4px;
        font: 700 1.5rem/1.15 var(--display);
        letter-spacing: -0.02em;
      }
      .pill {
        margin-top: 16px;
      }
      @media (min-width: 1000px) {
        .coming {
          grid-template-rows: minmax(0, 1fr) auto;
          min-height: var(--wall);
          padding: 40px 48px;
        }
        .words {
          margin-inline: 0;
        }
        .picture {
          align-self: center;
        }
      }
    `,
  ]

  protected override render() {
    const { work, language } = this
    if (work === undefined) return nothing
    const words = this.words.work
    // Told once: how many parts are here changes faster than anybody wants to hear it.
    return html`<div class="coming">
      <div class="picture"><work-picture eager .language=${language} .work=${work}></work-picture></div>
      <div class="words">
        <p class="notice">${words.notYet}</p>
        <p role="status">${this.failed ? this.words.viewer.notEnough : nothing}</p>
        <arrival-line explain .language=${language} .progress=${work.progress}></arrival-line>
        ${this.#openNow(work.progress)}
      </div>
    </div>`
  }

  /** What is opened comes before all else, from whoever has it. */
  #openNow({ cause, cells }: Progress) {
    const { viewer, work } = this.words
    // From nobody more can come: its beginning may be here all the same.
    const isStuck = cause === 'no-neighbour-has-it'
    if (cause === 'refused' || (isStuck && !cells.startsWith('1'))) return nothing
    const text = isStuck ? viewer.openPart : cause === 'disk-full' ? viewer.openElsewhere : work.openNow
    return html`<button class="pill" type="button" @click=${this.#open}>${text}</button>`
  }

  readonly #open = (): void => {
    this.dispatchEvent(new Event('work-early', { bubbles: true, composed: true }))
  }
}
