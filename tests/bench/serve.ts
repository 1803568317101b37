import { join } from 'node:path'
import { foundExhibition, publishRandomFiles, writeRandomFile } from './support/command-line.ts'
import { startLoad } from './support/load.ts'
import { NodeProcess } from './support/node-process.ts'
import { processFigures } from './support/process-figures.ts'
import type { BenchOptions, Figure, Section } from './support/report.ts'
import { firstLine, Workspace } from './support/workspace.ts'

const RUNS = 3
const SECONDS = 6
const WARM_UP_SECONDS = 2
const CONNECTIONS = 32
const SMALL = { name: 'small.bin', bytes: 4 * 1024, says: '4 KiB' }
const LARGE = { name: 'large.bin', bytes: 200 * 1024 * 1024, says: '200 MiB' }

interface Server {
  readonly url: string
  readonly pid: number
  pathOf(file: string): string
}

interface Served {
  readonly requestsPerSecond: number[]
  readonly cpuMsPer1000: number[]
  readonly cpuSecondsPerGiB: number[]
  readonly mebibytesPerSecond: number[]
  /** Share of one core that the generator used: near 1, it is what limits. */
  readonly generatorLoad: number[]
}

/** Requests a second and CPU time of serving a small and a large file, beside plain node:http with fs.createReadStream. */
export async function benchServe({ note }: BenchOptions): Promise<Section> {
  const workspace = new Workspace()
  try {
    note('publishing the files')
    const node = await NodeProcess.start(workspace, {
      dataDir: await foundExhibition(workspace, 'a'),
      name: 'a',
    })
    const { root } = await publishRandomFiles(workspace, node.url, 'served', {
      [SMALL.name]: SMALL.bytes,
      [LARGE.name]: LARGE.bytes,
    })
    const ours: Server = { url: node.url, pid: node.pid, pathOf: (file) => `/works/${root}/${file}` }
    const peer = await plainServer(workspace)
    const figures: Figure[] = []
    for (const file of [SMALL, LARGE]) {
      note(`reading the file of ${file.says}`)
      const served = new Map<Server, Served>([ours, peer].map((server) => [server, nothing()]))
      for (const server of served.keys()) await serve(workspace, server, file, WARM_UP_SECONDS, nothing())
      for (let run = 0; run < RUNS; run++)
        for (const [server, into] of served) await serve(workspace, server, file, SECONDS, into)
      figures.push(...figuresOf(file.says, served.get(ours) ?? nothing(), served.get(peer) ?? nothing()))
    }
    return {
      title: 'Serving over HTTP',
      how:
        `One file of a work, read over ${CONNECTIONS} kept connections by a generator in its own process for ${SECONDS} s, ${RUNS} times, in turn with a plain ` +
        `\`node:http\` server that streams the same amount with \`fs.createReadStream\`. CPU is the server's, all threads. Requests of the large file are counted by bytes.`,
      figures,
    }
  } finally {
    await workspace.close()
  }
}

async function plainServer(workspace: Workspace): Promise<Server> {
  const dir = workspace.folder('plain')
  for (const file of [SMALL, LARGE]) writeRandomFile(join(dir, file.name), file.bytes)
  const child = workspace.node(join(import.meta.dirname, 'peers', 'plain-server.ts'), dir)
  const url = await firstLine(child)
  return { url, pid: child.pid ?? 0, pathOf: (file) => `/${file}` }
}

function nothing(): Served {
  return {
    requestsPerSecond: [],
    cpuMsPer1000: [],
    cpuSecondsPerGiB: [],
    mebibytesPerSecond: [],
    generatorLoad: [],
  }
}

async function serve(
  workspace: Workspace,
  server: Server,
  file: { name: string; bytes: number },
  seconds: number,
  into: Served,
): Promise<void> {
  const before = processFigures(server.pid).cpuSeconds
  const load = await startLoad(workspace, {
    url: server.url,
    paths: [server.pathOf(file.name)],
    connections: CONNECTIONS,
    seconds,
  })
  const cpuSeconds = processFigures(server.pid).cpuSeconds - before
  const requests = load.bytes / file.bytes
  into.requestsPerSecond.push(requests / load.seconds)
  into.cpuMsPer1000.push((cpuSeconds * 1e6) / requests)
  into.cpuSecondsPerGiB.push((cpuSeconds * 2 ** 30) / load.bytes)
  into.mebibytesPerSecond.push(load.bytes / 2 ** 20 / load.seconds)
  into.generatorLoad.push(load.cpuSeconds / load.seconds)
}

function figuresOf(file: string, ours: Served, plain: Served): Figure[] {
  const figure = (name: string, unit: Figure['unit'], key: keyof Served): Figure => ({
    name: `${file}, ${name}`,
    unit,
    runs: ours[key],
    beside: { name: 'plain', runs: plain[key] },
  })
  return [
    figure('requests', 'requests/s', 'requestsPerSecond'),
    figure('throughput', 'MiB/s', 'mebibytesPerSecond'),
    figure('CPU time of 1000 requests', 'CPU-ms/1000', 'cpuMsPer1000'),
    figure('CPU time', 'CPU-s/GiB', 'cpuSecondsPerGiB'),
    figure("the generator's share of a core", '×', 'generatorLoad'),
  ]
}
