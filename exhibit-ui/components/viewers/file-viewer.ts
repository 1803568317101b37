import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { bytesText } from '../../model/format.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import '../work-picture.ts'

/** A medium that these pages do not open themselves: its picture, and the file. */
@customElement('file-viewer')
export class FileViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** Why it is not shown here; nothing where these pages never show it. */
  @property() problem = ''

  static override styles = [
    shared,
    css`
      .picture {
        height: min(58svh, 100vw);
      }
      .open {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 12px 24px;
        padding: 16px var(--edge);
        border-top: var(--hairline);
        background: var(--paper);
        box-shadow: var(--below, none);
      }
    `,
  ]

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const size = work.files.find((file) => file.path === work.entry.path)?.size
    return html`<div class="picture">
        <work-picture eager .language=${this.language} .work=${work}></work-picture>
      </div>
      <div class="open">
        <a class="pill full" href=${work.entry.url} download
          >${this.words.work.openFile}${size === undefined ? nothing : ` (${bytesText(size, this.language)})`}</a
        >
        <p role=${this.problem === '' ? nothing : 'status'}>${this.problem || this.words.work.fileHint}</p>
      </div>`
  }
}
