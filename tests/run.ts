/**
 * `npm test`: system tools, format, lint, types, the user interface's build, then every test.
 * Goes on after a failure, so that one run tells everything. Words after `npm test --` go to vitest: `npm test -- tests/node/store`;
 * `--checks-only` (`npm run check`) is format, lint and types alone, in seconds.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { isSystemSuite } from './system-suites.ts'
import { ensureSystemTools } from './system-tools.ts'
import { addTotals, noTotals, suspects, totalsLine, vitestTotals } from './totals.ts'
import type { Totals } from './totals.ts'

const limits = Object.freeze({
  /** A check or a build that takes longer hangs. */
  stepMs: 10 * 60_000,
  vitestMs: 60 * 60_000,
  /** Between asking a step that hangs to end and ending it. */
  killGraceMs: 5_000,
  /** So many system suites at most may fail by chance in one run, and must then pass so often, each time by themselves. */
  suspectFiles: 3,
  suspectRuns: 2,
})

const root = resolve(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')

/** So that every tool with a `node` shebang runs on the pinned Node, also when this was not started by npm. */
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }

interface Outcome {
  /** Null when it was killed or could not be started. */
  readonly exitCode: number | null
}

async function runStep(
  title: string,
  command: string,
  args: readonly string[],
  limitMs: number,
): Promise<Outcome> {
  console.log(`\n── ${title}`)
  const started = performance.now()
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const stop = setTimeout(() => {
    console.error(`${title}: still running after ${limitMs / 60_000} minutes, ended`)
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), limits.killGraceMs).unref()
  }, limitMs)
  const exitCode = await new Promise<number | null>((settle) => {
    child.once('error', (error) => {
      console.error(`${title}: ${error.message}`)
      settle(null)
    })
    child.once('close', (code) => settle(code))
  })
  clearTimeout(stop)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const verdict = exitCode === 0 ? 'ok' : `FAILED (${exitCode === null ? 'killed' : `exit ${exitCode}`})`
  console.log(`── ${title}: ${verdict}, ${seconds} s`)
  return { exitCode }
}

async function check(title: string, command: string, args: readonly string[]): Promise<Totals> {
  const { exitCode } = await runStep(title, command, args, limits.stepMs)
  return exitCode === 0 ? { ...noTotals, passed: 1 } : { ...noTotals, failed: 1 }
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    // vitest died before it wrote its report: counted as a failure by `vitestTotals`.
    console.error(`No report from vitest: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

interface VitestRun {
  readonly report: unknown
  readonly exitCode: number | null
}

async function runVitest(title: string, words: readonly string[]): Promise<VitestRun> {
  const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-test-'))
  const report = join(scratch, 'report.json')
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const args = [vitest, 'run', ...reporters, ...words]
    const { exitCode } = await runStep(title, process.execPath, args, limits.vitestMs)
    return { report: readReport(report), exitCode }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * All tests. System suites share the machine with all else that runs on it: one that failed is run again by itself, and has to pass twice
 * in a row; then it is no failure of this run, but is named, so that somebody finds out why.
 */
async function runTests(words: readonly string[]): Promise<Totals> {
  const first = await runVitest('tests', words)
  const found = suspects(first.report, isSystemSuite, limits.suspectFiles)
  if (found === null) return vitestTotals(first.report, first.exitCode)
  let again = noTotals
  for (let time = 1; time <= limits.suspectRuns; time += 1) {
    const run = await runVitest(`failed suites by themselves, ${time} of ${limits.suspectRuns}`, found.files)
    again = vitestTotals(run.report, run.exitCode)
    if (again.failed > 0) return addTotals(found.others, again)
  }
  console.log(
    `\nUNSTEADY: failed once, then passed ${limits.suspectRuns} times by themselves; the cause is above:`,
  )
  for (const file of found.files) console.log(`  ${file}`)
  return addTotals(found.others, again)
}

async function runAll(words: readonly string[]): Promise<Totals> {
  const checksOnly = words.includes('--checks-only')
  if (!checksOnly && !ensureSystemTools()) return { ...noTotals, failed: 1 }
  let totals = noTotals
  totals = addTotals(totals, await check('format', join(bin, 'oxfmt'), ['--check', '.']))
  totals = addTotals(totals, await check('lint', join(bin, 'oxlint'), ['--type-aware']))
  totals = addTotals(totals, await check('types', join(bin, 'tsc'), []))
  if (checksOnly) return totals
  const build = join(root, 'exhibit-ui', 'build.ts')
  if (existsSync(build)) {
    totals = addTotals(totals, await check('user interface', process.execPath, [build]))
  }
  return addTotals(totals, await runTests(words))
}

const totals = await runAll(process.argv.slice(2))
console.log(`\n${totalsLine(totals)}`)
process.exitCode = totals.failed === 0 ? 0 : 1
