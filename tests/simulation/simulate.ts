/**
 * `npm run simulate -- --seed S --nodes N --hours H`: one simulated exhibition, or many until the time is over. Prints the seed of
 * whatever fails, and the command that plays it again.
 */
import { parseArgs } from 'node:util'
import { reportControlTraffic } from './control-report.ts'
import { faultKinds } from './faults.ts'
import type { FaultKind } from './faults.ts'
import { Simulation } from './simulation.ts'
import type { SimulationOptions, SimulationResult } from './simulation.ts'
import { topologies } from './topology.ts'
import type { Topology } from './topology.ts'

const usage = `Usage: node tests/simulation/simulate.ts [options]
  --seed S             the one seed to play (default 1)
  --seeds N            play N seeds, from --seed on
  --minutes M          play fresh seeds until this time is over
  --random-seeds       begin at a seed nobody chose
  --nodes N --works W --hours H --topology ${topologies.join('|')}
                       as given; else as the seed has it
  --faults all|none|${faultKinds.join(',')}
  --quotas             some nodes keep only some works
  --trace              print everything that happens
  --report control     bytes of control traffic a node and work, for 25 to 100 nodes and 4 to 16 neighbours;
                       [--works W] [--leaves L] [--nodes N --neighbours K]
`

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isFinite(number) || number < 0) throw new TypeError(`--${name} must be a number`)
  return number
}

function faultsOf(text: string | undefined): readonly FaultKind[] | undefined {
  if (text === undefined) return undefined
  if (text === 'all') return faultKinds
  if (text === 'none') return []
  return text.split(',').map((word) => {
    const kind = faultKinds.find((one) => one === word)
    if (kind === undefined) throw new TypeError(`--faults: '${word}' is none of ${faultKinds.join(', ')}`)
    return kind
  })
}

function topologyOf(text: string | undefined): Topology | undefined {
  const found = topologies.find((one) => one === text)
  if (text !== undefined && found === undefined)
    throw new TypeError(`--topology must be one of ${topologies.join(', ')}`)
  return found
}

/** The command that plays a seed again. */
function replayOf(seed: number, values: Readonly<Record<string, string | boolean | undefined>>): string {
  const kept = ['nodes', 'works', 'hours', 'faults', 'topology'].flatMap((name) =>
    values[name] === undefined ? [] : [`--${name} ${String(values[name])}`],
  )
  if (values['quotas'] === true) kept.push('--quotas')
  return ['node tests/simulation/simulate.ts', `--seed ${seed}`, ...kept].join(' ')
}

function describe(result: SimulationResult): string {
  const minutes = (result.virtualMs / 60_000).toFixed(1)
  return (
    `seed ${result.seed}: ${result.failure === null ? 'ok' : 'FAILED'}; ${result.nodes} nodes, ${result.records} records, ` +
    `${result.chunks} chunks, ${minutes} virtual minutes, equal ${(result.healedMs / 1000).toFixed(0)} s after healing, ` +
    `${result.events} steps, ${result.checks} checks, trace ${result.traceHash}`
  )
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    minutes: { type: 'string' },
    'random-seeds': { type: 'boolean' },
    nodes: { type: 'string' },
    works: { type: 'string' },
    hours: { type: 'string' },
    topology: { type: 'string' },
    faults: { type: 'string' },
    quotas: { type: 'boolean' },
    trace: { type: 'boolean' },
    report: { type: 'string' },
    neighbours: { type: 'string' },
    leaves: { type: 'string' },
    help: { type: 'boolean' },
  },
})

function optionsOf(): Omit<SimulationOptions, 'seed'> {
  const nodes = numberOf(values.nodes, 'nodes')
  const works = numberOf(values.works, 'works')
  const hours = numberOf(values.hours, 'hours')
  const faults = faultsOf(values.faults)
  const topology = topologyOf(values.topology)
  return {
    ...(nodes === undefined ? {} : { nodes }),
    ...(works === undefined ? {} : { works }),
    ...(hours === undefined ? {} : { hours }),
    ...(faults === undefined ? {} : { faults }),
    ...(topology === undefined ? {} : { topology }),
    ...(values.quotas === undefined ? {} : { quotas: values.quotas }),
    ...(values.trace === true ? { print } : {}),
  }
}

/** @returns whether all held */
async function play(): Promise<boolean> {
  const options = optionsOf()
  const minutes = numberOf(values.minutes, 'minutes')
  const startedMs = performance.now()
  const chosen = numberOf(values.seed, 'seed') ?? 1
  const first = values['random-seeds'] === true ? Math.floor(Math.random() * 2 ** 31) : chosen
  const count = minutes === undefined ? (numberOf(values.seeds, 'seeds') ?? 1) : Number.POSITIVE_INFINITY
  const totals = { seeds: 0, steps: 0, checks: 0, virtualMs: 0, slowestMs: 0 }
  for (let seed = first; totals.seeds < count; seed++) {
    if (minutes !== undefined && performance.now() - startedMs > minutes * 60_000) break
    const result = await Simulation.run({ ...options, seed })
    totals.seeds += 1
    totals.steps += result.events
    totals.checks += result.checks
    totals.virtualMs += result.virtualMs
    totals.slowestMs = Math.max(totals.slowestMs, result.healedMs)
    if (count === 1) print(describe(result))
    else if (totals.seeds % 100 === 0) print(`${totals.seeds} seeds, ${totals.steps} steps, at seed ${seed}`)
    if (result.failure !== null) {
      for (const line of result.lastLines) print(`  ${line}`)
      print(`seed ${seed} FAILED: ${result.failure}`)
      print(`again: ${replayOf(seed, values)}`)
      return false
    }
  }
  print(
    `${totals.seeds} seeds from ${first}: all held; ${totals.steps} steps, ${totals.checks} checks, ` +
      `${(totals.virtualMs / 3_600_000).toFixed(1)} virtual hours, slowest to be equal ${(totals.slowestMs / 1000).toFixed(0)} s`,
  )
  return true
}

if (values.help === true) print(usage)
else if (values.report === 'control')
  await reportControlTraffic({
    print,
    works: numberOf(values.works, 'works') ?? 1000,
    leaves: numberOf(values.leaves, 'leaves') ?? 1,
    ...(values.nodes === undefined
      ? {}
      : {
          meshes: [
            {
              nodes: numberOf(values.nodes, 'nodes') ?? 0,
              neighbours: numberOf(values.neighbours, 'neighbours') ?? 8,
            },
          ],
        }),
  })
else if (!(await play())) process.exitCode = 1
