/**
 * `npm test`: system tools, format, lint, types, the user interface's build, then every test.
 * Goes on after a failure, so that one run tells everything. Words after `npm test --` go to vitest: `npm test -- tests/node/store`;
 * `--checks-only` (`npm run check`) is format, lint and types alone, in seconds.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { ensureSystemTools } from './system-tools.ts'
import { addTotals, noTotals, totalsLine, vitestTotals } from './totals.ts'
import type { Totals } from './totals.ts'

const limits = Object.freeze({
  /** A check or a build that takes longer hangs. */
  stepMs: 10 * 60_000,
  vitestMs: 60 * 60_000,
  /** Between asking a step that hangs to end and ending it. */
  killGraceMs: 5_000,
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

async function runVitest(words: readonly string[]): Promise<Totals> {
  const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-test-'))
  const report = join(scratch, 'report.json')
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const args = [vitest, 'run', ...reporters, ...words]
    const { exitCode } = await runStep('tests', process.execPath, args, limits.vitestMs)
    return vitestTotals(readReport(report), exitCode)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
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
  return addTotals(totals, await runVitest(words))
}

const totals = await runAll(process.argv.slice(2))
console.log(`\n${totalsLine(totals)}`)
process.exitCode = totals.failed === 0 ? 0 : 1
