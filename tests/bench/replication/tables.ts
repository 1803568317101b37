import { median } from '../support/statistics.ts'
import type { IdleRun } from './idle.ts'
import type { LoopbackRun } from './loopback.ts'
import { published, publishedIdle, publishedSocatCpuSeconds } from './published.ts'
import type { Published } from './published.ts'
import type { ShapedRun } from './shaped.ts'
import { LINK_MBIT } from './topologies.ts'
import type { Topology } from './topologies.ts'

/** One line of a table: a figure of every run, what it is to be, and what others have. */
export interface Row {
  readonly figure: string
  readonly runs: readonly number[]
  readonly aim?: { readonly says: string; readonly met: boolean }
  /** Of the same run where the name says so, else from the notes. */
  readonly others: Readonly<Record<string, number>>
}

export interface Table {
  readonly title: string
  readonly how: string
  readonly rows: readonly Row[]
}

type ShapedFigure = keyof Published

const aims: Readonly<Record<string, Partial<Record<ShapedFigure, number>>>> = {
  'line-4': { timesLimit: 1.08, redundancy: 1.09, cpuSeconds: 10, peakRssMiB: 150 },
  'star-5': { timesLimit: 1.2, redundancy: 1.1, cpuSeconds: 16, peakRssMiB: 150 },
  islands: { peakRssMiB: 150 },
  loss: { peakRssMiB: 150 },
}

/** With loss, at most so many times what plain TCP needs under the same. */
const LOSS_TIMES_TCP = 1.3
const names: Readonly<Record<ShapedFigure, string>> = {
  seconds: 'time, s',
  timesLimit: 'time, × limit',
  redundancy: 'redundancy, frame bytes',
  cpuSeconds: 'CPU of all nodes, s',
  peakRssMiB: 'peak RSS, worst node, MiB',
}

export function shapedTable(topology: Topology, runs: readonly ShapedRun[]): Table {
  const rows = (Object.keys(names) as ShapedFigure[]).map((key): Row => {
    const most = aims[topology.name]?.[key]
    const socat = key === 'peakRssMiB' ? {} : { 'socat, same run': median(runs.map((run) => run.socat[key])) }
    const peers = Object.entries(published[topology.name] ?? {}).map(([name, peer]) => [name, peer[key]])
    const row = { figure: names[key], runs: runs.map((run) => run[key]) }
    return {
      ...row,
      ...(most === undefined ? {} : { aim: atMost(most, row.runs) }),
      others: { ...socat, ...(Object.fromEntries(peers) as Record<string, number>) },
    }
  })
  const timesTcp = runs.map(({ seconds, socat }) => seconds / socat.seconds)
  rows.push({
    figure: 'time, × socat of the same run',
    runs: timesTcp,
    ...(topology.lossPercent === undefined ? {} : { aim: atMost(LOSS_TIMES_TCP, timesTcp) }),
    others: {},
  })
  rows.push(cpuBesideSocat(topology.name, runs))
  const share = (of: (run: ShapedRun) => number): string =>
    median(runs.map((run) => of(run) / run.seconds)).toFixed(2)
  return {
    title: `${topology.name}: ${topology.says}`,
    how:
      `${LINK_MBIT} Mbit/s each way on every cable, ${runs.length} run(s), load before ${loads(runs)}; besides the nodes ${share((run) => run.otherCpuSeconds)} cores were busy ` +
      `(shaping, this bench, others) and ${share((run) => run.stolenCpuSeconds)} taken by the machine's host. Timed from the steward's opening record at A until the last node says that all works are complete; ` +
      `then every file was read at every node and its SHA-256 was right.`,
    rows,
  }
}

/** Of the processor, times what a chain of plain TCP took of it: for the others by the notes, where both were measured on one machine. */
function cpuBesideSocat(name: string, runs: readonly ShapedRun[]): Row {
  const socat = publishedSocatCpuSeconds[name]
  const peers = socat === undefined ? [] : Object.entries(published[name] ?? {})
  const times = runs.map((run) => run.cpuSeconds / run.socat.cpuSeconds)
  // A second of processor is another amount of work from hour to hour: the aim in seconds, by those that socat took in the notes.
  const most = aims[name]?.cpuSeconds
  const aim = most === undefined || socat === undefined ? {} : { aim: atMost(most / socat, times) }
  return {
    figure: 'CPU, × socat of the same run',
    runs: times,
    ...aim,
    others: Object.fromEntries(peers.map(([peer, { cpuSeconds }]) => [peer, cpuSeconds / (socat ?? 1)])),
  }
}

