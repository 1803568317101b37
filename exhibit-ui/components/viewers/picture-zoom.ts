import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { clampView, fitInto, fitView, zoomAt } from '../../model/zoom.ts'
import type { Extent, View } from '../../model/zoom.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { setStyles } from '../set-styles.ts'

const step = 1.5
const pan = 80

/** A picture on the full screen: wheel, pinch, drag, buttons and keys all move the same view. */
@customElement('picture-zoom')
export class PictureZoom extends GalleryElement {
  @property() src = ''
  @property() alt = ''
  @state() private view: View = fitView
  @state() private shown = false
  @query('dialog') private dialog!: HTMLDialogElement
  @query('.stage') private stage!: HTMLElement
  @query('img') private image!: HTMLImageElement | null

  readonly #pointers = new Map<number, { x: number; y: number }>()

  static override styles = [
    shared,
    css`
      dialog {
        width: 100vw;
        height: 100vh;
        height: 100dvh;
        max-width: none;
        max-height: none;
        margin: 0;
        padding: 0;
        border: 0;
        background: var(--paper);
        color: var(--ink);
        overflow: hidden;
      }
      .stage {
        position: absolute;
        inset: 0 0 69px;
        overflow: hidden;
        touch-action: none;
        cursor: grab;
      }
      img {
        width: 100%;
        height: 100%;
        object-fit: contain;
        user-select: none;
        -webkit-user-drag: none;
      }
      .bar {
        position: absolute;
        inset: auto 0 0;
        display: flex;
        justify-content: center;
        gap: 8px;
        padding: 12px 10px;
        border-top: var(--hairline);
        background: var(--paper);
      }
      .pill {
        padding-inline: 14px;
      }
    `,
  ]

  open(): void {
    this.view = fitView
    this.shown = true
    void this.updateComplete.then(() => this.dialog.showModal())
  }

  protected override render() {
    const words = this.words.work
    const { scale, x, y } = this.view
    return html`<dialog
      aria-label=${words.pictureView}
      @keydown=${this.#key}
      @close=${() => {
        this.shown = false
      }}
    >
      <div
        class="stage"
        @wheel=${this.#wheel}
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
        @dblclick=${this.#twice}
      >
        ${
          this.shown
            ? html`<img
                src=${this.src}
                alt=${this.alt}
                draggable="false"
                ${setStyles({ transform: `translate(${x}px, ${y}px) scale(${scale})` })}
              />`
            : nothing
        }
      </div>
      <div class="bar">
        <button class="pill" type="button" ?disabled=${scale <= 1} @click=${() => this.#zoom(1 / step)}>
          ${words.zoomOut}
        </button>
        <button class="pill" type="button" @click=${() => this.#zoom(step)}>${words.zoomIn}</button>
        <button class="pill full" type="button" @click=${() => this.dialog.close()}>${words.close}</button>
      </div>
    </dialog>`
  }

  #extents(): { frame: Extent; fitted: Extent } {
    const frame = { width: this.stage.clientWidth, height: this.stage.clientHeight }
    const natural = { width: this.image?.naturalWidth ?? 0, height: this.image?.naturalHeight ?? 0 }
    return { frame, fitted: fitInto(frame, natural) }
  }

  #set(view: View): void {
    const { frame, fitted } = this.#extents()
    this.view = clampView(view, frame, fitted)
  }

  #zoom(factor: number, point = { x: 0, y: 0 }): void {
    this.#set(zoomAt(this.view, factor, point))
  }

  /** From the middle of the stage. */
  #point(event: MouseEvent): { x: number; y: number } {
    const box = this.stage.getBoundingClientRect()
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
  }

  readonly #wheel = (event: WheelEvent): void => {
    event.preventDefault()
    this.#zoom(Math.exp(-event.deltaY / 400), this.#point(event))
  }

  readonly #twice = (event: MouseEvent): void => {
    if (this.view.scale > 1.01) this.view = fitView
    else this.#zoom(3, this.#point(event))
  }

  readonly #down = (event: PointerEvent): void => {
    this.stage.setPointerCapture(event.pointerId)
    this.#pointers.set(event.pointerId, this.#point(event))
  }

  readonly #move = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId)
    if (before === undefined) return
    const now = this.#point(event)
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1]
    this.#pointers.set(event.pointerId, now)
    if (other === undefined) {
      this.#set({ ...this.view, x: this.view.x + now.x - before.x, y: this.view.y + now.y - before.y })
      return
    }
    const apart = (a: { x: number; y: number }): number => Math.hypot(a.x - other.x, a.y - other.y)
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    this.#zoom(apart(now) / Math.max(1, apart(before)), middle)
  }

  readonly #up = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { x, y } = this.view
    switch (event.key) {
      case '+':
      case '=':
        this.#zoom(step)
        break
      case '-':
        this.#zoom(1 / step)
        break
      case '0':
        this.view = fitView
        break
      case 'ArrowLeft':
        this.#set({ ...this.view, x: x + pan })
        break
      case 'ArrowRight':
        this.#set({ ...this.view, x: x - pan })
        break
      case 'ArrowUp':
        this.#set({ ...this.view, y: y + pan })
        break
      case 'ArrowDown':
        this.#set({ ...this.view, y: y - pan })
        break
      default:
        return
    }
    event.preventDefault()
  }
}
