import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshView } from '../../node/http/contract.ts'
import { listText } from '../model/format.ts'
import { linkedNames } from '../model/mesh-names.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** What the drawing of the mesh says, in words. */
@customElement('mesh-list')
export class MeshList extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined

  static override styles = [
    shared,
    css`
      ul {
        padding: 4px 0 12px 1.2em;
      }
      li {
        margin-top: 6px;
      }
      strong {
        font-weight: 650;
      }
    `,
  ]

  protected override render() {
    const { mesh } = this
    if (mesh === undefined) return nothing
    const words = this.words.mesh
    const linked = linkedNames(mesh)
    return html`<details>
      <summary>${words.asList}</summary>
      <ul>
        ${mesh.nodes.map((node) => {
          const names = linked.get(node.id) ?? []
          const links = names.length === 0 ? words.alone : words.connectedTo(listText(names, this.language))
          return html`<li><strong>${node.name}</strong>, ${words.states[node.state]}; ${links}</li>`
        })}
      </ul>
    </details>`
  }
}
