import type { ReactiveController } from 'lit'
import { swipeOf } from '../model/swipe.ts'
import type { Touch } from '../model/swipe.ts'

/** What takes arrows and strokes for itself: fields, players, frames, whatever is turned or scrolled. */
const taking =
  'input, select, textarea, audio, video, iframe, canvas, dialog, images-viewer, [role=region][tabindex], .scroll'

/** From work to work by arrow keys, and by a stroke of a finger across the page. The links below do the same. */
export class WorkTurning implements ReactiveController {
  readonly #host: HTMLElement
  readonly #turn: (way: 'previous' | 'next') => void
  #from: Touch | undefined

  constructor(host: HTMLElement, turn: (way: 'previous' | 'next') => void) {
    this.#host = host
    this.#turn = turn
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#key)
    this.#host.addEventListener('touchstart', this.#start, { passive: true })
    this.#host.addEventListener('touchend', this.#end, { passive: true })
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#key)
    this.#host.removeEventListener('touchstart', this.#start)
    this.#host.removeEventListener('touchend', this.#end)
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    // A page wider than the screen is scrolled by these keys.
    if (isTaken(event) || document.documentElement.scrollWidth > innerWidth) return
    event.preventDefault()
    this.#turn(event.key === 'ArrowLeft' ? 'previous' : 'next')
  }

  readonly #start = (event: TouchEvent): void => {
    const [touch] = event.touches
    this.#from =
      touch === undefined || event.touches.length !== 1 || isTaken(event)
        ? undefined
        : { x: touch.clientX, y: touch.clientY, at: event.timeStamp }
  }

  readonly #end = (event: TouchEvent): void => {
    const [touch] = event.changedTouches
    const from = this.#from
    this.#from = undefined
    // Whoever has enlarged the page moves over it with the same stroke.
    if (touch === undefined || from === undefined || (visualViewport?.scale ?? 1) > 1.05) return
    if ((getSelection()?.toString() ?? '') !== '') return
    const way = swipeOf(from, { x: touch.clientX, y: touch.clientY, at: event.timeStamp })
    if (way !== undefined) this.#turn(way)
  }
}

function isTaken(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof Element && target.matches(taking))
}
