import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { GalleryElement } from '../components/gallery-element.ts'
import { shared } from '../styles/shared.ts'
import '../components/page-message.ts'

@customElement('unknown-page')
export class UnknownPage extends GalleryElement {
  @property() path = ''

  static override styles = [
    shared,
    css`
      :host {
        padding-inline: var(--edge);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        margin-top: 28px;
      }
    `,
  ]

  protected override render() {
    const words = this.words.problem
    // A place that may well be there, asked for in a language that is not.
    const place = /^\/[a-z]{2}(?:-[A-Za-z]{2,4})?(\/.*)?$/.exec(this.path)
    if (place !== null && !/^\/(?:nl|en)(?:\/|$)/.test(this.path)) {
      const errors = this.words.errors
      const rest = place[1] ?? '/'
      return html`<page-message
        .ways=${false}
        .language=${this.language}
        .heading=${errors.languageTitle}
        .text=${errors.language}
      >
        <ul role="list">
          <li><a class="pill full" lang="nl" hreflang="nl" href="/nl${rest}">${errors.inDutch}</a></li>
          <li><a class="pill full" lang="en" hreflang="en" href="/en${rest}">${errors.inEnglish}</a></li>
        </ul></page-message
      >`
    }
    return html`<page-message
      .language=${this.language}
      .heading=${words.unknownTitle}
      .text=${words.unknown}
    ></page-message>`
  }
}
