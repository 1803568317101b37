import { createHttpContext } from '../../../node/http/context.ts'
import { httpLimits } from '../../../node/http/limits.ts'
import { metricsText } from '../../../node/http/tech/metrics.ts'
import { watchOf } from '../health/watch.ts'
import { exhibition } from './exhibition-fixture.ts'

/** The text a node gives that has one neighbour, a gap and a hotspot: so every figure is in it. */
export async function sampleMetrics(): Promise<{ text: string; type: string }> {
  const show = await exhibition()
  const { watch, own } = watchOf(show)
  own.machine = { ...own.machine, temperature: 50, throttled: 0, clients: 1 }
  const peer = show.mesh.peer('did:key:zNeighbour', 0)
  peer.neighbour = true
  peer.rttMs = 3
  await show.publish('werk', { 'index.html': 'x' }, { store: () => false })
  return metricsText(createHttpContext(show.deps, httpLimits), watch)
}

export async function metricNames(): Promise<ReadonlySet<string>> {
  const { text } = await sampleMetrics()
  return new Set(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => /^\w+/.exec(line)?.[0] ?? ''),
  )
}
