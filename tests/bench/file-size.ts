import { foundExhibition, publishRandomFiles } from './support/command-line.ts'
import { startLoad } from './support/load.ts'
import { NodeProcess } from './support/node-process.ts'
import { processFigures } from './support/process-figures.ts'
import type { BenchOptions, Section } from './support/report.ts'
import { Workspace } from './support/workspace.ts'

const SMALL_MIB = 64
const LARGE_MIB = 1024
/** Beyond this many times the small file's peak, memory would be said to grow with the file; below it is the collector's mood. */
const RATIO_LIMIT = 1.25
const TRANSFER_LIMIT_MS = 5 * 60_000
const READERS = 4
const SERVING_SECONDS = 10

interface Peaks {
  readonly publisher: number
  readonly a: number
  readonly b: number
}

/** Peak memory of everybody who handles a file, for a small and a large one. */
export async function benchFileSize({ note }: BenchOptions): Promise<Section> {
  const small = await peaksWith(SMALL_MIB, note)
  const large = await peaksWith(LARGE_MIB, note)
  const parts = [
    ['artwork publish', 'publisher'],
    ['node A, takes it in, serves and sends it', 'a'],
    ['node B, fetches it', 'b'],
  ] as const
  return {
    title: 'Memory and file size',
    how:
      `Peak resident set size (\`VmHWM\`) from the start of each process. \`artwork publish\` brings a work of one random file to node A; then ${READERS} visitors read it from A for ` +
      `${SERVING_SECONDS} s while node B, which had joined before, fetches it. New processes for each size; one run. Held: at most ${RATIO_LIMIT} times the smaller file's peak.`,
    figures: parts.flatMap(([name, key]) => [
      { name: `${name}: ${SMALL_MIB} MiB`, unit: 'MiB' as const, runs: [small[key]] },
      {
        name: `${name}: ${LARGE_MIB} MiB`,
        unit: 'MiB' as const,
        runs: [large[key]],
        aim: { says: `< ${RATIO_LIMIT} ×`, isMet: (value: number) => value < RATIO_LIMIT * small[key] },
        beside: { name: `${SMALL_MIB} MiB`, runs: [small[key]] },
      },
    ]),
  }
}

async function peaksWith(mebibytes: number, note: BenchOptions['note']): Promise<Peaks> {
  const workspace = new Workspace()
  try {
    const a = await NodeProcess.start(workspace, {
      dataDir: await foundExhibition(workspace, 'a'),
      name: 'a',
    })
    const b = await NodeProcess.start(workspace, { dataDir: workspace.path('b'), name: 'b', joins: a })
    note(`publishing, serving and replicating ${mebibytes} MiB`)
    const { root, figures } = await publishRandomFiles(workspace, a.url, 'large', {
      'work.bin': mebibytes * 2 ** 20,
    })
    const serving = startLoad(workspace, {
      url: a.url,
      paths: [`/works/${root}/work.bin`],
      connections: READERS,
      seconds: SERVING_SECONDS,
    })
    await b.untilWhole(1, TRANSFER_LIMIT_MS)
    await serving
    return {
      publisher: figures.peakRssMiB,
      a: processFigures(a.pid).peakRssMiB,
      b: processFigures(b.pid).peakRssMiB,
    }
  } finally {
    await workspace.close()
  }
}
