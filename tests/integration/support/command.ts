import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export const projectDir = join(import.meta.dirname, '..', '..', '..')
const program = join(projectDir, 'node', 'bin.js')
/** For what never ends, not a measure of speed. */
const LIMIT_MS = 300_000

export const passphrase = 'correct horse battery'

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** What it says is wrong: the lines on stderr that begin with the name of the program. */
  readonly mistakes: readonly string[]
}

/** A `mesh-art` in a process of its own, which does not outlive the test. */
export class Command {
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess
  #stdout = ''
  #stderr = ''
  #onSaid = new Set<() => void>()

  /** @param options.by what runs it; Node unless said */
  constructor(
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv; by?: readonly string[] } = {},
  ) {
    const [runner = process.execPath, ...before] = options.by ?? []
    const child = spawn(runner, [...before, program, ...args], {
      cwd: options.cwd ?? projectDir,
      env: { ...process.env, MESH_ART_PASSPHRASE: passphrase, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
      for (const heard of this.#onSaid) heard()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
      for (const heard of this.#onSaid) heard()
    })
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => {
        clearTimeout(limit)
        for (const heard of this.#onSaid) heard()
        const mistakes = this.#stderr.split('\n').filter((line) => line.startsWith('mesh-art:'))
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr, mistakes })
      })
    })
  }

  get said(): string {
    return `${this.#stdout}\n${this.#stderr}`
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** @throws {Error} when it ends before it says so */
  async untilSaid(what: string | RegExp): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const heard = (): void => {
        const isSaid = typeof what === 'string' ? this.said.includes(what) : what.test(this.said)
        if (!isSaid && !this.hasEnded) return
        this.#onSaid.delete(heard)
        if (isSaid) resolve()
        else reject(new Error(`ended without saying '${what}':\n${this.said}`))
      }
      this.#onSaid.add(heard)
      heard()
    })
  }

  /** @returns how it ended, and how long that took */
  async kill(signal: NodeJS.Signals): Promise<Ended & { tookMs: number }> {
    const started = performance.now()
    this.#child.kill(signal)
    const ended = await this.ended
    return { ...ended, tookMs: performance.now() - started }
  }
}

export function startMeshArt(
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Command {
  const command = new Command(args, options)
  onTestFinished(async () => void (await command.kill('SIGKILL')))
  return command
}

/** Runs `mesh-art` to its end. */
export async function meshArt(
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return startMeshArt(args, options).ended
}