export function loopbackTable(runs: readonly LoopbackRun[]): Table {
  const speed = runs.map((run) => run.mebibytesPerSecond)
  const timesLibp2p = runs.map((run) => run.mebibytesPerSecond / run.libp2p.mebibytesPerSecond)
  const cpu = runs.map((run) => run.cpuSecondsPerGiB)
  const peak = runs.map((run) => run.peakRssMiB)
  const beside = (of: 'mebibytesPerSecond' | 'cpuSecondsPerGiB'): Record<string, number> => ({
    'libp2p stream, same run': median(runs.map((run) => run.libp2p[of])),
    'node:net, same run': median(runs.map((run) => run.tcp[of])),
  })
  return {
    title: `loopback: two nodes in one host, ${runs[0]?.gib ?? 0} works of 1 GiB, unshaped`,
    how: `${runs.length} run(s), load before ${loads(runs)}. Node to node hashing and durable storage are included; the bare streams are of two processes that drop what they get.`,
    rows: [
      { figure: 'MiB/s', runs: speed, others: beside('mebibytesPerSecond') },
      { figure: 'MiB/s, × libp2p stream', runs: timesLibp2p, aim: atLeast(1.5, timesLibp2p), others: {} },
      {
        figure: 'CPU of both ends, s/GiB',
        runs: cpu,
        aim: atMost(5, cpu),
        others: beside('cpuSecondsPerGiB'),
      },
      { figure: 'peak RSS, worst node, MiB', runs: peak, aim: atMost(220, peak), others: {} },
    ],
  }
}

export function idleTable(runs: readonly IdleRun[]): Table {
  const quiet = runs.map((run) => run.withoutStatus)
  const usual = runs.map((run) => run.asItIs)
  const bytes = quiet.map((run) => run.bytesPerMinute)
  const rss = usual.map((run) => run.rssMiB)
  const peers = (of: 'bytesPerMinute' | 'rssMiB'): Record<string, number> =>
    Object.fromEntries(Object.entries(publishedIdle).map(([name, peer]) => [`${name}, 5 nodes`, peer[of]]))
  const row = (figure: string, values: readonly number[]): Row => ({ figure, runs: values, others: {} })
  return {
    title: 'idle: ten nodes on one switch that have everything',
    how: `Frame bytes sent, a node and minute, over ${runs[0]?.minutes ?? 0} minutes, ${runs.length} run(s), load before ${loads(runs)}. The health status is counted apart: the same nodes were started again without it.`,
    rows: [
      {
        figure: 'bytes without status',
        runs: bytes,
        aim: atMost(6 * 1024, bytes),
        others: peers('bytesPerMinute'),
      },
      row(
        'of them mDNS',
        quiet.map((run) => run.mdnsBytesPerMinute),
      ),
      row(
        'of them the rest',
        quiet.map((run) => run.bytesPerMinute - run.mdnsBytesPerMinute),
      ),
      row(
        'most of one node',
        quiet.map((run) => run.mostBytesPerMinute),
      ),
      row(
        'health status, besides',
        usual.map((run, i) => run.bytesPerMinute - (bytes[i] ?? 0)),
      ),
      row(
        'CPU, ms a node and minute',
        usual.map((run) => run.cpuSecondsPerMinute * 1000),
      ),
      row(
        'idle RSS, middle node, MiB',
        usual.map((run) => run.middleRssMiB),
      ),
      { figure: 'idle RSS, worst node, MiB', runs: rss, aim: atMost(130, rss), others: peers('rssMiB') },
    ],
  }
}

/** Markdown, so that it reads the same on a terminal and in docs. */
export function tableText({ title, how, rows }: Table): string {
  const others = [...new Set(rows.flatMap((row) => Object.keys(row.others)))]
  const header = ['figure', 'median', 'runs', 'aim', 'met', ...others]
  const cells = rows.map(({ figure, runs, aim, others: of }) => [
    figure,
    number(median(runs)),
    runs.length > 1 ? `${number(Math.min(...runs))} to ${number(Math.max(...runs))}` : '',
    aim?.says ?? '',
    aim === undefined ? '' : aim.met ? 'yes' : 'NO',
    ...others.map((name) => (of[name] === undefined ? '' : number(of[name]))),
  ])
  const widths = header.map((cell, i) => Math.max(cell.length, ...cells.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [`## ${title}`, '', how, '', line(header), rule, ...cells.map(line), ''].join('\n')
}

function atMost(most: number, runs: readonly number[]): NonNullable<Row['aim']> {
  return { says: `≤ ${Number(most.toFixed(2))}`, met: median(runs) <= most }
}

function atLeast(least: number, runs: readonly number[]): NonNullable<Row['aim']> {
  return { says: `≥ ${least}`, met: median(runs) >= least }
}

function loads(runs: readonly { readonly load: number }[]): string {
  return runs.map(({ load }) => load.toFixed(1)).join(', ')
}

/** Four figures: the redundancies differ in the third decimal. */
function number(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)))
}
