import { loadavg } from 'node:os'
import { median } from './statistics.ts'

export type Unit = 'ms' | 's' | 'MiB' | 'MiB/s' | 'CPU-s/GiB' | 'requests/s' | 'CPU-ms/1000' | '×'

/** One measured quantity. */
export interface Figure {
  readonly name: string
  readonly unit: Unit
  /** One value a run. */
  readonly runs: readonly number[]
  readonly aim?: { readonly says: string; isMet(median: number): boolean }
  /** What it is held against: the median of a peer of the same run, in the same unit. */
  readonly beside?: { readonly name: string; readonly runs: readonly number[] }
}

export interface Section {
  readonly title: string
  /** What was measured how: processes, sizes, number of runs. */
  readonly how: string
  readonly figures: readonly Figure[]
}

export interface BenchOptions {
  /** Says what is being done, for whoever waits. */
  readonly note: (text: string) => void
}

export function atMost(limit: number, unit: Unit): NonNullable<Figure['aim']> {
  return { says: `< ${limit} ${unit}`, isMet: (value) => value < limit }
}

export function asJson(section: Section): object {
  return {
    ...section,
    figures: section.figures.map((figure) => {
      const { name, unit, runs, aim, beside } = figure
      const value = median(runs)
      return {
        name,
        unit,
        median: value,
        runs,
        ...(aim === undefined ? {} : { aim: aim.says, met: aim.isMet(value) }),
        ...(beside === undefined
          ? {}
          : {
              beside: { name: beside.name, median: median(beside.runs), ratio: value / median(beside.runs) },
            }),
      }
    }),
  }
}

/** A Markdown table, so that it reads the same on a terminal and in docs/benchmarks.md. */
export function asText({ title, how, figures }: Section): string {
  const rows = figures.map((figure) => {
    const { name, unit, runs, aim, beside } = figure
    const value = median(runs)
    const range = runs.length > 1 ? `${number(Math.min(...runs))} to ${number(Math.max(...runs))}` : ''
    const met = aim === undefined ? '' : `${aim.says}: ${aim.isMet(value) ? 'yes' : 'NO'}`
    const ratio = beside === undefined ? '' : `${number(value / median(beside.runs))} × ${beside.name}`
    return [name, `${number(value)} ${unit}`, range, met, ratio]
  })
  const header = ['figure', 'median', 'runs', 'aim', 'held against']
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [`## ${title}`, '', how, '', line(header), rule, ...rows.map((row) => line(row)), ''].join('\n')
}

export function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
}

/** Three figures are more than a shared machine gives. */
function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}
