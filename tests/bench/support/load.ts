import { join } from 'node:path'
import { outputOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

export interface LoadRequest {
  readonly url: string
  /** Asked for in turn. */
  readonly paths: readonly string[]
  readonly connections: number
  readonly seconds: number
}

export interface LoadResult {
  /** Answers read to the end. */
  readonly requests: number
  /** Bytes of bodies read, of answers that were cut off at the end too. */
  readonly bytes: number
  readonly seconds: number
  /** Of the generator itself: near the seconds, it is what limits. */
  readonly cpuSeconds: number
  readonly failures: number
}

/** Visitors that read as fast as they can, in a process of their own. */
export async function startLoad(workspace: Workspace, request: LoadRequest): Promise<LoadResult> {
  const script = join(import.meta.dirname, '..', 'peers', 'load-generator.ts')
  const child = workspace.node(script, JSON.stringify(request))
  const result = JSON.parse(await outputOf(child, request.seconds * 1000 + 30_000)) as LoadResult
  if (result.failures > 0) throw new Error(`${result.failures} requests to ${request.url} failed`)
  return result
}
