import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureSystemTools, findCommand } from '../system-tools.ts'
import { benchTools } from './bench-tools.ts'
import { publishRandomFiles } from './support/command-line.ts'
import { NodeProcess } from './support/node-process.ts'
import { forgetPeak, processFigures } from './support/process-figures.ts'
import { atMost } from './support/report.ts'
import type { BenchOptions, Figure, Section } from './support/report.ts'
import { storeWorks } from './support/stored-works.ts'
import { Nginx } from './support/nginx.ts'
import { quantile, startVisits } from './support/visits.ts'
import type { VisitsResult } from './support/visits.ts'
import { freePort, Workspace } from './support/workspace.ts'
import { wrk } from './support/wrk.ts'

const WORKS = 100
const RUNS = 3
const SECONDS = 5
const CONNECTIONS = 32
const SMALL = { name: 'small.bin', bytes: 4 * 1024, says: '4 KiB' }
const LARGE = { name: 'large.bin', bytes: 100 * 1024 * 1024, says: '100 MiB' }
const VISITORS = 200
const ARRIVAL_MS = 5_000
const THINK_MS = 2_000
/** A third of nginx's requests; its throughput, less what two measurements of one thing differ. */
const SMALL_SHARE = 1 / 3
const LARGE_SHARE = 0.9

interface Served {
  readonly requests: number[]
  readonly mebibytes: number[]
  readonly cpuPerGiB: number[]
  readonly cpuPer1000: number[]
}

/** 200 visitors at once, and the same files from nginx and from a node, in turn. */
export async function benchVisitors({ note }: BenchOptions): Promise<Section> {
  ensureSystemTools(benchTools)
  const programs = { nginx: findCommand('nginx'), wrk: findCommand('wrk') }
  if (programs.nginx === undefined || programs.wrk === undefined) throw new Error('needs nginx and wrk')
  const workspace = new Workspace()
  try {
    note(`storing ${WORKS} works`)
    const node = await NodeProcess.start(workspace, {
      dataDir: await storeWorks(workspace, WORKS),
      name: 'a',
    })
    const visits = await visit(workspace, node, note)
    note('publishing the files')
    const { root } = await publishRandomFiles(workspace, node.url, 'served', {
      [SMALL.name]: SMALL.bytes,
      [LARGE.name]: LARGE.bytes,
    })
    const files = workspace.folder('files')
    for (const { name } of [SMALL, LARGE]) {
      const answer = await fetch(`${node.url}/works/${root}/${name}`)
      writeFileSync(join(files, name), new Uint8Array(await answer.arrayBuffer()))
    }
    const port = await freePort()
    const nginx = await Nginx.start(programs.nginx, { dir: workspace.folder('nginx'), files, port })
    const figures: Figure[] = [...visits]
    try {
      const servers = [
        { served: nothing(), pid: node.pid, url: `${node.url}/works/${root}` },
        { served: nothing(), pid: nginx.pid, url: nginx.url },
      ]
      for (const file of [SMALL, LARGE]) {
        note(`reading the file of ${file.says}`)
        for (const server of servers) server.served = nothing()
        for (const { url } of servers)
          await wrk(programs.wrk, { url: `${url}/${file.name}`, connections: CONNECTIONS, seconds: 2 })
        for (let run = 0; run < RUNS; run += 1) {
          for (const { served, pid, url } of servers) {
            const before = processFigures(pid).cpuSeconds
            const read = await wrk(programs.wrk, {
              url: `${url}/${file.name}`,
              connections: CONNECTIONS,
              seconds: SECONDS,
            })
            const cpu = processFigures(pid).cpuSeconds - before
            served.requests.push(read.requestsPerSecond)
            served.mebibytes.push(read.bytesPerSecond / 2 ** 20)
            served.cpuPerGiB.push((cpu * 2 ** 30) / (read.bytesPerSecond * SECONDS))
            served.cpuPer1000.push((cpu * 1e6) / (read.requestsPerSecond * SECONDS))
          }
        }
        const [ours, theirs] = servers.map(({ served }) => served)
        figures.push(...figuresOf(file, ours ?? nothing(), theirs ?? nothing()))
      }
    } finally {
      await nginx.stop()
    }
    return {
      title: 'Visitors, beside nginx',
      how:
        `${VISITORS} visitors come within ${ARRIVAL_MS / 1000} s to a node with ${WORKS} works: page, assets, three JSON answers; then five works (JSON, poster, a file) with some ${THINK_MS / 1000} s ` +
        `between, then one video with four seeks of 512 KiB. Times are from asking to the last byte, the generator's own work included. Then the same two files over ${CONNECTIONS} kept connections ` +
        `by wrk for ${SECONDS} s, ${RUNS} times, in turn from the node and from Debian's nginx (one process, sendfile).`,
      figures,
    }
  } finally {
    await workspace.close()
  }
}

