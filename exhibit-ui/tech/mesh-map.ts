import { css, html, nothing, svg } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { LinkView, MeshHealthView } from '../../node/http/contracts/tech.ts'
import { ElementWidth } from '../components/element-width.ts'
import { wrapName } from '../model/mesh-names.ts'
import { layoutMesh, lineHeight } from '../model/mesh-layout.ts'
import type { MeshDrawing, MeshFigure } from '../model/mesh-layout.ts'
import { shared } from '../styles/shared.ts'
import { KnownLinks } from './model/known-links.ts'
import type { KnownLink } from './model/known-links.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

/** Beyond these a map is a knot of letters: names are left to the table. */
const NAMED_NODES = 24
const ALONE_HEIGHT = 132
/** Nodes are given new places so often at most, and not while something else is drawn. */
const MOVE_MS = 20_000
const SOON_MS = 500

/** The nodes and the links between them, by their quality; and the same as a table. */
@customElement('mesh-map')
export class MeshMap extends TechElement {
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  #drawing: MeshDrawing | undefined
  #drawnFor = ''
  readonly #size = new ElementWidth(this)
  readonly #known = new KnownLinks()
  #links: readonly KnownLink[] = []
  #isLinkedAs = ''
  #movedMs = 0
  #moving: ReturnType<typeof setTimeout> | undefined

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
      line.gone {
        stroke: var(--soft);
        stroke-dasharray: 1 7;
        stroke-linecap: round;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 18px;
        padding-top: 8px;
        list-style: none;
        color: var(--soft);
      }
      .legend li {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .legend svg {
        flex: none;
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

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#moving)
    this.#moving = undefined
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { view } = this
    const { width } = this.#size
    if (view === undefined || width === 0) return
    const isNamed = view.nodes.length <= NAMED_NODES
    const nodes = view.nodes.map(({ id }) => ({
      id,
      lines: isNamed ? wrapName(this.names.get(id) ?? '', 18) : [],
    }))
    const nowMs = performance.now()
    this.#links = this.#known.step(view.links, new Set(view.nodes.map(({ id }) => id)), nowMs)
    const links = this.#links.map(({ a, b }) => ({ a, b }))
    const figure = { nodes, links, self: view.self }
    const shape = JSON.stringify([nodes, view.self, width])
    const isLinkedAs = JSON.stringify(links)
    if (shape !== this.#drawnFor) {
      this.#drawnFor = shape
      this.#layOut(figure, isLinkedAs, nowMs)
    } else if (isLinkedAs !== this.#isLinkedAs && this.#moving === undefined) {
      // A new link is a line between places that are known: that is shown at once, and a better place for all of them a little later.
      this.#moving = setTimeout(
        () => {
          this.#moving = undefined
          this.#drawnFor = ''
          this.requestUpdate()
        },
        Math.max(SOON_MS, this.#movedMs + MOVE_MS - nowMs),
      )
    }
  }

  #layOut(figure: MeshFigure, isLinkedAs: string, nowMs: number): void {
    const { width } = this.#size
    this.#isLinkedAs = isLinkedAs
    this.#movedMs = nowMs
    this.#drawing = layoutMesh(figure, {
      width,
      // Alone it needs no more than its rings.
      height:
        figure.nodes.length === 1 ? ALONE_HEIGHT : Math.max(260, Math.min(520, Math.round(width * 0.62))),
      fontSize: 16,
      nodeRadius: 8,
      selfRadius: 10,
    })
  }

  protected override render() {
    const { words, view } = this
    if (view === undefined) return nothing
    return html`<h2>${words.map}</h2>
      ${this.#map(view)} ${this.#links.length === 0 ? nothing : this.#legend()}
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
    const places = new Map(drawing.nodes.map(({ id, at }) => [id, at]))
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
      ${this.#links.map(({ a, b, quality }) => {
        const [from, to] = [places.get(a), places.get(b)]
        return from === undefined || to === undefined
          ? nothing
          : svg`<line class=${quality} x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}></line>`
      })}
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

  /** What is there now: how good its links are, and whether some are gone. */
  #legend() {
    const { qualities } = this.words
    const there = new Set(this.#links.map(({ quality }) => quality))
    const kinds = (['good', 'fair', 'slow', 'gone'] as const).filter((quality) => there.has(quality))
    return html`<ul class="legend" role="list">
      ${kinds.map(
        (quality) =>
          html`<li>
            <svg width="36" height="8" aria-hidden="true">
              <line class=${quality} x1="2" y1="4" x2="34" y2="4"></line>
            </svg>
            ${qualities[quality]}
          </li>`,
      )}
    </ul>`
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
