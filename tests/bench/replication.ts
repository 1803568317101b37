/** How fast, how lean and how quietly works spread, on shaped links between real processes. `npm run bench:replication` */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureSystemTools } from '../system-tools.ts'
import { runIdle } from './replication/idle.ts'
import { runLoopback } from './replication/loopback.ts'
import { runShaped } from './replication/shaped.ts'
import { idleTable, loopbackTable, shapedTable, tableText } from './replication/tables.ts'
import type { Table } from './replication/tables.ts'
import { timelineText } from './replication/timeline.ts'
import { topologies } from './replication/topologies.ts'

const USAGE = `node tests/bench/replication.ts [NAME …] [--runs N] [--gib N] [--minutes N] [--timeline] [--json]

NAME: line-4, star-5, islands, loss, star-20, loopback, idle (default: all but star-20)
--runs N      how often each but idle is done (default 3); medians are told
--gib N       how many works of 1 GiB loopback moves (default 2)
--minutes N   how long idle nodes are listened to (default 14: pings come every 7 to 13)
--timeline    what each cable carried, and what each node took of a core, in each second of the last run
--json        prints data, with every run`

const tools = [
  { package: 'iproute2', commands: ['ip'], usedFor: 'hosts and cables' },
  { package: 'iproute2', commands: ['tc'], usedFor: 'links of so many Mbit/s' },
  { package: 'nftables', commands: ['nft'], usedFor: 'who hears whom, loss, counters' },
  { package: 'ethtool', commands: ['ethtool'], usedFor: 'frames as on a wire' },
  { package: 'socat', commands: ['socat'], usedFor: 'the peer: plain TCP' },
]
const byDefault = ['line-4', 'star-5', 'islands', 'loss', 'loopback', 'idle']
const all = [...topologies.map(({ name }) => name), 'loopback', 'idle']

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    gib: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '14' },
    timeline: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})

function stop(message: string, code: number): never {
  console.error(message)
  process.exit(code)
}

function positive(name: 'runs' | 'gib' | 'minutes'): number {
  const value = Number(values[name])
  if (!Number.isSafeInteger(value) || value < 1) stop(`--${name} must be a whole number from 1`, 2)
  return value
}

async function repeat<T>(
  name: string,
  count: number,
  run: (note: (text: string) => void) => Promise<T>,
): Promise<T[]> {
  const results: T[] = []
  for (let i = 1; i <= count; i++) {
    results.push(await run((text) => console.error(`${name} ${i}/${count}: ${text}`)))
  }
  return results
}

async function measure(name: string): Promise<{ table: Table; runs: readonly object[]; timeline?: string }> {
  if (name === 'loopback') {
    const runs = await repeat(name, positive('runs'), (note) => runLoopback(positive('gib'), { note }))
    return { table: loopbackTable(runs), runs }
  }
  if (name === 'idle') {
    const runs = await repeat(name, 1, (note) => runIdle(positive('minutes'), { note }))
    return { table: idleTable(runs), runs }
  }
  const topology = topologies.find((one) => one.name === name)
  if (topology === undefined) throw new Error(`there is no topology '${name}'`)
  const runs = await repeat(name, positive('runs'), (note) => runShaped(topology, { note }))
  return {
    table: shapedTable(topology, runs),
    runs,
    timeline: `Mbit/s on each cable, and per cent of a core, in each second of the last run\n\n${timelineText(runs.at(-1)?.links ?? [])}\n`,
  }
}

if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const wanted = positionals.length > 0 ? positionals : byDefault
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) stop(`there is no '${unknown.join("', '")}'; there are ${all.join(', ')}`, 2)
for (const name of ['runs', 'gib', 'minutes'] as const) positive(name)
if (process.getuid?.() !== 0) stop('network namespaces need root: run it with sudo', 1)
if (!ensureSystemTools(tools)) process.exit(1)
// What a run made ends and removes itself on the way out. Listened to for good: npm passes Ctrl+C on, and without a listener
// the second one would end this process in the middle of that.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1))

const machine = {
  date: new Date().toISOString().slice(0, 10),
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  runtime: `Node ${process.versions.node} ${process.platform}-${process.arch}`,
}
if (!values.json) {
  const { date, cores, processor, memoryGiB, runtime } = machine
  console.log(`# Replication, ${date}\n\n${cores} cores (${processor}), ${memoryGiB} GiB, ${runtime}\n`)
}
const done: object[] = []
for (const name of wanted) {
  try {
    const { table, runs, timeline } = await measure(name)
    if (values.json) done.push({ name, ...table, measured: runs })
    else console.log(tableText(table))
    if (values.timeline && !values.json && timeline !== undefined) console.log(timeline)
  } catch (error) {
    // One topology that fails must not cost the figures of the others.
    console.error(`${name} failed:`, error)
    process.exitCode = 1
  }
}
if (values.json) console.log(JSON.stringify({ machine, tables: done }, null, 2))
