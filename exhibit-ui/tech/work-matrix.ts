import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { LackCauseName, MeshHealthView, TechWorkView } from '../../node/http/contracts/tech.ts'
import { ElementWidth } from '../components/element-width.ts'
import { setStyles } from '../components/set-styles.ts'
import { shared } from '../styles/shared.ts'
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

/** Ink by cause; each also has a form, for who sees no colour. */
const inks: Readonly<Record<LackCauseName, string>> = {
  coming: '--sun',
  refetching: '--sun',
  'disk-full': '--public-ai',
  unreachable: '--public-ai',
  refused: '--decentralised-web',
  withdrawn: '--soft',
  'not-granted': '--next-socials',
}

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
      ${lacks.slice(0, LACKS_SHOWN).map(([node, cause, share, rate, left]) => {
        const name = this.names.get(view?.nodes[node]?.id ?? '')
        return html`<li>${name}: ${this.#why(view?.causes[cause], share / 1000, rate, left)}</li>`
      })}
      ${lacks.length > LACKS_SHOWN ? html`<li>${words.more(lacks.length - LACKS_SHOWN)}</li>` : nothing}
    </ul>`
  }

  #why(cause: LackCauseName | undefined, share: number, rate: number, left: number): string {
    const { words } = this
    return [
      cause === undefined ? '' : words.causes[cause],
      ...(cause === 'coming' ? [`${Math.floor(share * 100)} %`] : []),
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
    const gap = this.#matrix?.gaps.find(({ row, column }) => row === cell.row && column === cell.column)
    const why = gap === undefined ? words.whole : this.#why(gap.cause, gap.share, gap.rate, gap.left)
    return words.matrixPick(this.text(work.title), this.names.get(node.id) ?? '', why)
  }

  /** Whole cells are a faint field drawn at once; each gap is a form on it. */
  #draw(): void {
    const { canvas } = this
    const matrix = this.#matrix
    if (canvas === null || canvas === undefined || matrix === undefined || this.#size.width === 0) return
    const [w, h] = [this.#column, this.#row]
    const [width, height] = [matrix.columns * w, matrix.rows * h]
    const scale = Math.min(2, globalThis.devicePixelRatio)
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    canvas.style.setProperty('width', `${width}px`)
    canvas.style.setProperty('height', `${height}px`)
    const context = canvas.getContext('2d')
    if (context === null) return
    const style = getComputedStyle(this)
    const ink = (name: string): string => style.getPropertyValue(name).trim()
    context.scale(scale, scale)
    context.fillStyle = ink('--digital-autonomy-tint')
    context.fillRect(0, 0, width, height)
    context.fillStyle = ink('--paper')
    for (let row = 1; row < matrix.rows; row += 1) context.fillRect(0, row * h - 1, width, 1)
    if (w > 4)
      for (let column = 1; column < matrix.columns; column += 1)
        context.fillRect(column * w - 1, 0, 1, height)
    for (const { row, column, cause, share } of matrix.gaps) {
      const [x, y] = [column * w, row * h]
      context.fillStyle = ink('--paper')
      context.fillRect(x, y, w - (w > 4 ? 1 : 0), h - 1)
      context.fillStyle = ink(inks[cause])
      // What is on its way fills from below; what is stuck is a full cell.
      const filled = cause === 'coming' || cause === 'refetching' ? Math.max(0.25, share) : 1
      const tall = (h - 1) * filled
      context.fillRect(x, y + h - 1 - tall, w - (w > 4 ? 1 : 0), tall)
    }
    if (this.cell === undefined) return
    context.strokeStyle = ink('--ink')
    context.lineWidth = 2
    context.strokeRect(this.cell.column * w, this.cell.row * h, Math.max(3, w - 1), h - 1)
  }
}
