import { css, html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { GalleryElement } from '../components/gallery-element.ts'
import { shared } from '../styles/shared.ts'
import '../components/page-message.ts'

@customElement('unknown-page')
export class UnknownPage extends GalleryElement {
  static override styles = [
    shared,
    css`
      :host {
        padding-inline: var(--edge);
      }
    `,
  ]

  protected override render() {
    const words = this.words.problem
    return html`<page-message
      .language=${this.language}
      .heading=${words.unknownTitle}
      .text=${words.unknown}
    ></page-message>`
  }
}
