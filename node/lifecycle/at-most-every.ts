/** Calls `run` once for all that was asked within `ms` of the first asking. Nothing ticks while nobody asks. */
export function atMostEvery(ms: number, run: () => void): { ask: () => void; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined
  return {
    ask: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        run()
      }, ms)
    },
    cancel: () => clearTimeout(timer),
  }
}
