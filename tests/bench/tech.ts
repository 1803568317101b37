/**
 * `npm run bench:tech`: the technicians' page of a mesh of fifty nodes and five hundred works, made of statuses and heard by one real node, in
 * Chromium: until it says something, until a change is shown, and the memory of page and node over an hour of events, time compressed.
 */
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { CDPSession, Page } from 'playwright-core'
import { buildUi } from '../../exhibit-ui/build.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { simulatedMesh } from '../browser/simulated-mesh.ts'
import { median } from './support/statistics.ts'

const NODES = 50
const WORKS = 500
const RUNS = 5
const UPDATES = 60
const MIB = 1024 * 1024
const dist = fileURLToPath(new URL('../../exhibit-ui/dist', import.meta.url))

/** In the page: how long from the answer of the node until what it says is on the screen. */
const stopwatch = (): void => {
  const times: number[] = []
  Object.assign(globalThis, { shownAfterMs: times })
  const original = globalThis.fetch.bind(globalThis)
  globalThis.fetch = async (...args) => {
    const response = await original(...args)
    if (!response.url.includes('/mesh/health')) return response
    const json = response.json.bind(response)
    response.json = async () => {
      const value: unknown = await json()
      const from = performance.now()
      // After the frame that shows it: two callbacks, and then the task behind the second.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from))),
      )
      return value
    }
    return response
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function heapOf(devtools: CDPSession): Promise<{ heapMiB: number; elements: number }> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const read = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  return { heapMiB: read('JSHeapUsedSize') / MIB, elements: read('Nodes') }
}

function line(name: string, value: string, aim = ''): void {
  process.stdout.write(`${name.padEnd(58)}${value.padStart(22)}  ${aim}\n`)
}

const ms = (values: readonly number[]): string =>
  `${Math.round(median(values))} ms (${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))})`

await buildUi()
const browser = await openBrowser()
const mesh = await simulatedMesh({ nodes: NODES, works: WORKS }, dist)
try {
  const firsts: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
    const page = await context.newPage()
    const from = performance.now()
    await page.goto(`${mesh.url}/en/tech`, { waitUntil: 'commit' })
    await page.locator('h1.well').waitFor()
    await page.locator('work-matrix canvas').waitFor()
    firsts.push(performance.now() - from)
    await context.close()
  }
  line(`verdict, map and matrix of ${NODES} nodes, ${WORKS} works`, ms(firsts), 'aim: < 2 s')

  const asked: number[] = []
  let bytes = 0
  for (let i = 0; i < UPDATES; i += 1) {
    const from = performance.now()
    const answer = await fetch(`${mesh.url}/api/v1/mesh/health`)
    bytes = (await answer.text()).length
    asked.push(performance.now() - from)
  }
  line(`the node's answer (${Math.round(bytes / 1024)} KiB of JSON)`, ms(asked))

  const page: Page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.addInitScript(stopwatch)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  await page.goto(`${mesh.url}/en/tech`)
  await page.locator('h1.well').waitFor()
  const updated = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { shownAfterMs: number[] }).shownAfterMs.length)
  for (let i = 0; i < UPDATES; i += 1) {
    const before = await updated()
    mesh.hear(i % mesh.ids.length, { full: i % 2 === 0 ? 1 : 0 })
    mesh.pass(5_000)
    while ((await updated()) === before) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const shown = await page.evaluate(() => (globalThis as unknown as { shownAfterMs: number[] }).shownAfterMs)
  const sorted = shown.slice(1).toSorted((a, b) => a - b)
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0
  line(
    'from the answer until it is on the screen',
    ms(sorted),
    `aim: < 100 ms; 95 of 100: ${Math.round(p95)} ms`,
  )

  const minutes: string[] = []
  for (let minute = 0; minute <= 60; minute += 1) {
    const statuses = minute === 0 ? 0 : 12
    for (let status = 0; status < statuses; status += 1) {
      mesh.show.nowMs += 5_000
      mesh.hearAll()
      mesh.hear((minute * 7) % mesh.ids.length, { full: status < 6 ? 1 : 0 })
      mesh.watch.tick()
    }
    if (minute % 15 !== 0) continue
    // The page has seen the last of it.
    const before = await updated()
    while ((await updated()) < before + 2) await new Promise((resolve) => setTimeout(resolve, 50))
    collect()
    const { heapMiB, elements } = await heapOf(devtools)
    const nodeMiB = process.memoryUsage().heapUsed / MIB
    minutes.push(`${minute} min: ${heapMiB.toFixed(1)} | ${nodeMiB.toFixed(0)} | ${elements}`)
  }
  process.stdout.write(
    `heap of the page | of the node, MiB | nodes in the page's documents\n  ${minutes.join('\n  ')}\n`,
  )
} finally {
  await browser.close()
  await mesh.close()
}
