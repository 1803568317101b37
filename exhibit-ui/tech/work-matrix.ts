import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { MeshHealthView, TechWorkView } from '../../node/http/contracts/tech.ts'
import { ElementWidth } from '../components/element-width.ts'
import { setStyles } from '../components/set-styles.ts'
import { shared } from '../styles/shared.ts'
import { drawMatrix } from './draw-matrix.ts'
import { cellWidth, matrixOf } from './model/matrix.ts'
import type { Matrix } from './model/matrix.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

const ROW = 20
const ROW_MANY = 12
const MANY_NODES = 16
/** Rows of a table at once: five hundred works would be a table of thousands of nodes on a phone. */
const TABLE_ROWS = 60
const LACKS_SHOWN = 6

/** Rows down and columns right. */
const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Which node has which work: a picture of at most a screen, where gaps stand out; and the gaps, and all of it, as tables. */
@customElement('work-matrix')
export class WorkMatrix extends TechElement {
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  /** The cell that is told of: by hovering, tapping or the arrow keys. */
  @state() private cell: { readonly row: number; readonly column: number } | undefined
  @state() private rows = TABLE_ROWS
  @query('canvas') private canvas: HTMLCanvasElement | null | undefined
  #matrix: Matrix | undefined
  #drawnFor = ''
  readonly #size = new ElementWidth(this)

