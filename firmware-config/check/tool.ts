import { spawn } from 'node:child_process'

/** A program that says whether a file is good. */
export interface ToolRun {
  readonly command: string
  readonly args: readonly string[]
  /** Ends it: it has read its file and found nothing. Without it the program ends by itself. */
  readonly goodSign?: RegExp
  readonly env?: Readonly<Record<string, string>>
}

export interface ToolSaid {
  /** Null when it was ended. */
  readonly status: number | null
  readonly output: string
  readonly isMissing: boolean
}

/** What hangs is ended: no validator needs this long. */
const timeLimitMs = 20_000
const maxOutput = 64 * 1024

/** Runs a validator; both its outputs as one text. */
export async function runTool({ command, args, goodSign, env = {} }: ToolRun): Promise<ToolSaid> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
      LC_ALL: 'C.UTF-8',
      SYSTEMD_COLORS: '0',
      SYSTEMD_PAGER: '',
      ...env,
    },
  })
  let output = ''
  const hear = (bytes: Buffer): void => {
    if (output.length < maxOutput) output += bytes.toString()
    if (goodSign?.test(output) === true) child.kill('SIGKILL')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const stop = setTimeout(() => child.kill('SIGKILL'), timeLimitMs)
  return new Promise((settle) => {
    child.once('error', (error) => {
      clearTimeout(stop)
      settle({
        status: null,
        output: error.message,
        isMissing: (error as NodeJS.ErrnoException).code === 'ENOENT',
      })
    })
    child.once('close', (status) => {
      clearTimeout(stop)
      settle({ status, output, isMissing: false })
    })
  })
}
