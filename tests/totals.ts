import * as v from 'valibot'

export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 }

export function addTotals(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** The part that we read of what vitest's JSON reporter writes. */
const reportSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string() })),
    }),
  ),
})

/**
 * Counts of one vitest run. `exitCode` is null when it was killed.
 * A file that could not be loaded has no tests to fail, and an unhandled error no test at all: each counts as a failure,
 * so that the totals never say better than the exit code.
 */
export function vitestTotals(report: unknown, exitCode: number | null): Totals {
  const parsed = v.safeParse(reportSchema, report)
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.output
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const found = numFailedTests + brokenFiles
  return {
    passed: numPassedTests,
    failed: found === 0 && exitCode !== 0 ? 1 : found,
    skipped: numPendingTests + numTodoTests,
  }
}

/** A run in which only some files failed, and no more of them than were expected to fail by chance. */
export interface Suspects {
  /** Paths of the files in which a test failed, or that could not be loaded. */
  readonly files: readonly string[]
  /** Counts of all other files. */
  readonly others: Totals
}

/**
 * The failed files of a run, where each is one that may fail by chance (`mayBeUnsteady`) and there are at most `most` of them; null where
 * nothing failed, or anything else did.
 */
export function suspects(
  report: unknown,
  mayBeUnsteady: (file: string) => boolean,
  most: number,
): Suspects | null {
  const parsed = v.safeParse(reportSchema, report)
  if (!parsed.success) return null
  const failed = parsed.output.testResults.filter(({ status }) => status === 'failed')
  const files = failed.map(({ name }) => name)
  if (files.length === 0 || files.length > most || !files.every(mayBeUnsteady)) return null
  const of = (status: string): number =>
    failed.flatMap(({ assertionResults }) => assertionResults).filter((test) => test.status === status).length
  const { numPassedTests, numPendingTests, numTodoTests } = parsed.output
  return {
    files,
    others: {
      passed: numPassedTests - of('passed'),
      failed: 0,
      skipped: numPendingTests + numTodoTests - of('skipped') - of('pending') - of('todo'),
    },
  }
}

/** The closing line, alone on its line, in the words that test tools share. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  const line = `${passed} passed, ${failed} failed`
  return skipped === 0 ? line : `${line}, ${skipped} skipped`
}
