/**
 * `npm run bench:gallery`: the gallery of a real node with the bundled works, as the narrowest real visitor has it: CPU six times
 * slower, 4 Mbit/s, 80 ms. With `--lighthouse` also Lighthouse 13, which npm installs into a temporary folder for the run.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { buildUi } from '../../exhibit-ui/build.ts'
import { chromiumPath, openBrowser } from '../browser/open-browser.ts'
import { NodeProcess } from './support/node-process.ts'
import { median } from './support/statistics.ts'
import { Workspace } from './support/workspace.ts'

const run = promisify(execFile)
const RUNS = 5
const SETTLE_MS = 1500
const KIB = 1024
const LIGHTHOUSE = 'lighthouse@13'
const LIGHTHOUSE_LIMIT_MS = 10 * 60_000

/** Over plain HTTP a browser takes gzip only, except from its own machine: a name, as a visitor has it. */
const HOST = 'kunst.lan'

const visitor = {
  cpuSlowdown: 6,
  latencyMs: 80,
  bitsPerSecond: 4_000_000,
  viewport: { width: 390, height: 844 },
} as const

interface Visit {
  lcpMs: number
  shift: number
  scriptBytes: number
}

interface Place {
  readonly name: string
  readonly path: string
  readonly lcpAimMs?: number
}

/** A first visit: nothing in any cache. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: visitor.viewport, deviceScaleFactor: 2 })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: visitor.latencyMs,
      downloadThroughput: visitor.bitsPerSecond / 8,
      uploadThroughput: visitor.bitsPerSecond / 8,
    })
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: visitor.cpuSlowdown })
    const scripts = new Set<string>()
    let scriptBytes = 0
    devtools.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId)
    })
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength
    })
    await page.addInitScript(() => {
      const seen = { lcpMs: 0, shift: 0 }
      Object.assign(globalThis, { seen })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.lcpMs = entry.startTime
      }).observe({ type: 'largest-contentful-paint', buffered: true })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(address)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(SETTLE_MS)
    const seen = await page.evaluate(
      () => (globalThis as unknown as { seen: Omit<Visit, 'scriptBytes'> }).seen,
    )
    return { ...seen, scriptBytes }
  } finally {
    await context.close()
  }
}

async function lighthouse(workspace: Workspace, url: string, places: readonly Place[]): Promise<void> {
  const folder = workspace.folder('lighthouse')
  await writeFile(`${folder}/package.json`, '{ "private": true }')
  console.error(`gallery: npm installs ${LIGHTHOUSE} into a temporary folder`)
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', LIGHTHOUSE], {
    cwd: folder,
    timeout: LIGHTHOUSE_LIMIT_MS,
  })
  console.log(
    '\n| Lighthouse | performance | accessibility | best practices | SEO |\n| --- | --- | --- | --- | --- |',
  )
  for (const { name, path } of places) {
    const report = `${folder}/${name.replaceAll(/\W/g, '-')}.json`
    await run(
      process.execPath,
      [
        `${folder}/node_modules/lighthouse/cli/index.js`,
        `${url}${path}`,
        '--quiet',
        '--output=json',
        `--output-path=${report}`,
        '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      ],
      { cwd: folder, timeout: LIGHTHOUSE_LIMIT_MS, env: { ...process.env, CHROME_PATH: chromiumPath } },
    )
    const { categories, audits } = JSON.parse(await readFile(report, 'utf8')) as {
      categories: Record<string, { score: number; auditRefs: { id: string }[] }>
      audits: Record<string, { score: number | null; title: string }>
    }
    const names = ['performance', 'accessibility', 'best-practices', 'seo']
    const scores = names.map((id) => Math.round(100 * (categories[id]?.score ?? 0)))
    console.log(`| ${name} | ${scores.join(' | ')} |`)
    for (const id of names.slice(1)) {
      for (const ref of categories[id]?.auditRefs ?? []) {
        const audit = audits[ref.id]
        if (audit?.score === 0) console.error(`gallery: ${name}: ${id}: ${ref.id}: ${audit.title}`)
      }
    }
  }
}

await buildUi()
const workspace = new Workspace()
const browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
try {
  const node = await NodeProcess.start(workspace, { dataDir: workspace.path('node'), name: 'bench' })
  const works = await node.until(
    'here',
    (all) => all.length > 0 && all.every((one) => one.progress.complete),
    60_000,
  )
  const byName = node.url.replace('127.0.0.1', HOST)
  const image = works.find(({ medium }) => medium === 'image') ?? works[0]
  const places: Place[] = [
    { name: 'welcome', path: '/en/', lcpAimMs: 1500 },
    { name: 'works', path: '/en/works' },
    {
      name: `a work (${image?.medium ?? 'none'})`,
      path: `/en/works/${image?.artist ?? ''}/${image?.slug ?? ''}`,
      lcpAimMs: 2000,
    },
  ]
  console.log(
    `CPU ${visitor.cpuSlowdown}× slower, ${visitor.bitsPerSecond / 1e6} Mbit/s, ${visitor.latencyMs} ms; first visits, median of ${RUNS} (all)\n`,
  )
  console.log(
    '| page | largest contentful paint | aim | layout shift | script |\n| --- | --- | --- | --- | --- |',
  )
  for (const { name, path, lcpAimMs } of places) {
    const visits: Visit[] = []
    for (let i = 0; i < RUNS; i += 1) visits.push(await visit(browser, `${byName}${path}`))
    const lcp = visits.map(({ lcpMs }) => Math.round(lcpMs))
    const shift = Math.max(...visits.map((one) => one.shift))
    const script = median(visits.map(({ scriptBytes }) => scriptBytes)) / KIB
    console.log(
      `| ${name} | ${median(lcp)} ms (${lcp.join(', ')}) | ${lcpAimMs === undefined ? '' : `< ${lcpAimMs} ms`} | ${shift.toFixed(4)} | ${script.toFixed(1)} KiB |`,
    )
  }
  if (process.argv.includes('--lighthouse')) await lighthouse(workspace, node.url, places)
} finally {
  await browser.close()
  await workspace.close()
}
