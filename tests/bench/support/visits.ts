import { join } from 'node:path'
import { outputOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

export type VisitKind = 'page' | 'json' | 'asset' | 'file' | 'seek'

export interface VisitsRequest {
  readonly url: string
  readonly visitors: number
  /** Within this time all of them come in. */
  readonly arrivalMs: number
  /** What each waits, more or less, before the next work. */
  readonly thinkMs: number
  /** Works each opens. */
  readonly works: number
  /** Places of one video each jumps to, and how much it loads there. */
  readonly seeks: number
  readonly seekBytes: number
}

export interface VisitsResult {
  /** Milliseconds from asking to the last byte, by kind. */
  readonly latencies: Readonly<Record<VisitKind, readonly number[]>>
  readonly failures: number
  /** The first of them. */
  readonly errors: readonly string[]
  readonly bytes: number
  readonly seconds: number
  /** Of the generator itself. */
  readonly cpuSeconds: number
}

/** Visitors all at once, in a process of their own. */
export async function startVisits(workspace: Workspace, request: VisitsRequest): Promise<VisitsResult> {
  const script = join(import.meta.dirname, '..', 'peers', 'visitors.ts')
  const child = workspace.node(script, JSON.stringify(request))
  return JSON.parse(await outputOf(child, 240_000)) as VisitsResult
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
