import type { LackCauseName, MeshHealthView } from '../../../node/http/contracts/tech.ts'

/** Cells side by side that lack for one reason and are drawn as one. */
export interface MatrixRun {
  /** Index of the node, and of the first work. */
  readonly row: number
  readonly column: number
  length: number
  readonly cause: LackCauseName
  /** Of each cell, 0 to 1: what is on its way fills from below; what is stuck is full. */
  readonly filled: number
}

export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly runs: readonly MatrixRun[]
}

/** Less would not be seen. */
const LEAST_FILLED = 0.25

/** Nodes down, works across: only what is not whole is listed, so that a mesh that is well costs nothing, and a node that is lost little. */
export function matrixOf({
  nodes,
  works,
  causes,
}: Pick<MeshHealthView, 'nodes' | 'works' | 'causes'>): Matrix {
  const runs: MatrixRun[] = []
  const last = new Map<number, MatrixRun>()
  works.forEach((work, column) => {
    for (const [row, code, share] of work.lacks) {
      const cause = causes[code] ?? 'unreachable'
      const filled = cause === 'coming' || cause === 'refetching' ? Math.max(LEAST_FILLED, share / 1000) : 1
      const run = last.get(row)
      if (
        run !== undefined &&
        run.column + run.length === column &&
        run.cause === cause &&
        run.filled === filled
      ) {
        run.length += 1
        continue
      }
      const next = { row, column, length: 1, cause, filled }
      runs.push(next)
      last.set(row, next)
    }
  })
  return { rows: nodes.length, columns: works.length, runs }
}

/** Wide enough to be seen and hit, narrow enough that few scroll. @param width pixels that are there */
export function cellWidth(columns: number, width: number): number {
  return Math.max(3, Math.min(18, Math.floor(width / Math.max(1, columns))))
}
