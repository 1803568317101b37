import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Tells an element how wide it is, in whole pixels, and has it drawn again when that changes. 0: not known yet. */
export class ElementWidth implements ReactiveController {
  width = 0
  readonly #host: ReactiveControllerHost & Element
  readonly #observer = new ResizeObserver(([entry]) => this.#set(entry?.contentRect.width ?? 0))

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    // Known before the first drawing, so that what stands below is not pushed down by it.
    this.#set(this.#host.getBoundingClientRect().width)
    this.#observer.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#observer.disconnect()
  }

  #set(width: number): void {
    const rounded = Math.round(width)
    if (rounded === this.width) return
    this.width = rounded
    this.#host.requestUpdate()
  }
}
