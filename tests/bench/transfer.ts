import { moveBare, storeChunks } from './support/bare-streams.ts'
import type { Moved } from './support/bare-streams.ts'
import { foundExhibition, publishRandomFiles } from './support/command-line.ts'
import { NodeProcess } from './support/node-process.ts'
import { processFigures } from './support/process-figures.ts'
import type { BenchOptions, Figure, Section } from './support/report.ts'
import { Workspace } from './support/workspace.ts'

const RUNS = 3
const WORK_BYTES = 512 * 2 ** 20
const STORE_BYTES = 128 * 2 ** 20
const TRANSFER_LIMIT_MS = 5 * 60_000

/** A work from one node to a new neighbour, beside the same bytes over a bare socket and a bare libp2p stream. */
export async function benchTransfer({ note }: BenchOptions): Promise<Section> {
  const workspace = new Workspace()
  try {
    const a = await NodeProcess.start(workspace, {
      dataDir: await foundExhibition(workspace, 'a'),
      name: 'a',
    })
    note('publishing the work')
    await publishRandomFiles(workspace, a.url, 'moved', { 'work.bin': WORK_BYTES })
    const runs = { nodes: [] as NodeRun[], tcp: [] as Moved[], libp2p: [] as Moved[] }
    const stores = { one: [] as Moved[], eight: [] as Moved[] }
    for (let run = 0; run < RUNS; run++) {
      note(`moving it, round ${run + 1} of ${RUNS}`)
      runs.tcp.push(await moveBare(workspace, 'raw-tcp', WORK_BYTES))
      runs.libp2p.push(await moveBare(workspace, 'libp2p-stream', WORK_BYTES))
      stores.one.push(await storeChunks(workspace, STORE_BYTES, 1))
      stores.eight.push(await storeChunks(workspace, STORE_BYTES, 8))
      runs.nodes.push(await fetchWork(workspace, a))
    }
    return { title: 'From node to node', how: how(), figures: figures(runs, stores) }
  } finally {
    await workspace.close()
  }
}

interface NodeRun extends Moved {
  readonly senderCpuSecondsPerGiB: number
  readonly receiverCpuSecondsPerGiB: number
}

/** A new node B joins A: from the first chunk that B says it has until it has all. */
async function fetchWork(workspace: Workspace, a: NodeProcess): Promise<NodeRun> {
  const b = await NodeProcess.start(workspace, { dataDir: workspace.path('b'), name: 'b', joins: a })
  const [first] = await b.until(
    'a first chunk',
    ([work]) => (work?.progress.have ?? 0) > 1,
    TRANSFER_LIMIT_MS,
  )
  const startMs = performance.now()
  const atStart = { a: processFigures(a.pid), b: processFigures(b.pid) }
  const [last] = await b.untilWhole(1, TRANSFER_LIMIT_MS)
  const seconds = (performance.now() - startMs) / 1000
  const atEnd = { a: processFigures(a.pid), b: processFigures(b.pid) }
  await b.stop()
  workspace.delete('b')
  const chunks = (last?.progress.have ?? 0) - (first?.progress.have ?? 0)
  const mebibytes = ((chunks / (last?.progress.total ?? 1)) * (last?.size ?? 0)) / 2 ** 20
  const perGiB = (end: 'a' | 'b'): number =>
    ((atEnd[end].cpuSeconds - atStart[end].cpuSeconds) * 1024) / mebibytes
  return {
    mebibytesPerSecond: mebibytes / seconds,
    cpuSecondsPerGiB: perGiB('a') + perGiB('b'),
    senderCpuSecondsPerGiB: perGiB('a'),
    receiverCpuSecondsPerGiB: perGiB('b'),
  }
}

function how(): string {
  return (
    `A work of one file of ${WORK_BYTES / 2 ** 20} MiB of random bytes, published at node A with the command line. A new node B joins A by invite over loopback; ` +
    `timed from B's first chunk until it has all, verified, synced to disk and announced. In turn with, in two processes each, the same bytes over ` +
    `\`node:net\` and over one libp2p stream (TCP, noise, yamux, as they come, pieces of 256 KiB), and with chunks of 1 MiB put into a chunk store alone. ${RUNS} rounds. CPU is of both ends.`
  )
}

function figures(
  { nodes, tcp, libp2p }: { nodes: NodeRun[]; tcp: Moved[]; libp2p: Moved[] },
  { one, eight }: { one: Moved[]; eight: Moved[] },
): Figure[] {
  const speed = (runs: Moved[]): number[] => runs.map(({ mebibytesPerSecond }) => mebibytesPerSecond)
  const cpu = (runs: Moved[]): number[] => runs.map(({ cpuSecondsPerGiB }) => cpuSecondsPerGiB)
  return [
    {
      name: 'node to node',
      unit: 'MiB/s',
      runs: speed(nodes),
      beside: { name: 'libp2p stream', runs: speed(libp2p) },
    },
    {
      name: 'bare libp2p stream',
      unit: 'MiB/s',
      runs: speed(libp2p),
      beside: { name: 'raw TCP', runs: speed(tcp) },
    },
    { name: 'raw TCP', unit: 'MiB/s', runs: speed(tcp) },
    { name: 'chunk store alone, one put at a time', unit: 'MiB/s', runs: speed(one) },
    { name: 'chunk store alone, eight at a time', unit: 'MiB/s', runs: speed(eight) },
    {
      name: 'node to node, CPU',
      unit: 'CPU-s/GiB',
      runs: cpu(nodes),
      beside: { name: 'libp2p stream', runs: cpu(libp2p) },
    },
    { name: 'of it the sender', unit: 'CPU-s/GiB', runs: nodes.map((run) => run.senderCpuSecondsPerGiB) },
    { name: 'of it the receiver', unit: 'CPU-s/GiB', runs: nodes.map((run) => run.receiverCpuSecondsPerGiB) },
    {
      name: 'bare libp2p stream, CPU',
      unit: 'CPU-s/GiB',
      runs: cpu(libp2p),
      beside: { name: 'raw TCP', runs: cpu(tcp) },
    },
    { name: 'raw TCP, CPU', unit: 'CPU-s/GiB', runs: cpu(tcp) },
  ]
}
