import type { ServerEvent } from '../../node/http/contract.ts'
import { broughtSince, forgetBrought } from './brought-answers.ts'

export interface LiveEventsHandlers {
  /** On every opening: what was missed while away has to be fetched. */
  opened(): void
  lost(): void
  event(event: ServerEvent): void
}

/** A lost line is told only after this long: a browser that reconnects by itself needs no word said about it. */
const lostAfterMs = 2500
const retryAfterMs = 3000

const names: readonly ServerEvent['event'][] = ['reset', 'catalogue', 'progress', 'mesh', 'alerts']

/** The node's event stream. Reconnects by itself for as long as it is started. */
export class LiveEvents {
  readonly #handlers: LiveEventsHandlers
  #source: EventSource | undefined
  #lostTimer: ReturnType<typeof setTimeout> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  /** Heard of nothing before this; a browser that reconnects by itself says what it heard last. */
  #since = broughtSince

  constructor(handlers: LiveEventsHandlers) {
    this.#handlers = handlers
  }

  start(): void {
    if (this.#source !== undefined) return
    const since = this.#since === undefined ? '' : `?since=${encodeURIComponent(this.#since)}`
    const source = new EventSource(`/api/v1/events${since}`)
    this.#source = source
    this.#since = undefined
    source.addEventListener('open', () => {
      clearTimeout(this.#lostTimer)
      this.#lostTimer = undefined
      this.#handlers.opened()
    })
    source.addEventListener('error', () => {
      this.#lostTimer ??= setTimeout(() => this.#handlers.lost(), lostAfterMs)
      // The browser gives up for good on an answer that is not a stream; a node that restarts gives such answers.
      if (source.readyState === EventSource.CLOSED) this.#again()
    })
    for (const name of names) {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        forgetBrought()
        const event = parse(name, message.data)
        if (event !== undefined) this.#handlers.event(event)
      })
    }
  }

  stop(): void {
    clearTimeout(this.#lostTimer)
    clearTimeout(this.#retryTimer)
    this.#lostTimer = undefined
    this.#source?.close()
    this.#source = undefined
  }

  /** At once, for a visitor who asks for it. */
  retry(): void {
    this.#source?.close()
    this.#source = undefined
    clearTimeout(this.#retryTimer)
    this.start()
  }

  #again(): void {
    this.#source?.close()
    this.#source = undefined
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => this.start(), retryAfterMs)
  }
}

function parse(event: ServerEvent['event'], data: string): ServerEvent | undefined {
  try {
    return { event, data: JSON.parse(data) as unknown } as ServerEvent
  } catch {
    // A newer node may say things this page does not understand; the next refresh shows the outcome.
    return undefined
  }
}
