import { healthLimits } from './limits.ts'

export type TimelineKind =
  | 'alert-raised'
  | 'alert-cleared'
  | 'node-appeared'
  | 'node-restarted'
  | 'action'
  | 'login'
  | 'started'

export interface TimelineEvent {
  /** Counts up from 1 within one run. */
  readonly id: number
  /** Steady clock. */
  readonly atMs: number
  readonly kind: TimelineKind
  /** Kind of the alert, or name of the action. */
  readonly what?: string
  /** Node it is about. */
  readonly node?: string
  /** Of an action: whether it was done; a line about it. */
  readonly done?: boolean
  readonly detail?: string
}

/** What happened, newest last: bounded, in memory only, gone with the process. */
export class Timeline {
  readonly #events: TimelineEvent[] = []
  #lastId = 0

  add(event: Omit<TimelineEvent, 'id'>): void {
    this.#lastId += 1
    this.#events.push({ ...event, id: this.#lastId })
    if (this.#events.length > healthLimits.timelineEvents) this.#events.shift()
  }

  get lastId(): number {
    return this.#lastId
  }

  /** Those after an id; all that are kept for 0. */
  since(id: number): readonly TimelineEvent[] {
    return this.#events.filter((event) => event.id > id)
  }
}
