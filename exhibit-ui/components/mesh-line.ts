import { css, html, nothing, svg } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { MeshView, TrackId } from '../../node/http/contract.ts'
import type { Point } from '../model/geometry.ts'
import { layoutMesh, lineHeight } from '../model/mesh-layout.ts'
import type { MeshDrawing } from '../model/mesh-layout.ts'
import { wrapName } from '../model/mesh-names.ts'
import { sharePath } from '../model/share-path.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { ElementWidth } from './element-width.ts'
import { GalleryElement } from './gallery-element.ts'
import { meshInk } from './mesh-ink.ts'

/** Where a work is, and the way it came to the node that answers. */
export interface FollowedWork {
  readonly track: TrackId
  /** Node id to share held, 0 to 1; a node that has not said is absent. */
  readonly held: Readonly<Record<string, number>>
  /** Neighbours of this node that it came from. */
  readonly from: readonly string[]
  /** A word under the name of a node: where the work was brought in. */
  readonly notes: ReadonlyMap<string, string>
}

/** What a node alone keeps of the height for its rings. */
const aloneHeight = 168

/** The mesh as a hairline drawing, in real pixels so that names keep the size of text. Moves only when the mesh does. */
@customElement('mesh-line')
export class MeshLine extends GalleryElement {
  @property({ attribute: false }) mesh: MeshView | undefined
  /** Ids of neighbours from which something comes in now: their lines are drawn heavy. */
  @property({ attribute: false }) flows: ReadonlySet<string> = new Set()
  /** Shows where this work is, and which of its neighbours it came from, instead of the states of the nodes. */
  @property({ attribute: false }) followed: FollowedWork | undefined
  /** Without names, for a small place. */
  @property({ type: Boolean }) small = false
  /** Height as a share of the width. */
  @property({ type: Number }) ratio = 0.5

  #drawing: MeshDrawing | undefined
  #drawnFor = ''
  readonly #size = new ElementWidth(this)

  static override styles = [
    shared,
    trackInks,
    meshInk,
    css`
      svg {
        display: block;
        overflow: visible;
        animation: appear var(--calm) ease-out;
      }
      .link {
        animation: appear var(--calm) ease-out;
        transition: stroke-width var(--calm);
      }
      .gap {
        fill: var(--paper);
      }
      /* A work that is followed: its ink on the nodes that have it and on the way it came. */
      .way {
        stroke: var(--track-surface);
        stroke-width: 5;
      }
      .rim {
        fill: var(--paper);
        stroke: var(--track);
        stroke-width: 1.5;
      }
      .rim.unsaid {
        stroke: var(--soft);
        stroke-dasharray: 1.5 3;
      }
      .share {
        fill: var(--track-surface);
      }
      .followed .ring {
        stroke: var(--track);
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
        .followed .rim,
        .way {
          stroke: CanvasText;
        }
        .followed .share {
          fill: CanvasText;
        }
        text {
          fill: CanvasText;
        }
      }
    `,
  ]

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { mesh, small, language } = this
    const { width } = this.#size
    if (mesh === undefined || width === 0) return
    const linked = new Set([mesh.self, ...mesh.links.flatMap(({ a, b }) => [a, b])])
    // Small, it shows the mesh and not who is away: that is on the page of the mesh.
    const nodes = mesh.nodes
      .filter(({ id }) => !small || linked.has(id))
      .map(({ id, name }) => ({ id, lines: this.#lines(id, name) }))
    const alone = mesh.nodes.length === 1 && !small
    const isFollowed = this.followed !== undefined
    const key = JSON.stringify([nodes, mesh.links, mesh.self, width, this.ratio, small, language, isFollowed])
    // A round trip that changed is no reason to draw again.
    if (key === this.#drawnFor) return
    this.#drawnFor = key
    this.#drawing = layoutMesh(
      { nodes, links: mesh.links, self: mesh.self },
      {
        width,
        height: alone ? Math.min(aloneHeight, Math.round(width * 0.4)) : Math.round(width * this.ratio),
        fontSize: 16,
        nodeRadius: small ? 4 : this.followed === undefined ? 6 : 11,
        selfRadius: small ? 8 : 18,
      },
    )
  }

  #lines(id: string, name: string): string[] {
    if (this.small) return []
    const note = this.followed?.notes.get(id)
    const lines = [...wrapName(name, 18), ...(note === undefined ? [] : [note])]
    return id === this.mesh?.self ? [this.words.mesh.youAreHere, ...lines] : lines
  }

  protected override render() {
    const { mesh } = this
    const drawing = this.#drawing
    if (mesh === undefined || drawing === undefined) return nothing
    const self = mesh.nodes.find((node) => node.id === mesh.self)
    const label = this.words.mesh.drawing(mesh.nodes.length, mesh.links.length, self?.name ?? '')
    return html`<svg
      width=${drawing.width}
      height=${drawing.height}
      viewBox="0 0 ${drawing.width} ${drawing.height}"
      class=${this.followed === undefined ? '' : 'followed'}
      data-track=${this.followed?.track ?? nothing}
      role="img"
      aria-label=${label}
    >
      ${drawing.rings.map(({ at, radius }) => svg`<circle class="reach" cx=${at.x} cy=${at.y} r=${radius}></circle>`)}
      ${repeat(
        drawing.links,
        (link) => `${link.a} ${link.b}`,
        ({ a, b, from, to }) => {
          const other = a === mesh.self ? b : b === mesh.self ? a : ''
          return svg`<line class="link ${this.#way(other)}"
            x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}></line>`
        },
      )}
      ${drawing.nodes.map(({ id, at, radius }) => this.#node(mesh, id, at, radius))}
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

  #way(neighbour: string): string {
    if (this.followed !== undefined) return this.followed.from.includes(neighbour) ? 'way' : ''
    return this.flows.has(neighbour) ? 'flow' : ''
  }

  #node(mesh: MeshView, id: string, at: Point, radius: number) {
    const { followed, small } = this
    const isSelf = id === mesh.self
    if (followed !== undefined) {
      const share = followed.held[id]
      const disc = isSelf ? radius - 6 : radius
      return svg`<g transform="translate(${at.x} ${at.y})">
        ${isSelf ? svg`<circle class="gap" r=${radius}></circle><circle class="ring" r=${radius - 1}></circle>` : nothing}
        <circle class="rim ${share === undefined ? 'unsaid' : ''}" r=${disc}></circle>
        <path class="share" d=${sharePath(share ?? 0, disc)}></path>
      </g>`
    }
    if (!isSelf) {
      const state = mesh.nodes.find((node) => node.id === id)?.state ?? ''
      return svg`<circle class="node ${state}" cx=${at.x} cy=${at.y} r=${radius}></circle>`
    }
    return svg`<circle class="gap" cx=${at.x} cy=${at.y} r=${radius}></circle>
      <circle class="ring" cx=${at.x} cy=${at.y} r=${radius - 1}></circle>
      <circle class="self" cx=${at.x} cy=${at.y} r=${small ? radius - 4 : radius - 7}></circle>`
  }
}
