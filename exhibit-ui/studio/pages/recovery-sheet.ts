import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import { shared } from '../../styles/shared.ts'
import type { KeyAnswers } from '../../key/key-messages.ts'
import { StudioElement } from '../studio-element.ts'

/** The recovery code on paper: black on white, large enough to be typed in again. */
@customElement('recovery-sheet')
export class RecoverySheet extends StudioElement {
  @property({ attribute: false }) made: KeyAnswers['create'] | undefined

  static override styles = [
    shared,
    css`
      .sheet {
        display: grid;
        gap: 10mm;
        padding: 6mm;
        color: #000;
        background: #fff;
        font: 400 12pt/1.5 var(--text);
        break-inside: avoid;
      }
      h1 {
        font-size: 28pt;
      }
      ol {
        display: grid;
        gap: 4mm;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 18mm 1fr;
        align-items: baseline;
        padding-bottom: 2mm;
        border-bottom: 0.4mm solid #000;
      }
      .line {
        font:
          600 16pt/1.3 ui-monospace,
          'Liberation Mono',
          monospace;
        letter-spacing: 0.04em;
        white-space: nowrap;
      }
    `,
  ]

  protected override render() {
    const { made, t } = this
    if (made === undefined) return nothing
    return html`<div class="sheet">
      <h1>${t.sheet.title}</h1>
      <p>
        ${t.sheet.of} <strong>${made.name || t.key.unnamed}</strong>, ${fingerprint(made.did)}<br />${made.did}
      </p>
      <ol>
        ${made.code.map((line, i) => html`<li><span>${t.sheet.line} ${i + 1}</span><span class="line">${line}</span></li>`)}
      </ol>
      <p>${t.sheet.text}</p>
    </div>`
  }
}
