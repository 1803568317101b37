import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const checkoutRoot = resolve(import.meta.dirname, '../..')

/** Less than the tests' own, so that a systemd that hangs is ended here. */
const timeLimitMs = 50_000
export const nestedTestMs = 60_000

/** What the unit left behind. */
export interface NestedRun {
  /** systemd's words on how it ended: result, code and status. */
  readonly verdict: string
  readonly stdout: string
  /** Of the unit; of the harness, where the unit never ran. */
  readonly stderr: string
}

export interface NestedOptions {
  /** Seen as /checkout. */
  readonly checkout?: string
  /** A script for sh that runs before systemd, as root of the nested system. */
  readonly prepare?: string
}

/** When the unit ends, so does systemd. */
const ending = '\nSuccessAction=exit-force\nFailureAction=exit-force\n'

const reporting = `
StandardOutput=file:/results/stdout
StandardError=file:/results/stderr
ExecStopPost=+/bin/sh -c 'echo "$SERVICE_RESULT $EXIT_CODE $EXIT_STATUS" >/results/verdict'
`

/** Runs a unit under a real systemd, in namespaces of its own (see nested-systemd.sh). Needs root. */
export function runNested(unit: string, { checkout = checkoutRoot, prepare }: NestedOptions = {}): NestedRun {
  const results = mkdtempSync(join(tmpdir(), 'mesh-art-nested-'))
  const result = (name: string): string => {
    const path = join(results, name)
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  }
  try {
    const path = join(results, 'probe.service')
    writeFileSync(
      path,
      unit.replace('[Unit]', `[Unit]${ending}`).replace('[Service]', `[Service]${reporting}`),
    )
    if (prepare !== undefined) writeFileSync(join(results, 'prepare.sh'), prepare)
    const namespaces = ['--mount', '--pid', '--cgroup', '--net', '--propagation', 'private']
    const script = join(import.meta.dirname, 'nested-systemd.sh')
    const { stderr } = spawnSync(
      'unshare',
      ['--fork', '--kill-child', ...namespaces, 'sh', script, path, results, checkout],
      { encoding: 'utf8', timeout: timeLimitMs, killSignal: 'SIGKILL' },
    )
    return { verdict: result('verdict'), stdout: result('stdout'), stderr: result('stderr') || stderr }
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
}
