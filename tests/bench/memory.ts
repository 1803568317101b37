import { setTimeout as delay } from 'node:timers/promises'
import { startLoad } from './support/load.ts'
import { NodeProcess } from './support/node-process.ts'
import { forgetPeak, processFigures } from './support/process-figures.ts'
import type { ProcessFigures } from './support/process-figures.ts'
import { atMost } from './support/report.ts'
import type { BenchOptions, Figure, Section } from './support/report.ts'
import { storeWorks } from './support/stored-works.ts'
import { Workspace } from './support/workspace.ts'

const WORKS = [4, 500] as const
const IDLE_MS = 30_000
const REPLICATION_LIMIT_MS = 5 * 60_000
const WORKING_CONNECTIONS = 8
const WORKING_SECONDS = 10

/** Memory of a node that idles, and of one that serves visitors while a new neighbour fetches everything. */
export async function benchMemory({ note }: BenchOptions): Promise<Section> {
  const figures: Figure[] = []
  for (const works of WORKS) {
    const workspace = new Workspace()
    try {
      note(`storing ${works} works`)
      const dataDir = await storeWorks(workspace, works)
      figures.push(...(await measure(workspace, dataDir, works, note)))
    } finally {
      await workspace.close()
    }
  }
  return {
    title: 'Memory',
    how:
      `Resident set sizes (\`VmRSS\`, \`VmHWM\`; without files: \`RssAnon\`) of node processes, from \`/proc\`; the runtime's own program file counts ` +
      `in each. Idle: ${IDLE_MS / 1000} s after what came before. Working: ${WORKING_CONNECTIONS} connections read files of the works for ${WORKING_SECONDS} s while a new node B ` +
      `joins A and fetches all of them. The works: the house's four (16 MiB), the others three files of 20 to 60 KiB each. One run.`,
    figures,
  }
}

async function measure(
  workspace: Workspace,
  dataDir: string,
  works: number,
  note: BenchOptions['note'],
): Promise<Figure[]> {
  const a = await NodeProcess.start(workspace, { dataDir, name: 'a' })
  note(`idling with ${works} works`)
  await delay(IDLE_MS)
  const idle = processFigures(a.pid)
  note(`serving and replicating ${works} works`)
  forgetPeak(a.pid)
  const paths = (await a.artworks()).flatMap(({ poster, root }) => [
    poster?.url ?? `/works/${root}/0.bin`,
    '/api/v1/artworks',
  ])
  const serving = startLoad(workspace, {
    url: a.url,
    paths,
    connections: WORKING_CONNECTIONS,
    seconds: WORKING_SECONDS,
  })
  const b = await NodeProcess.start(workspace, { dataDir: workspace.path('b'), name: 'b', joins: a })
  await b.untilWhole(works, REPLICATION_LIMIT_MS)
  await serving
  const workingA = processFigures(a.pid)
  const workingB = processFigures(b.pid)
  note(`idling again with ${works} works`)
  await delay(IDLE_MS)
  const idleA = processFigures(a.pid)
  const idleB = processFigures(b.pid)
  await b.stop()
  await a.stop()
  const figure = (
    name: string,
    of: ProcessFigures,
    key: 'rssMiB' | 'anonymousMiB' | 'peakRssMiB',
  ): Figure => ({
    name: `${works} works, ${name}`,
    unit: 'MiB',
    runs: [of[key]],
  })
  return [
    { ...figure('idle after the start', idle, 'rssMiB'), aim: atMost(150, 'MiB') },
    figure('the same without files', idle, 'anonymousMiB'),
    figure('peak of A while it serves and B fetches', workingA, 'peakRssMiB'),
    figure('peak of B from its start', workingB, 'peakRssMiB'),
    { ...figure('A idle again', idleA, 'rssMiB'), aim: atMost(150, 'MiB') },
    { ...figure('B idle after it fetched them', idleB, 'rssMiB'), aim: atMost(150, 'MiB') },
  ]
}
