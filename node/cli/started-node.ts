import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import frugalFlags from '../frugal-flags.json' with { type: 'json' }
import { programDir } from '../version.ts'
import { CommandError } from './errors.ts'
import { note } from './output.ts'

const START_TIMEOUT_MS = 60_000
const SLOW_START_MS = 10_000
/** The node itself gives up after ten seconds. */
const STOP_TIMEOUT_MS = 12_000

/** A node in a process of its own. What it says on stderr is passed on under its name. */
export class StartedNode {
  readonly name: string
  /** Resolves, when the process has ended, with its last word. */
  readonly ended: Promise<string>
  readonly #child: ChildProcess
  #said = ''
  #lastNote = ''
  #isStopping = false
  #onSaid: () => void = () => undefined

  constructor(name: string, args: readonly string[]) {
    this.name = name
    // The channel tells it when this process is gone, however that ends.
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const
    const program = join(programDir, 'node', 'bin.js')
    const child = spawn(process.execPath, [...frugalFlags, ...process.execArgv, program, 'node', ...args], {
      stdio: [...stdio],
    })
    this.#child = child
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text
      this.#onSaid()
    })
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => this.#pass(line))
    this.ended = new Promise((resolve) => {
      child.once('error', (err) => resolve(err.message))
      child.once('close', (code, signal) => resolve(this.#lastNote || `exit ${code ?? signal ?? '?'}`))
    })
  }

  get url(): string {
    return /http:\/\/\S+/.exec(this.#said)?.[0] ?? ''
  }

  /** Null for a node that cannot let others in. */
  get invite(): string | null {
    return /mesh-art-invite:\S+/.exec(this.#said)?.[0] ?? null
  }

  /** @throws {CommandError} with what it said last */
  async untilStarted(): Promise<void> {
    const slow = setTimeout(() => note(`still waiting for ${this.name} …`), SLOW_START_MS)
    let timer: NodeJS.Timeout | undefined
    try {
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#onSaid = () => {
            if (this.#said.includes('In the mesh as')) resolve()
          }
          this.#onSaid()
        }),
        this.ended.then((why) => {
          throw new CommandError(`${this.name} did not start: ${why}`)
        }),
        new Promise((_, reject) => {
          timer = setTimeout(
            () => reject(new CommandError(`${this.name} did not start within a minute`)),
            START_TIMEOUT_MS,
          )
        }),
      ])
    } finally {
      clearTimeout(slow)
      clearTimeout(timer)
    }
  }

  stop(): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#child.kill('SIGTERM')
    setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS).unref()
  }

  /** Its failure is told once, by whoever waits for it. */
  #pass(line: string): void {
    const failure = /^mesh-art: (.*)$/.exec(line)?.[1]
    if (failure !== undefined) this.#lastNote = failure.replace('--http HOST:PORT', '--port')
    else if (line !== '' && !this.#isStopping) note(`${this.name}: ${line}`)
  }
}
