import { alertKinds } from './alert-kinds.ts'
import type { AlertKind } from './alert-kinds.ts'
import { healthLimits } from './limits.ts'

/** Something is so now. */
export interface Condition {
  readonly kind: AlertKind
  /** Node it is about; empty for the mesh as a whole. */
  readonly node: string
  /** What else it is about: the other end of a link, a work. */
  readonly other?: string
  /** A figure for its text. */
  readonly value?: number
}

export interface Alert extends Condition {
  /** Steady clock: since when the condition has held. */
  readonly sinceMs: number
}

export interface AlertChanges {
  readonly raised: readonly Alert[]
  readonly cleared: readonly Alert[]
}

interface Entry {
  condition: Condition
  sinceMs: number
  /** When it was first absent, while it is. */
  absentMs: number | null
  isRaised: boolean
}

/**
 * Turns what is so now into alerts that do not flicker: a condition is an alert once it has held for its kind's time, and stays
 * one until it has been absent for its kind's time. Time is an argument.
 */
export class AlertBook {
  readonly #entries = new Map<string, Entry>()

  /** Whether this is an alert now: conditions with two thresholds use the easier one to stay. */
  isRaised(kind: AlertKind, node: string, other = ''): boolean {
    return this.#entries.get(keyOf({ kind, node, other }))?.isRaised === true
  }

  step(conditions: Iterable<Condition>, nowMs: number): AlertChanges {
    const raised: Alert[] = []
    const cleared: Alert[] = []
    const seen = new Set<string>()
    for (const condition of conditions) {
      const key = keyOf(condition)
      if (seen.has(key)) continue
      let entry = this.#entries.get(key)
      if (entry === undefined) {
        if (this.#entries.size >= healthLimits.alerts) continue
        entry = { condition, sinceMs: nowMs, absentMs: null, isRaised: false }
        this.#entries.set(key, entry)
      }
      seen.add(key)
      entry.condition = condition
      entry.absentMs = null
      if (!entry.isRaised && nowMs - entry.sinceMs >= alertKinds[condition.kind].raiseAfterSeconds * 1000) {
        entry.isRaised = true
        raised.push({ ...condition, sinceMs: entry.sinceMs })
      }
    }
    for (const [key, entry] of this.#entries) {
      if (seen.has(key)) continue
      entry.absentMs ??= nowMs
      const clearMs = alertKinds[entry.condition.kind].clearAfterSeconds * 1000
      if (entry.isRaised && nowMs - entry.absentMs < clearMs) continue
      this.#entries.delete(key)
      if (entry.isRaised) cleared.push({ ...entry.condition, sinceMs: entry.sinceMs })
    }
    return { raised, cleared }
  }

  /** Problems first, then those that last longest. */
  alerts(): Alert[] {
    return [...this.#entries.values()]
      .filter(({ isRaised }) => isRaised)
      .map(({ condition, sinceMs }) => ({ ...condition, sinceMs }))
      .sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs)
  }
}

function rank({ kind }: Condition): number {
  return alertKinds[kind].severity === 'problem' ? 0 : 1
}

function keyOf({ kind, node, other = '' }: Condition): string {
  return `${kind} ${node} ${other}`
}
