/** What each end of a bare stream prints: from the first byte that the receiver saw, or the sender sent, to the last. */
export interface StreamResult {
  readonly bytes: number
  readonly seconds: number
  readonly cpuSeconds: number
}

/** Measures from now on. */
export function startMeter(): (bytes: number) => StreamResult {
  const startMs = performance.now()
  const startCpu = process.cpuUsage()
  return (bytes) => {
    const { user, system } = process.cpuUsage(startCpu)
    return { bytes, seconds: (performance.now() - startMs) / 1000, cpuSeconds: (user + system) / 1e6 }
  }
}
