import { afterMs } from './after.ts'
import type { After } from './after.ts'

/** Calls `run` once for all that was asked within `ms` of the first asking. Nothing ticks while nobody asks. */
export function atMostEvery(
  ms: number,
  run: () => void,
  after: After = afterMs,
): { ask: () => void; cancel: () => void } {
  let takeBack: (() => void) | undefined
  return {
    ask: () => {
      takeBack ??= after(ms, () => {
        takeBack = undefined
        run()
      })
    },
    cancel: () => {
      takeBack?.()
      takeBack = undefined
    },
  }
}
