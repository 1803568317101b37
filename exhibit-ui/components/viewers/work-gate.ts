import { css, html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { shared, trackInks } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import '../warnings-line.ts'
import '../work-picture.ts'

/** Before code runs, or before anything a maker warns of: what to expect, and a button. */
@customElement('work-gate')
export class WorkGate extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** The visitor has closed the work to come here: focus goes to what opens it again. */
  @property({ type: Boolean }) asked = false
  @query('button') private button!: HTMLButtonElement | null

  static override styles = [
    shared,
    trackInks,
    css`
      .gate {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        background: var(--track-tint);
      }
      .picture {
        height: min(var(--wall), 62svh);
        min-height: 260px;
      }
      .ask {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 14px 28px;
        padding: 16px var(--edge) 18px;
        border-top: var(--hairline);
        background: var(--paper);
        box-shadow: var(--below, none);
      }
      .pill {
        min-height: 52px;
        padding-inline: 28px;
        font-size: 1.125rem;
      }
      @media (min-width: 1000px) {
        .gate {
          height: var(--wall);
          min-height: 420px;
        }
        .picture {
          height: 100%;
        }
      }
    `,
  ]

  protected override firstUpdated(): void {
    if (this.asked) this.button?.focus()
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const words = this.words.work
    return html`<div class="gate">
      <div class="picture">
        <work-picture eager .language=${this.language} .work=${work}></work-picture>
      </div>
      <div class="ask">
        <button class="pill full" type="button" @click=${this.#open}>
          ${
            work.medium === 'interactive'
              ? words.start
              : work.medium === 'audio'
                ? words.listen
                : work.medium === 'video'
                  ? words.watch
                  : words.show
          }
        </button>
        <warnings-line .language=${this.language} .warnings=${work.warnings}></warnings-line>
      </div>
    </div>`
  }

  readonly #open = (): void => {
    this.dispatchEvent(new Event('work-opened', { bubbles: true, composed: true }))
  }
}
