import type { ValueCheck, ValueCheckId } from '../contracts/values.ts'

const FOUND_TOLD = 10

/** What a check found; `bad` when there is anything to tell. */
export function finding(id: ValueCheckId, looked: number, found: readonly string[], of?: number): ValueCheck {
  return {
    id,
    state: found.length > 0 ? 'bad' : 'good',
    looked,
    ...(of === undefined ? {} : { of }),
    found: found.slice(0, FOUND_TOLD),
  }
}

export function unknown(id: ValueCheckId, why: string): ValueCheck {
  return { id, state: 'unknown', looked: 0, found: [why] }
}
