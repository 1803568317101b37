import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { addressOf, inLanguage } from '../model/route.ts'
import type { Route } from '../model/route.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

@customElement('site-header')
export class SiteHeader extends GalleryElement {
  @property({ attribute: false }) route: Route = { page: 'welcome', language: 'nl' }

  static override styles = [
    shared,
    css`
      header {
        display: grid;
        grid-template: 'brand language' auto 'menu menu' auto / 1fr auto;
        align-items: center;
        column-gap: 24px;
        padding: 10px var(--edge) 4px;
        border-bottom: var(--hairline);
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        text-decoration: none;
      }
      header .skip {
        position: absolute;
        left: var(--edge);
        top: 8px;
        z-index: 2;
        transform: translateY(-200%);
        background: var(--ink);
        color: var(--paper);
        padding: 10px 18px;
        border: 0;
        border-radius: 999px;
        min-height: 44px;
        font: inherit;
      }
      header .skip:focus {
        transform: none;
      }
      .brand {
        grid-area: brand;
        justify-self: start;
        font: 700 1.25rem/1.1 var(--display);
        letter-spacing: -0.02em;
      }
      .tagline {
        display: none;
        color: var(--soft);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0 24px;
      }
      nav {
        grid-area: menu;
      }
      .language {
        grid-area: language;
      }
      .name {
        border-bottom: var(--line) solid transparent;
      }
      nav .name,
      .language .name {
        border-color: currentColor;
      }
      a:hover .name {
        border-bottom-width: 3px;
        margin-bottom: -1.5px;
      }
      a[aria-current='page'] .name {
        border-bottom-width: 4px;
        margin-bottom: -2.5px;
      }
      /* In one line where there is room, and on a phone on its side, where there is no height to spare. */
      @media (min-width: 760px), (min-width: 560px) and (max-height: 480px) {
        header {
          grid-template: 'brand tagline menu language' auto / auto 1fr auto auto;
          padding-block: 8px;
        }
      }
      @media (min-width: 760px) {
        .tagline {
          display: block;
          grid-area: tagline;
          padding-top: 2px;
        }
      }
      @media (min-width: 760px) and (max-width: 899px) {
        .tagline {
          visibility: hidden;
        }
      }
      @media print {
        nav,
        .language {
          display: none;
        }
      }
    `,
  ]

  /** What it leads to lies outside this element, where an address with a fragment does not find it. */
  readonly #skip = (): void => {
    this.dispatchEvent(new Event('gallery-skip', { bubbles: true, composed: true }))
  }

  protected override render() {
    const words = this.words.site
    const { language, route } = this
    const other = language === 'nl' ? 'en' : 'nl'
    const item = (page: 'works' | 'mesh' | 'about', name: string) =>
      html`<li>
        <a href=${addressOf({ page, language })} aria-current=${route.page === page ? 'page' : 'false'}
          ><span class="name">${name}</span></a
        >
      </li>`
    return html`<header>
      <button class="skip" type="button" @click=${this.#skip}>${words.skip}</button>
      <a class="brand" href=${addressOf({ page: 'welcome', language })}>${words.name}</a>
      <span class="tagline">${words.tagline}</span>
      <nav aria-label=${words.menu}>
        <ul role="list">
          ${item('works', words.works)}${item('mesh', words.mesh)}${item('about', words.about)}
        </ul>
      </nav>
      <a class="language" href=${addressOf(inLanguage(route, other))} lang=${other} hreflang=${other}
        ><span class="name">${words.otherLanguage}</span></a
      >
    </header>`
  }
}
