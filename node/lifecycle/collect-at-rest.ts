import { performance } from 'node:perf_hooks'
import { restLimits, RestWatch } from './rest-watch.ts'

/**
 * Collects what work has left behind once this process has come to rest: who makes little garbage collects hardly ever, and keeps it
 * for hours (docs/decisions/0061). Goes on until the process ends, which it does
 * not put off. Does nothing without `--expose-gc`.
 */
export function collectAtRest(): void {
  const collect = globalThis.gc
  if (collect === undefined) return
  const watch = new RestWatch()
  let before = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before)
    before = performance.eventLoopUtilization()
    const residentBytes = process.memoryUsage.rss()
    if (!watch.look({ nowMs: performance.now(), busyShare: utilization, residentBytes })) return
    // `last-resort` is what V8 does before it gives up: empty pages go back to the system too, and code that was not run lately.
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, restLimits.lookEveryMs)
  timer.unref()
}
