import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { LanguageMap } from '../../../node/http/contract.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'

/** What is said and heard, for those who do not hear it. */
@customElement('work-transcript')
export class WorkTranscript extends GalleryElement {
  @property({ attribute: false }) text: LanguageMap | undefined

  static override styles = [
    shared,
    css`
      .text {
        display: grid;
        gap: 0.8em;
        max-width: 38rem;
        padding-block: 4px 12px;
      }
      p {
        white-space: pre-line;
      }
    `,
  ]

  protected override render() {
    if (this.text === undefined) return nothing
    return html`<details>
      <summary>${this.words.work.transcript}</summary>
      <div class="text">${this.sayParagraphs(this.text)}</div>
    </details>`
  }
}
