import type { MeshHealthView } from '../../node/http/contracts/tech.ts'
import { LiveEvents } from '../api/live-events.ts'
import { withNews } from './model/timeline.ts'
import type { TimelineEntry } from './model/timeline.ts'
import { fetchHealth } from './tech-client.ts'

export interface TechFeedState {
  readonly view: MeshHealthView | undefined
  readonly timeline: readonly TimelineEntry[]
  /** Whether the node answered the last time. */
  readonly answers: boolean
}

/** At most one question a second, and one every five when nothing is said: ages and figures go on. */
const GAP_MS = 1_000
const IDLE_MS = 5_000

/** The health of the mesh, kept up to date: told by events, fetched as a whole, and nothing of it kept but the last. */
export class TechFeed {
  readonly #onState: (state: TechFeedState) => void
  readonly #live: LiveEvents
  #state: TechFeedState = { view: undefined, timeline: [], answers: true }
  #timer: ReturnType<typeof setTimeout> | undefined
  #dueMs = 0
  #lastMs = Number.NEGATIVE_INFINITY
  #isAsking = false
  #isAskedAgain = false
  #isStopped = true

  constructor(onState: (state: TechFeedState) => void) {
    this.#onState = onState
    const soon = (): void => this.#soon()
    this.#live = new LiveEvents({ opened: soon, lost: soon, event: soon })
  }

  start(): void {
    this.#isStopped = false
    this.#live.start()
    this.#soon()
  }

  stop(): void {
    this.#isStopped = true
    this.#live.stop()
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** After an order: its result is in the timeline. */
  readonly refresh = (): void => this.#soon()

  #soon(): void {
    if (this.#isAsking) this.#isAskedAgain = true
    else this.#schedule(Math.max(0, this.#lastMs + GAP_MS - performance.now()))
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return
    const dueMs = performance.now() + delayMs
    if (this.#timer !== undefined && this.#dueMs <= dueMs) return
    clearTimeout(this.#timer)
    this.#dueMs = dueMs
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#ask()
    }, delayMs)
  }

  async #ask(): Promise<void> {
    this.#isAsking = true
    this.#isAskedAgain = false
    this.#lastMs = performance.now()
    try {
      const before = this.#state.view
      let view = await fetchHealth(this.#state.timeline[0]?.id ?? 0)
      // The node started anew: its events count from one again.
      if (before !== undefined && before.run !== view.run) view = await fetchHealth(0)
      const timeline = withNews(this.#state.timeline, before?.run, view, performance.now())
      this.#set({ view, timeline, answers: true })
    } catch {
      // Said on the page; asked again in a moment.
      this.#set({ ...this.#state, answers: false })
    } finally {
      this.#isAsking = false
      this.#schedule(this.#isAskedAgain ? GAP_MS : IDLE_MS)
    }
  }

  #set(state: TechFeedState): void {
    this.#state = state
    if (!this.#isStopped) this.#onState(state)
  }
}
