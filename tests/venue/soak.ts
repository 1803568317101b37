/** `npm run soak -- --kills N --nodes N --seed S`: nodes in namespaces, killed at random under load; then everything is verified. Needs root. */
import { parseArgs } from 'node:util'
import { KillSoak } from './support/kill-soak.ts'
import { Venue } from './support/venue.ts'

const usage = `Usage: npm run soak -- [options]
  --kills N    how many times a node is killed (default 100)
  --nodes N    nodes (default 5)
  --works N    works brought in meanwhile (default 40)
  --seed S     when and which (default: a number nobody chose)
`
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    nodes: { type: 'string', default: '5' },
    works: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    help: { type: 'boolean' },
  },
})

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function soak(): Promise<boolean> {
  const [seed, nodes, kills, works] = [values.seed, values.nodes, values.kills, values.works].map(Number)
  if (![seed, nodes, kills, works].every(Number.isSafeInteger)) throw new TypeError(usage)
  print(`seed ${seed}: ${kills} kills, ${nodes} nodes`)
  const venue = new Venue()
  const startedMs = performance.now()
  try {
    const result = await new KillSoak(venue, {
      seed: seed ?? 1,
      nodes: nodes ?? 5,
      kills: kills ?? 100,
      works: works ?? 40,
      workBytes: 8 * 1024 * 1024,
      print,
    }).run()
    const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1)
    print(
      `${result.kills} kills in ${minutes} minutes; ${works} works brought in with ${result.publishes} tries; ${result.served} of ` +
        `${result.reads} reads and a last look at everything served whole and right; ${result.chunksVerified} chunks verified, ` +
        `${result.damaged.length} damaged; all nodes hold everything`,
    )
    return result.damaged.length === 0
  } finally {
    await venue.close()
  }
}

if (values.help === true) print(usage)
else if (!(await soak())) process.exitCode = 1
