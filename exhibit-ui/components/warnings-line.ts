import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkSummary } from '../../node/http/contract.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** 'Let op: flitsend beeld.' in the maker's own words where there are any. */
@customElement('warnings-line')
export class WarningsLine extends GalleryElement {
  @property({ attribute: false }) warnings: ArtworkSummary['warnings'] = []

  static override styles = [
    shared,
    css`
      p {
        max-width: 36rem;
        padding-left: 14px;
        border-left: 6px solid var(--sun);
      }
      strong {
        font-weight: 650;
      }
    `,
  ]

  protected override render() {
    if (this.warnings.length === 0) return nothing
    const words = this.words.work
    return html`<p>
      <strong>${words.warning}:</strong>
      ${this.warnings.map(
        ({ kind, text }, index) =>
          html`${index > 0 ? '; ' : ''}${words.warnings[kind]}${text === undefined ? nothing : html` (${this.say(text)})`}`,
      )}.
    </p>`
  }
}
