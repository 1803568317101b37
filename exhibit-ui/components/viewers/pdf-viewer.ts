import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { pick, pickText } from '../../model/language.ts'
import { shared, trackInks } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { setStyles } from '../set-styles.ts'
import type { PdfBook } from './pdf-book.ts'
import { pdfViewerStyles } from './pdf-viewer-styles.ts'
import { viewerBar } from './viewer-bar.ts'
import { WorkFailedEvent } from './work-failed-event.ts'
import './file-viewer.ts'

const steps = [1, 1.25, 1.5, 2, 3, 4] as const

/** A publication, a page at a time, with its words over it. */
@customElement('pdf-viewer')
export class PdfViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @state() private stage: 'loading' | 'shown' | 'failed' = 'loading'
  @state() private number = 1
  @state() private pages = 0
  @state() private ratio = Math.SQRT1_2
  @state() private step = 0
  @state() private hasWords = true
  @state() private drawn = false
  /** Breadth of the sheet at the first step, in CSS pixels. */
  @state() private fit = 0
  @query('.desk') private desk!: HTMLElement | null
  @query('canvas') private canvas!: HTMLCanvasElement | null
  @query('.words') private sheetWords!: HTMLElement | null

  #book: PdfBook | undefined
  #opening = 0
  readonly #sizes = new ResizeObserver(() => this.#measure())

  static override styles = [shared, trackInks, viewerBar, pdfViewerStyles]

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#close()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('work') || changed.get('work')?.root === this.work?.root) return
    this.#close()
    this.stage = 'loading'
    this.number = 1
    this.step = 0
    if (this.work !== undefined) void this.#open(this.work.entry.url)
  }

  protected override firstUpdated(): void {
    if (this.desk !== null) this.#sizes.observe(this.desk)
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const redraw = ['stage', 'number', 'step', 'fit'].some((name) => changed.has(name))
    if (redraw && this.stage === 'shown' && this.fit > 0) void this.#draw()
  }

  async #open(url: string): Promise<void> {
    this.#opening += 1
    const mine = this.#opening
    try {
      const { PdfBook } = await import('./pdf-book.ts')
      const book = await PdfBook.open(url)
      if (mine !== this.#opening) return await book.close()
      this.#book = book
      this.pages = book.pages
      this.ratio = await book.ratio(1)
      this.stage = 'shown'
      this.#measure()
    } catch {
      // Damaged, locked, or away: the visitor has the file and is told so.
      if (mine !== this.#opening) return
      this.stage = 'failed'
      this.dispatchEvent(new WorkFailedEvent())
    }
  }

  #close(): void {
    this.#opening += 1
    const book = this.#book
    this.#book = undefined
    void book?.close()
  }

  /** The whole sheet in sight on a large screen, its whole breadth on a small one. */
  #measure(): void {
    const { desk } = this
    if (desk === null) return
    const style = getComputedStyle(desk)
    const width = desk.clientWidth - Number.parseFloat(style.paddingLeft) * 2
    const height = desk.clientHeight - Number.parseFloat(style.paddingTop) * 2
    this.fit = Math.max(120, Math.floor(innerWidth < 1000 ? width : Math.min(width, height * this.ratio)))
  }

  async #draw(): Promise<void> {
    const { canvas, sheetWords } = this
    const book = this.#book
    if (canvas === null || sheetWords === null || book === undefined) return
    try {
      this.ratio = await book.ratio(this.number)
      const hasWords = await book.draw(this.number, this.fit * (steps[this.step] ?? 1), canvas, sheetWords)
      if (hasWords === undefined) return
      this.hasWords = hasWords
      this.drawn = true
    } catch {
      if (book === this.#book) this.stage = 'failed'
    }
  }

  protected override render() {
    const { work, language, stage } = this
    if (work === undefined) return nothing
    const words = this.words.viewer
    if (stage === 'failed') {
      return html`<file-viewer .language=${language} .work=${work} .problem=${words.pdfFailed}></file-viewer>`
    }
    const alt = pick(work.alt, language)
    return html`<div
        class="desk ${this.step === 0 ? 'whole' : ''}"
        data-track=${work.track}
        tabindex="0"
        role="region"
        aria-label=${`${pickText(work.title, language)}: ${words.pageOf(this.number, Math.max(1, this.pages))}`}
        aria-busy=${this.drawn ? 'false' : 'true'}
        @keydown=${this.#key}
      >
        <div
          class="sheet ${this.drawn ? '' : 'waiting'}"
          ${setStyles({
            '--ratio': String(this.ratio),
            '--sheet': this.fit === 0 ? '100%' : `${this.fit * (steps[this.step] ?? 1)}px`,
          })}
        >
          <canvas
            role="img"
            aria-label=${alt?.text ?? ''}
            lang=${alt?.language ?? nothing}
            aria-hidden=${this.hasWords ? 'true' : 'false'}
          ></canvas>
          <div class="words" role="group" aria-label=${words.pageText(this.number)}></div>
        </div>
      </div>
      ${stage === 'loading' ? html`<div class="bar"><p role="status">${words.opening}</p></div>` : this.#bar()}`
  }

  #bar() {
    const words = this.words.viewer
    const work = this.words.work
    return html`<div class="bar" role="group" aria-label=${words.controls}>
      <button
        class="pill sign"
        type="button"
        aria-label=${words.previousPage}
        ?disabled=${this.number <= 1}
        @click=${() => this.#turn(this.number - 1)}
      >
        <span aria-hidden="true">←</span>
      </button>
      <label class="at">
        <span class="hidden">${words.pageNumber}</span>
        <input
          type="number"
          inputmode="numeric"
          min="1"
          max=${this.pages}
          .value=${String(this.number)}
          @change=${(event: Event) => this.#turn(Number((event.target as HTMLInputElement).value))}
        />
        <span aria-hidden="true">/ ${this.pages}</span>
      </label>
      <button
        class="pill sign"
        type="button"
        aria-label=${words.nextPage}
        ?disabled=${this.number >= this.pages}
        @click=${() => this.#turn(this.number + 1)}
      >
        <span aria-hidden="true">→</span>
      </button>
      <button
        class="pill sign"
        type="button"
        aria-label=${work.zoomOut}
        title=${work.zoomOut}
        ?disabled=${this.step === 0}
        @click=${() => this.#zoom(-1)}
      >
        <span aria-hidden="true">−</span>
      </button>
      <button
        class="pill sign"
        type="button"
        aria-label=${work.zoomIn}
        title=${work.zoomIn}
        ?disabled=${this.step === steps.length - 1}
        @click=${() => this.#zoom(1)}
      >
        <span aria-hidden="true">+</span>
      </button>
      <p class="hidden" role="status">
        ${words.pageOf(this.number, this.pages)}${this.hasWords ? '' : `. ${words.noText}`}
      </p>
    </div>`
  }

  #turn(number: number): void {
    const wanted = Number.isFinite(number) ? Math.round(number) : this.number
    this.number = Math.min(this.pages, Math.max(1, wanted))
    // Also when nothing changed, so that the field says where one is.
    this.requestUpdate()
    this.desk?.scrollTo(0, 0)
  }

  #zoom(by: number): void {
    this.step = Math.min(steps.length - 1, Math.max(0, this.step + by))
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { desk } = this
    const broad = desk !== null && desk.scrollWidth > desk.clientWidth
    if (event.key === 'PageUp' || (event.key === 'ArrowLeft' && !broad)) this.#turn(this.number - 1)
    else if (event.key === 'PageDown' || (event.key === 'ArrowRight' && !broad)) this.#turn(this.number + 1)
    else if (event.key === '+' || event.key === '=') this.#zoom(1)
    else if (event.key === '-') this.#zoom(-1)
    else return
    event.preventDefault()
  }
}