async function visit(workspace: Workspace, node: NodeProcess, note: BenchOptions['note']): Promise<Figure[]> {
  const request = {
    url: node.url,
    visitors: VISITORS,
    arrivalMs: ARRIVAL_MS,
    thinkMs: THINK_MS,
    works: 5,
    seeks: 4,
    seekBytes: 512 * 1024,
  }
  note('a few visitors first')
  await startVisits(workspace, { ...request, visitors: 10, arrivalMs: 0, thinkMs: 50 })
  forgetPeak(node.pid)
  const before = processFigures(node.pid)
  note(`${VISITORS} visitors`)
  const seen = await startVisits(workspace, request)
  const after = processFigures(node.pid)
  if (seen.failures > 0) note(`failed: ${seen.errors.join('; ')}`)
  const json = seen.latencies.json
  const one = (name: string, unit: Figure['unit'], value: number, aim?: Figure['aim']): Figure => ({
    name,
    unit,
    runs: [value],
    ...(aim === undefined ? {} : { aim }),
  })
  return [
    one('errors', '×', seen.failures, { says: '0', isMet: (value) => value === 0 }),
    one('JSON, p50', 'ms', quantile(json, 0.5)),
    one('JSON, p99', 'ms', quantile(json, 0.99), atMost(100, 'ms')),
    one('page, p99', 'ms', quantile(seen.latencies.page, 0.99)),
    one('asset, p99', 'ms', quantile(seen.latencies.asset, 0.99)),
    one('file, p99', 'ms', quantile(seen.latencies.file, 0.99)),
    one('512 KiB of a video, p99', 'ms', quantile(seen.latencies.seek, 0.99)),
    one('requests', 'requests/s', countOf(seen) / seen.seconds),
    one('the node’s share of a core', '×', (after.cpuSeconds - before.cpuSeconds) / seen.seconds),
    one('peak memory', 'MiB', after.peakRssMiB),
  ]
}

function countOf({ latencies }: VisitsResult): number {
  return Object.values(latencies).reduce((sum, list) => sum + list.length, 0)
}

function nothing(): Served {
  return { requests: [], mebibytes: [], cpuPerGiB: [], cpuPer1000: [] }
}

function figuresOf(file: typeof SMALL, ours: Served, theirs: Served): Figure[] {
  const beside = (runs: readonly number[]): NonNullable<Figure['beside']> => ({ name: 'nginx', runs })
  const share = (key: 'requests' | 'mebibytes', least: number): Figure => {
    const runs = ours[key].map((value, i) => value / (theirs[key][i] ?? Number.NaN))
    return {
      name: `${file.says}, share of nginx`,
      unit: '×',
      runs,
      aim: { says: `≥ ${least.toFixed(2)}`, isMet: (value) => value >= least },
    }
  }
  return [
    {
      name: `${file.says}, requests`,
      unit: 'requests/s',
      runs: ours.requests,
      beside: beside(theirs.requests),
    },
    {
      name: `${file.says}, throughput`,
      unit: 'MiB/s',
      runs: ours.mebibytes,
      beside: beside(theirs.mebibytes),
    },
    file === SMALL ? share('requests', SMALL_SHARE) : share('mebibytes', LARGE_SHARE),
    {
      name: `${file.says}, CPU time of 1000 requests`,
      unit: 'CPU-ms/1000',
      runs: ours.cpuPer1000,
      beside: beside(theirs.cpuPer1000),
    },
    {
      name: `${file.says}, CPU time`,
      unit: 'CPU-s/GiB',
      runs: ours.cpuPerGiB,
      beside: beside(theirs.cpuPerGiB),
    },
  ]
}
