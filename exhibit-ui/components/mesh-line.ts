import { css, html, nothing, svg } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { MeshView } from '../../node/http/contract.ts'
import { layoutMesh, lineHeight } from '../model/mesh-layout.ts'
import type { MeshDrawing } from '../model/mesh-layout.ts'
import { wrapName } from '../model/mesh-names.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** The mesh as a hairline drawing, in real pixels so that names keep the size of text. Moves only when the mesh does. */
@customElement('mesh-line')
export class MeshLine extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined
  /** Ids of neighbours from which something comes in now: their lines are drawn heavy. */
  @property({ attribute: false }) flows: ReadonlySet<string> = new Set()
  /** Without names, for a small place. */
  @property({ type: Boolean }) small = false
  /** Height as a share of the width. */
  @property({ type: Number }) ratio = 0.5
  @state() private width = 0

  #drawing: MeshDrawing | undefined
  #drawnFor = ''
  #observer: ResizeObserver | undefined

  static override styles = [
    shared,
    css`
      svg {
        display: block;
        overflow: visible;
        animation: appear var(--calm) ease-out;
      }
      .link {
        stroke: var(--ink);
        stroke-width: 1.5;
        animation: appear var(--calm) ease-out;
        transition: stroke-width var(--calm);
      }
      .link.flow {
        stroke-width: 5;
      }
      .node {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.5;
      }
      .node.neighbour {
        fill: var(--ink);
      }
      .node.late {
        stroke-dasharray: 2.6 2.6;
      }
      .node.lost {
        stroke: var(--soft);
        stroke-dasharray: 1.5 3;
      }
      .self {
        fill: var(--decentralised-web-surface);
      }
      .ring {
        fill: none;
        stroke: var(--decentralised-web-surface);
        stroke-width: 1.5;
      }
      .gap {
        fill: var(--paper);
      }
      text {
        fill: var(--ink);
        font: 450 16px var(--text);
      }
      .here {
        font-weight: 750;
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      @media (forced-colors: active) {
        .link,
        .node {
          stroke: CanvasText;
        }
        .node.neighbour {
          fill: CanvasText;
        }
        .self {
          fill: Highlight;
        }
        .ring {
          stroke: Highlight;
        }
        text {
          fill: CanvasText;
        }
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    // Known before the first drawing, so that what stands below is not pushed down by it.
    this.width = Math.round(this.getBoundingClientRect().width)
    this.#observer = new ResizeObserver(([entry]) => {
      this.width = Math.round(entry?.contentRect.width ?? 0)
    })
    this.#observer.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer?.disconnect()
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { mesh, width, small, language } = this
    if (mesh === undefined || width === 0) return
    const nodes = mesh.nodes.map(({ id, name }) => ({ id, lines: this.#lines(id, name) }))
    const key = JSON.stringify([nodes, mesh.links, mesh.self, width, this.ratio, small, language])
    // A round trip that changed is no reason to draw again.
    if (key === this.#drawnFor) return
    this.#drawnFor = key
    this.#drawing = layoutMesh(
      { nodes, links: mesh.links, self: mesh.self },
      {
        width,
        height: Math.round(width * this.ratio),
        fontSize: 16,
        nodeRadius: small ? 4 : 6,
        selfRadius: small ? 8 : 18,
      },
    )
  }

  #lines(id: string, name: string): string[] {
    if (this.small) return []
    const lines = wrapName(name, 18)
    return id === this.mesh?.self ? [this.words.mesh.youAreHere, ...lines] : lines
  }

  protected override render() {
    const { mesh, small } = this
    const drawing = this.#drawing
    if (mesh === undefined || drawing === undefined) return nothing
    const self = mesh.nodes.find((node) => node.id === mesh.self)
    const label = this.words.mesh.drawing(mesh.nodes.length, mesh.links.length, self?.name ?? '')
    const states = new Map(mesh.nodes.map((node) => [node.id, node.state]))
    return html`<svg
      width=${drawing.width}
      height=${drawing.height}
      viewBox="0 0 ${drawing.width} ${drawing.height}"
      role="img"
      aria-label=${label}
    >
      ${repeat(
        drawing.links,
        (link) => `${link.a} ${link.b}`,
        ({ a, b, from, to }) => {
          const other = a === mesh.self ? b : b === mesh.self ? a : ''
          return svg`<line class="link ${this.flows.has(other) ? 'flow' : ''}"
            x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}></line>`
        },
      )}
      ${drawing.nodes.map(({ id, at, radius }) =>
        id === mesh.self
          ? svg`<circle class="gap" cx=${at.x} cy=${at.y} r=${radius}></circle>
              <circle class="ring" cx=${at.x} cy=${at.y} r=${radius - 1}></circle>
              <circle class="self" cx=${at.x} cy=${at.y} r=${small ? radius - 4 : radius - 7}></circle>`
          : svg`<circle class="node ${states.get(id) ?? ''}" cx=${at.x} cy=${at.y} r=${radius}></circle>`,
      )}
      ${drawing.labels.map(({ id, box, align, lines }) => {
        const x = align === 'start' ? box.left : align === 'end' ? box.right : (box.left + box.right) / 2
        return lines.map(
          (line, index) =>
            svg`<text class=${id === mesh.self && index === 0 ? 'here' : ''} text-anchor=${align}
              x=${x} y=${box.top + (index + 0.78) * 16 * lineHeight}>${line}</text>`,
        )
      })}
    </svg>`
  }
}
