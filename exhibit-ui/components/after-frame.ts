import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** A page in the background has no frames to wait for. */
const frameLimitMs = 150
/** On an old phone a picture as broad as its screen takes about half of it. */
const decodeLimitMs = 300

/** When the browser has drawn what is there by now. */
export function afterFrame(then: () => void): void {
  let begun = false
  const begin = (): void => {
    clearTimeout(limit)
    if (begun) return
    begun = true
    then()
  }
  const limit = setTimeout(begin, frameLimitMs)
  requestAnimationFrame(() => setTimeout(begin))
}

/**
 * When a picture that has come is drawn too: a browser decodes a large one beside its other work, and what keeps it busy by then
 * keeps the picture from being seen. One that has not come yet is not waited for.
 */
export function afterPicture(picture: HTMLImageElement | null, then: () => void): void {
  if (picture?.complete !== true) return afterFrame(then)
  const decoded = picture.decode().catch(() => {
    // The viewer that shows it tells that it cannot be shown.
  })
  const limit = new Promise<void>((resolve) => setTimeout(resolve, decodeLimitMs))
  void Promise.race([decoded, limit]).then(() => afterFrame(then))
}

let isDrawn = false
let isMade = false
const waiting = new Set<() => void>()

/** The page that was asked for is there: what is not in sight follows when the browser has drawn it. */
export function firstViewMade(): void {
  if (isMade) return
  isMade = true
  afterFrame(() => {
    isDrawn = true
    for (const then of waiting) then()
    waiting.clear()
  })
}

/** For an element that leaves out at first what is below the first view, and makes it when the view is drawn. */
export class FirstView implements ReactiveController {
  readonly #update: () => void

  constructor(host: ReactiveControllerHost) {
    this.#update = () => host.requestUpdate()
    host.addController(this)
  }

  get drawn(): boolean {
    return isDrawn
  }

  hostConnected(): void {
    if (!isDrawn) waiting.add(this.#update)
  }

  hostDisconnected(): void {
    waiting.delete(this.#update)
  }
}
