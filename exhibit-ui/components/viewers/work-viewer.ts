import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'

/** Shows a work by its medium, in a viewer that `loadViewer` has brought. */
@customElement('work-viewer')
export class WorkViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** The visitor has pressed a button to come here: focus goes to what it opened. */
  @property({ type: Boolean }) asked = false

  static override styles = [shared]

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
        return html`<model-viewer .language=${language} .work=${work} .asked=${asked}></model-viewer>`
      case 'pdf':
        return html`<pdf-viewer .language=${language} .work=${work}></pdf-viewer>`
    }
  }
}
