import { css, html, nothing, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshView } from '../../node/http/contract.ts'
import { meshMessages } from '../locales/mesh/messages.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import { meshInk } from './mesh-ink.ts'

/** What the forms of the drawing say; only those that are in it. */
@customElement('mesh-legend')
export class MeshLegend extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined
  /** Something comes in: a line is drawn heavy. */
  @property({ type: Boolean }) flow = false

  static override styles = [
    shared,
    meshInk,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        color: var(--soft);
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 10px;
      }
      svg {
        flex: none;
        overflow: visible;
      }
    `,
  ]

  protected override render() {
    const { mesh } = this
    if (mesh === undefined) return nothing
    const words = meshMessages[this.language].forms
    const states = new Set(mesh.nodes.map(({ state }) => state))
    const dot = (kind: string, text: string) =>
      html`<li>
        <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
          ${svg`<circle class="node ${kind}" r="6"></circle>`}</svg
        >${text}
      </li>`
    return html`<ul role="list">
      <li>
        <svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
          ${svg`<circle class="ring" r="10"></circle><circle class="self" r="6"></circle>`}</svg
        >${words.here}
      </li>
      ${mesh.nodes.length > 1 ? nothing : html`<li>${this.#rings()}${words.listening}</li>`}
      ${states.has('neighbour') ? dot('neighbour', words.neighbour) : nothing}
      ${states.has('reachable') ? dot('reachable', words.reachable) : nothing}
      ${states.has('late') || states.has('lost') ? dot('late', words.silent) : nothing}
      ${
        this.flow
          ? html`<li>
              <svg width="30" height="8" viewBox="0 -4 30 8" aria-hidden="true">
                ${svg`<line class="link flow" x1="0" y1="0" x2="30" y2="0"></line>`}</svg
              >${words.flow}
            </li>`
          : nothing
      }
    </ul>`
  }

  #rings() {
    return html`<svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
      ${svg`<circle class="reach" r="5"></circle><circle class="reach" r="10"></circle>`}
    </svg>`
  }
}
