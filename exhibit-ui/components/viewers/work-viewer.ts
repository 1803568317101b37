import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkDetail, Medium } from '../../../node/http/contract.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'

/** Shows a work by its medium. Each viewer comes when the first work of its medium is opened. */
@customElement('work-viewer')
export class WorkViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** The visitor has pressed a button to come here: focus goes to what it opened. */
  @property({ type: Boolean }) asked = false

  static override styles = [shared]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('work') && this.work !== undefined) void loadViewer(this.work.medium)
  }

  protected override render() {
    const { work, language, asked } = this
    if (work === undefined) return nothing
    switch (work.medium) {
      case 'image':
        return html`<image-viewer .language=${language} .work=${work}></image-viewer>`
      case 'images':
        return html`<images-viewer .language=${language} .work=${work}></images-viewer>`
      case 'audio':
        return html`<audio-viewer .language=${language} .work=${work} .asked=${asked}></audio-viewer>`
      case 'video':
        return html`<video-viewer .language=${language} .work=${work} .asked=${asked}></video-viewer>`
      case 'text':
        return html`<text-viewer .language=${language} .work=${work}></text-viewer>`
      case 'interactive':
        return html`<interactive-viewer .language=${language} .work=${work}></interactive-viewer>`
      case 'model':
      case 'pdf':
        return html`<file-viewer .language=${language} .work=${work}></file-viewer>`
    }
  }
}

async function loadViewer(medium: Medium): Promise<void> {
  switch (medium) {
    case 'image':
      await import('./image-viewer.ts')
      return
    case 'images':
      await import('./images-viewer.ts')
      return
    case 'audio':
      await import('./audio-viewer.ts')
      return
    case 'video':
      await import('./video-viewer.ts')
      return
    case 'text':
      await import('./text-viewer.ts')
      return
    case 'interactive':
      await import('./interactive-viewer.ts')
      return
    case 'model':
    case 'pdf':
      await import('./file-viewer.ts')
  }
}
