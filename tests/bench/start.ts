import { program } from './support/command-line.ts'
import { NodeProcess } from './support/node-process.ts'
import { atMost } from './support/report.ts'
import type { BenchOptions, Section } from './support/report.ts'
import { storeWorks } from './support/stored-works.ts'
import { outputOf, Workspace } from './support/workspace.ts'

const RUNS = 7
const WORKS = [4, 500] as const
const COMMAND_LIMIT_MS = 60_000

/** Cold start: from the start of the process until it is ready, beside the bare runtime and the imports alone. */
export async function benchStart({ note }: BenchOptions): Promise<Section> {
  const workspace = new Workspace()
  try {
    const dirs: [number, string][] = []
    for (const works of WORKS) {
      note(`storing ${works} works`)
      dirs.push([works, await storeWorks(workspace, works)])
    }
    const bare: number[] = []
    const imports: number[] = []
    const ready = new Map<number, number[]>(WORKS.map((works) => [works, []]))
    // In turn, so that what else the machine does falls on all of them alike.
    for (let run = 0; run < RUNS; run++) {
      note(`starting, round ${run + 1} of ${RUNS}`)
      bare.push(await lifetimeMs(workspace, '-e', '0'))
      imports.push(await lifetimeMs(workspace, program, '--version'))
      for (const [works, dataDir] of dirs) {
        const node = await NodeProcess.start(workspace, { dataDir, name: 'a' })
        ready.get(works)?.push(node.readyMs)
        await node.stop()
      }
    }
    return {
      title: 'Cold start',
      how:
        `\`node/bin.js node\` in a process of its own on a data directory that holds the works, from its start until \`/readyz\` ` +
        `answers 200, asked every 5 ms; files in the system's cache. ${RUNS} rounds, each of all four.`,
      figures: [
        { name: 'bare runtime: node -e 0, start to end', unit: 'ms', runs: bare },
        {
          name: 'imports alone: mesh-art --version',
          unit: 'ms',
          runs: imports,
          beside: { name: 'bare runtime', runs: bare },
        },
        ...WORKS.map((works) => ({
          name: `ready, ${works} works stored`,
          unit: 'ms' as const,
          runs: ready.get(works) ?? [],
          aim: atMost(2000, 'ms'),
          beside: { name: 'bare runtime', runs: bare },
        })),
      ],
    }
  } finally {
    await workspace.close()
  }
}

async function lifetimeMs(workspace: Workspace, ...args: string[]): Promise<number> {
  const startMs = performance.now()
  await outputOf(workspace.node(...args), COMMAND_LIMIT_MS)
  return performance.now() - startMs
}
