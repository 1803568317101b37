/** Runs it after some time, once. @returns what takes it back */
export type After = (ms: number, run: () => void) => () => void

/** By the machine's own timers. */
export const afterMs: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