  static override styles = [
    shared,
    techStyles,
    css`
      .frame {
        display: flex;
        gap: 8px;
      }
      ol {
        flex: none;
        max-width: 34%;
        list-style: none;
        overflow: hidden;
      }
      ol li {
        overflow: hidden;
        font-size: 0.9375rem;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .many li {
        visibility: hidden;
      }
      .many {
        display: none;
      }
      .scroll {
        flex: 1 1 auto;
        min-width: 0;
      }
      canvas {
        display: block;
      }
      .picked {
        min-height: 1.6em;
      }
      .pill {
        margin-block: 12px;
      }
      td ul {
        padding-left: 0;
        list-style: none;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('view') && this.view !== undefined) this.#matrix = matrixOf(this.view)
  }

  protected override updated(): void {
    this.#draw()
  }

  get #row(): number {
    return (this.view?.nodes.length ?? 0) > MANY_NODES ? ROW_MANY : ROW
  }

  get #column(): number {
    const isMany = (this.view?.nodes.length ?? 0) > MANY_NODES
    return cellWidth(this.#matrix?.columns ?? 1, isMany ? this.#size.width : this.#size.width * 0.66 - 8)
  }

  protected override render() {
    const { words, view } = this
    if (view === undefined) return nothing
    // A node that is silent lacks everything, and is told once, above all.
    const isSilent = view.nodes.map(({ state: standing }) => standing === 'lost')
    const gaps = view.works
      .map((work) => ({ ...work, lacks: work.lacks.filter(([node]) => isSilent[node] !== true) }))
      .filter(({ lacks }) => lacks.length > 0)
    const row = setStyles({ height: `${this.#row}px`, 'line-height': `${this.#row}px` })
    if (view.works.length === 0)
      return html`<h2>${words.matrix}</h2>
        <p class="soft">${words.noWorks}</p>`
    return html`<h2>${words.matrix}</h2>
      <div class="frame">
        <ol aria-hidden="true" class=${view.nodes.length > MANY_NODES ? 'many' : ''}>
          ${view.nodes.map(({ id }) => html`<li ${row}>${this.names.get(id)}</li>`)}
        </ol>
        <div class="scroll" tabindex="0" role="group" aria-label=${words.matrixKeys} @keydown=${this.#step}>
          <canvas
            role="img"
            aria-label=${words.matrixLabel(view.works.length, view.nodes.length)}
            @pointermove=${this.#pick}
            @pointerdown=${this.#pick}
          ></canvas>
        </div>
      </div>
      <p class="picked soft" role="status">${this.#told()}</p>
      ${
        gaps.length === 0
          ? html`<p>${isSilent.includes(true) ? words.allWholeHeard : words.allWhole}</p>`
          : html`<h3>${words.gaps}</h3>
              <div class="scroll" tabindex="0" role="group" aria-label=${words.gaps}>
                ${this.#table(gaps.slice(0, TABLE_ROWS))}
              </div>
              ${gaps.length > TABLE_ROWS ? html`<p class="soft">${words.more(gaps.length - TABLE_ROWS)}</p>` : nothing}`
      }
      <details>
        <summary>${words.allWorks}</summary>
        <div class="scroll" tabindex="0" role="group" aria-label=${words.allWorks}>
          ${this.#table(view.works.slice(0, this.rows))}
        </div>
        ${
          view.works.length > this.rows
            ? html`<button
                class="pill"
                type="button"
                @click=${() => {
                  this.rows += TABLE_ROWS
                }}
              >
                ${words.more(view.works.length - this.rows)}
              </button>`
            : nothing
        }
      </details>`
  }

  #table(works: readonly TechWorkView[]) {
    const { words } = this
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${words.work}</th>
          <th scope="col">${words.copies}</th>
          <th scope="col">${words.lacking}</th>
        </tr>
      </thead>
      <tbody>
        ${works.map(
          (work) =>
            html`<tr>
              <th scope="row">
                ${this.text(work.title)}${work.withdrawn ? ` (${words.withdrawnWork})` : ''}
              </th>
              <td>${words.ofTotal(work.whole, work.of)}</td>
              <td>${work.lacks.length === 0 ? '–' : this.#lacks(work)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
  }

  #lacks({ lacks }: TechWorkView) {
    const { words, view } = this
    return html`<ul>
      ${lacks
        .slice(0, LACKS_SHOWN)
        .map((lack) => html`<li>${this.names.get(view?.nodes[lack[0]]?.id ?? '')}: ${this.#why(lack)}</li>`)}
      ${lacks.length > LACKS_SHOWN ? html`<li>${words.more(lacks.length - LACKS_SHOWN)}</li>` : nothing}
    </ul>`
  }

  #why([, code, share, rate, left]: TechWorkView['lacks'][number]): string {
    const { words } = this
    const cause = this.view?.causes[code]
    return [
      cause === undefined ? '' : words.causes[cause],
      ...(cause === 'coming' ? [`${Math.floor(share / 10)} %`] : []),
      ...(rate > 0 ? [`${rate} KiB/s`] : []),
      ...(left > 0 ? [words.left(this.time(left))] : []),
    ].join(', ')
  }

  readonly #pick = ({ offsetX, offsetY }: PointerEvent): void =>
    this.#choose(Math.floor(offsetY / this.#row), Math.floor(offsetX / this.#column))

  readonly #step = (event: KeyboardEvent): void => {
    const [down, right] = steps[event.key] ?? []
    if (down === undefined || right === undefined) return
    event.preventDefault()
    const { row, column } = this.cell ?? { row: -down, column: -right }
    this.#choose(row + down, column + right)
    const scroll = event.currentTarget as Element
    const x = (this.cell?.column ?? 0) * this.#column
    if (x < scroll.scrollLeft || x + this.#column > scroll.scrollLeft + scroll.clientWidth)
      scroll.scrollLeft = x - scroll.clientWidth / 2
  }

  #choose(row: number, column: number): void {
    const { rows = 0, columns = 0 } = this.#matrix ?? {}
    const isSame = this.cell?.row === row && this.cell.column === column
    if (row >= 0 && row < rows && column >= 0 && column < columns && !isSame) this.cell = { row, column }
  }

  #told(): string {
    const { view, cell, words } = this
    const work = view?.works[cell?.column ?? -1]
    const node = view?.nodes[cell?.row ?? -1]
    if (cell === undefined || work === undefined || node === undefined) return ''
    const lack = work.lacks.find(([row]) => row === cell.row)
    const why = lack === undefined ? words.whole : this.#why(lack)
    return words.matrixPick(this.text(work.title), this.names.get(node.id) ?? '', why)
  }

  #draw(): void {
    const { canvas, cell } = this
    const matrix = this.#matrix
    if (canvas === null || canvas === undefined || matrix === undefined || this.#size.width === 0) return
    const frame = { w: this.#column, h: this.#row, cell }
    const style = getComputedStyle(this)
    // What is drawn already stays; the ink tells light from dark.
    const key = JSON.stringify([matrix, frame, style.color, globalThis.devicePixelRatio])
    if (key === this.#drawnFor) return
    this.#drawnFor = key
    drawMatrix(canvas, matrix, frame, style)
  }
}
