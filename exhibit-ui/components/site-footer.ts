import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshView } from '../../node/http/contract.ts'
import { addressOf } from '../model/route.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import './mesh-line.ts'

@customElement('site-footer')
export class SiteFooter extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined
  /** Where the drawing is large already, the small one is left out. */
  @property({ type: Boolean, reflect: true }) withoutMesh = false

  static override styles = [
    shared,
    css`
      footer {
        display: grid;
        gap: 20px 48px;
        align-items: center;
        margin-top: 64px;
        padding: 24px var(--edge) 40px;
        border-top: var(--hairline);
      }
      :host([flush]) footer {
        margin-top: 0;
      }
      .mesh {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 20px;
      }
      mesh-line {
        width: 120px;
        min-height: 60px;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0 24px;
      }
      li a,
      .mesh a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
      }
      .words {
        max-width: 30rem;
        text-wrap: pretty;
      }
      .tagline {
        font: 700 1.25rem/1.2 var(--display);
        letter-spacing: -0.02em;
      }
      @media (min-width: 900px) {
        footer {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .words {
          grid-row: span 2;
          align-self: start;
        }
        .mesh,
        ul {
          justify-content: end;
        }
        :host([withoutmesh]) .words {
          grid-row: auto;
        }
      }
    `,
  ]

  protected override render() {
    const { mesh, language } = this
    const words = this.words
    const here = mesh?.nodes.find((node) => node.id === mesh.self)
    return html`<footer>
      <div class="words">
        <p class="tagline">${words.site.name}</p>
        <p>${words.site.tagline}</p>
        <p class="soft">${words.site.footer}</p>
      </div>
      ${
        mesh === undefined || here === undefined || this.withoutMesh
          ? nothing
          : html`<div class="mesh">
              <mesh-line small .language=${language} .mesh=${mesh}></mesh-line>
              <p>
                <a href=${addressOf({ page: 'mesh', language })}>${words.mesh.here(here.name)}</a>
              </p>
            </div>`
      }
      <ul role="list">
        <li><a href=${addressOf({ page: 'about', language })}>${words.about.title}</a></li>
        <li><a href="/${language}/studio">${words.site.studio}</a></li>
        <li><a href=${addressOf({ page: 'decisions', language })}>${words.site.decisions}</a></li>
        <li><a href=${addressOf({ page: 'values', language })}>${words.about.values}</a></li>
        <li><a href="/source.tar.gz" download>${words.site.source}</a></li>
      </ul>
    </footer>`
  }
}
