import { css, html, nothing, svg } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { LinkView, MeshHealthView } from '../../node/http/contracts/tech.ts'
import { wrapName } from '../model/mesh-names.ts'
import { layoutMesh, lineHeight } from '../model/mesh-layout.ts'
import type { MeshDrawing } from '../model/mesh-layout.ts'
import { shared } from '../styles/shared.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

/** Beyond these a map is a knot of letters: names are left to the table. */
const NAMED_NODES = 24
const ALONE_HEIGHT = 132

/** The nodes and the links between them, by their quality; and the same as a table. */
@customElement('mesh-map')
export class MeshMap extends TechElement {
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  @state() private width = 0
  #drawing: MeshDrawing | undefined
  #drawnFor = ''
  #observer: ResizeObserver | undefined

  static override styles = [
    shared,
    techStyles,
    css`
      svg {
        display: block;
        max-width: 100%;
        overflow: visible;
      }
      line {
        stroke: var(--ink);
        stroke-width: 1.5px;
      }
      line.fair {
        stroke-dasharray: 8 5;
      }
      line.slow {
        stroke: var(--public-ai);
        stroke-width: 3.5px;
        stroke-dasharray: 2 6;
        stroke-linecap: round;
      }
      circle {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.5px;
      }
      circle.self {
        fill: var(--ink);
      }
      circle.notice,
      circle.identify {
        fill: var(--sun);
      }
      circle.problem {
        fill: var(--public-ai-surface);
        stroke-width: 3px;
      }
      circle.lost {
        stroke-dasharray: 3 3;
      }
      .reach {
        fill: none;
        stroke: var(--soft);
        stroke-dasharray: 1.5 5;
        stroke-linecap: round;
      }
      text {
        fill: var(--ink);
        font: 400 16px var(--text);
      }
      .rate {
        white-space: nowrap;
      }
      .strike {
        stroke: var(--ink);
        stroke-width: 2px;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
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
    const { view, width } = this
    if (view === undefined || width === 0) return
    const isNamed = view.nodes.length <= NAMED_NODES
    const nodes = view.nodes.map(({ id }) => ({
      id,
      lines: isNamed ? wrapName(this.names.get(id) ?? '', 18) : [],
    }))
    const links = view.links.map(({ a, b }) => ({ a, b }))
    // A round trip that changed is no reason to draw again.
    const key = JSON.stringify([nodes, links, view.self, width])
    if (key === this.#drawnFor) return
    this.#drawnFor = key
    this.#drawing = layoutMesh(
      { nodes, links, self: view.self },
      {
        width,
        // Alone it needs no more than its rings.
        height:
          view.nodes.length === 1 ? ALONE_HEIGHT : Math.max(260, Math.min(520, Math.round(width * 0.62))),
        fontSize: 16,
        nodeRadius: 8,
        selfRadius: 10,
      },
    )
  }

  protected override render() {
    const { words, view } = this
    if (view === undefined) return nothing
    return html`<h2>${words.map}</h2>
      ${this.#map(view)}
      ${
        view.links.length === 0
          ? nothing
          : html`<details>
              <summary>${words.linksTable}</summary>
              <div class="scroll" tabindex="0" role="group" aria-label=${words.linksTable}>
                ${this.#table(view.links)}
              </div>
            </details>`
      }`
  }

  #map(view: MeshHealthView) {
    const drawing = this.#drawing
    if (drawing === undefined) return nothing
    const quality = new Map(view.links.map((link) => [`${link.a} ${link.b}`, link.quality]))
    const nodes = new Map(view.nodes.map((node) => [node.id, node]))
    const worst = new Map<string, string>()
    for (const { node, severity } of view.alerts) if (worst.get(node) !== 'problem') worst.set(node, severity)
    return html`<svg
      width=${drawing.width}
      height=${drawing.height}
      viewBox="0 0 ${drawing.width} ${drawing.height}"
      role="img"
      aria-label=${this.words.mapLabel(view.nodes.length, view.links.length)}
    >
      ${drawing.rings.map(({ at, radius }) => svg`<circle class="reach" cx=${at.x} cy=${at.y} r=${radius}></circle>`)}
      ${drawing.links.map(
        ({ a, b, from, to }) =>
          svg`<line class=${quality.get(`${a} ${b}`) ?? quality.get(`${b} ${a}`) ?? 'good'}
            x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}></line>`,
      )}
      ${drawing.nodes.map(({ id, at, radius }) => {
        const node = nodes.get(id)
        const kinds = [
          id === view.self ? 'self' : '',
          worst.get(id) ?? '',
          node?.state ?? '',
          node?.health?.identify === true ? 'identify' : '',
        ]
        const r = radius
        return svg`<circle class=${kinds.join(' ')} cx=${at.x} cy=${at.y} r=${r}><title>${this.names.get(id) ?? ''}</title></circle>
          ${
            node?.state === 'lost'
              ? svg`<line class="strike" x1=${at.x - r} y1=${at.y - r} x2=${at.x + r} y2=${at.y + r}></line>`
              : nothing
          }`
      })}
      ${drawing.labels.map(({ box, align, lines }) => {
        const x = align === 'start' ? box.left : align === 'end' ? box.right : (box.left + box.right) / 2
        return lines.map(
          (line, index) =>
            svg`<text text-anchor=${align} x=${x} y=${box.top + (index + 0.78) * 16 * lineHeight}>${line}</text>`,
        )
      })}
    </svg>`
  }

  #table(links: readonly LinkView[]) {
    const { words } = this
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${words.from}</th>
          <th scope="col">${words.to}</th>
          <th scope="col">${words.quality}</th>
          <th scope="col">${words.roundTrip}</th>
          <th scope="col">${words.speed}</th>
          <th scope="col">${words.losses}</th>
        </tr>
      </thead>
      <tbody>
        ${links.map(
          ({ a, b, quality, rttMs, toAKiBps, toBKiBps, losses }) =>
            html`<tr>
              <th scope="row">${this.names.get(a) ?? a}</th>
              <td>${this.names.get(b) ?? b}</td>
              <td class=${quality === 'slow' ? 'bad' : ''}>${words.qualities[quality]}</td>
              <td>${rttMs === undefined ? '–' : `${Math.round(rttMs)} ms`}</td>
              <td class="rate">${toBKiBps} / ${toAKiBps} KiB/s</td>
              <td>${losses}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
  }
}
