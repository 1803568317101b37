import { describe, expect, it } from 'vitest'
import { addTotals, suspects, totalsLine, vitestTotals } from './totals.ts'

const passedFile = { name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] }

function report(overrides: Record<string, unknown> = {}): unknown {
  return {
    numPassedTests: 1,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [passedFile],
    ...overrides,
  }
}

describe('the totals of a run', () => {
  it('are the counts of the report', () => {
    const failedFile = { name: 'b.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }] }
    const counts = { numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }
    const totals = vitestTotals(report({ ...counts, testResults: [passedFile, failedFile] }), 1)
    expect(totals).toEqual({ passed: 1, failed: 1, skipped: 3 })
  })

  it('count a file that could not be loaded as a failure', () => {
    const broken = { name: 'b.test.ts', status: 'failed', assertionResults: [] }
    expect(vitestTotals(report({ testResults: [passedFile, broken] }), 1).failed).toBe(1)
  })

  it('count an error outside any test as a failure', () => {
    expect(vitestTotals(report(), 1).failed).toBe(1)
  })

  it('count a runner that was killed as a failure', () => {
    expect(vitestTotals(report(), null).failed).toBe(1)
    expect(vitestTotals(undefined, null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('count a report that cannot be understood as a failure', () => {
    expect(vitestTotals({ numPassedTests: 'many' }, 0).failed).toBe(1)
  })

  it('add up, and close with the line that names skipped tests only when there are any', () => {
    const sum = addTotals({ passed: 3, failed: 0, skipped: 0 }, { passed: 4, failed: 1, skipped: 0 })
    expect(totalsLine(sum)).toBe('7 passed, 1 failed')
    expect(totalsLine({ ...sum, skipped: 2 })).toBe('7 passed, 1 failed, 2 skipped')
  })
})

describe('the files of a run that are looked at again', () => {
  const isSystem = (file: string): boolean => file.startsWith('venue/')
  const unsteady = {
    name: 'venue/b.test.ts',
    status: 'failed',
    assertionResults: [{ status: 'failed' }, { status: 'passed' }, { status: 'skipped' }],
  }
  const counts = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 1 }

  it('are those that failed, and the others stay counted', () => {
    const found = suspects(report({ ...counts, testResults: [passedFile, unsteady] }), isSystem, 1)
    expect(found).toEqual({ files: ['venue/b.test.ts'], others: { passed: 1, failed: 0, skipped: 0 } })
  })

  it('are none where nothing failed, or the failure is of no file', () => {
    expect(suspects(report(), isSystem, 1)).toBeNull()
    expect(suspects(undefined, isSystem, 1)).toBeNull()
  })

  it('are none where a test failed that nothing of the system can make fail', () => {
    const pure = { ...unsteady, name: 'unit/b.test.ts' }
    expect(suspects(report({ ...counts, testResults: [pure, unsteady] }), isSystem, 2)).toBeNull()
  })

  it('are none where more failed than chance explains', () => {
    expect(suspects(report({ ...counts, testResults: [unsteady, unsteady] }), isSystem, 1)).toBeNull()
  })
})
