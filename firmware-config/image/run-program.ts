import { spawn } from 'node:child_process'
import { ImageError } from './image-error.ts'

export interface ProgramRun {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly signal?: AbortSignal
  /** Each line of what it says, as it says it. */
  readonly onLine?: (line: string) => void
}

const keptBytes = 64 * 1024

/** Runs a program to its end. @returns what it wrote to stdout @throws {ImageError} with the last it said when it fails */
export async function runProgram(run: ProgramRun): Promise<string> {
  const { command, args, cwd, env = {}, input, signal, onLine } = run
  const child = spawn(command, args, {
    cwd,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      ...env,
    },
    ...(signal === undefined ? {} : { signal }),
  })
  child.stdin?.end(input)
  const output: Buffer[] = []
  let said = ''
  let rest = ''
  const hear = (bytes: Buffer): void => {
    said = `${said}${bytes.toString()}`.slice(-keptBytes)
    const lines = `${rest}${bytes.toString()}`.split(/[\r\n]+/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') onLine?.(line.trim())
  }
  child.stdout?.on('data', (bytes: Buffer) => {
    output.push(bytes)
    hear(bytes)
  })
  child.stderr?.on('data', hear)
  await new Promise<void>((done, fail) => {
    child.once('error', (cause) => {
      fail(new ImageError(`${command} did not run: ${cause.message}`, { cause }))
    })
    child.once('close', (status) => {
      if (status === 0) done()
      else
        fail(new ImageError(`${command} failed (${status}): ${said.trim().split('\n').slice(-6).join('\n')}`))
    })
  })
  return Buffer.concat(output).toString()
}
