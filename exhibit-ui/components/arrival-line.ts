import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Progress } from '../../node/http/contract.ts'
import { listText } from '../model/format.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** 'Komt binnen van Waag: 41 van 63 delen', or why it does not. Says nothing of a work that is here. */
@customElement('arrival-line')
export class ArrivalLine extends GalleryElement {
  @property({ attribute: false }) progress: Progress | undefined
  /** Also says what a visitor may expect. */
  @property({ type: Boolean }) explain = false

  static override styles = [
    shared,
    css`
      .more {
        margin-top: 4px;
        color: var(--soft);
      }
      .parts {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
    `,
  ]

  protected override render() {
    const { progress } = this
    if (progress === undefined || progress.complete) return nothing
    const words = this.words.progress
    const cause = progress.cause ?? (progress.from.length > 0 ? 'arriving' : 'waiting')
    const names = progress.from.map((node) => node.name)
    const what =
      cause === 'arriving' && names.length > 0
        ? words.arrivingFrom(listText(names, this.language))
        : words.cause[cause]
    return html`<p>${what}: <span class="parts">${words.parts(progress.have, progress.total)}</span></p>
      ${this.explain ? html`<p class="more">${words.causeMore[cause]}</p>` : nothing}`
  }
}
