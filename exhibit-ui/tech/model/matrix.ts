import type { LackCauseName, MeshHealthView } from '../../../node/http/contracts/tech.ts'

export interface MatrixGap {
  /** Index of the node, and of the work. */
  readonly row: number
  readonly column: number
  readonly cause: LackCauseName
  readonly share: number
  readonly rate: number
  readonly left: number
}

export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly gaps: readonly MatrixGap[]
}

/** Nodes down, works across: only what is not whole is listed, so that a mesh that is well costs nothing. */
export function matrixOf({
  nodes,
  works,
  causes,
}: Pick<MeshHealthView, 'nodes' | 'works' | 'causes'>): Matrix {
  const gaps: MatrixGap[] = []
  works.forEach((work, column) => {
    for (const [row, cause, share, rate, left] of work.lacks) {
      gaps.push({ row, column, cause: causes[cause] ?? 'unreachable', share: share / 1000, rate, left })
    }
  })
  return { rows: nodes.length, columns: works.length, gaps }
}

/** Wide enough to be seen and hit, narrow enough that few scroll. @param width pixels that are there */
export function cellWidth(columns: number, width: number): number {
  return Math.max(3, Math.min(18, Math.floor(width / Math.max(1, columns))))
}
