import { eventually } from '../../venue/support/eventually.ts'

/** Asking starts programs, which on an emulated processor takes the time that what is asked about needs. */
const pauseMs = 3_000

/** As `eventually`, with patience between one question and the next. */
export function inTime<T>(what: string, ask: () => T | Promise<T>, limitMs: number): Promise<T> {
  return eventually(what, ask, limitMs, pauseMs)
}
