import { describe, expect, it } from 'vitest'
import type { TechWorkView } from '../../node/http/contracts/tech.ts'
import { cellWidth, matrixOf } from '../../exhibit-ui/tech/model/matrix.ts'

const causes = ['coming', 'disk-full', 'unreachable'] as const
const workOf = (...lacks: TechWorkView['lacks']): TechWorkView => ({
  artist: 'a',
  slug: 's',
  title: { nl: 's' },
  root: 'r',
  withdrawn: false,
  whole: 0,
  of: 2,
  lacks,
})
const matrix = (works: TechWorkView[]) => matrixOf({ nodes: [], works, causes: [...causes] })

describe('the matrix of works on nodes', () => {
  it('is nothing but its size where every work is whole', () => {
    expect(matrix([workOf(), workOf()])).toEqual({ rows: 0, columns: 2, runs: [] })
  })

  it('draws what lacks side by side for one reason as one, so that a lost node is one form', () => {
    const works = Array.from({ length: 500 }, () => workOf([1, 2, 0, 0, 0]))
    expect(matrix(works).runs).toEqual([{ row: 1, column: 0, length: 500, cause: 'unreachable', filled: 1 }])
  })

  it('keeps apart what differs in cause, in share or by a whole work between', () => {
    const { runs } = matrix([
      workOf([0, 1, 0, 0, 0]),
      workOf([0, 0, 500, 0, 0]),
      workOf([0, 0, 700, 0, 0]),
      workOf(),
      workOf([0, 0, 700, 0, 0], [1, 0, 0, 0, 0]),
    ])
    expect(runs.map(({ row, column, length, filled }) => [row, column, length, filled])).toEqual([
      [0, 0, 1, 1],
      [0, 1, 1, 0.5],
      [0, 2, 1, 0.7],
      [0, 4, 1, 0.7],
      [1, 4, 1, 0.25],
    ])
  })

  it('has cells that are seen, and as few that scroll as may be', () => {
    expect([cellWidth(4, 300), cellWidth(100, 300), cellWidth(500, 300)]).toEqual([18, 3, 3])
  })
})
