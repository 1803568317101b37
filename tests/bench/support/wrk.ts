import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface WrkResult {
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
  /** Milliseconds. */
  readonly p99: number
}

const units: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
}

/** Debian's wrk: a generator that costs less than what it measures. @throws when any answer was no success */
export async function wrk(
  program: string,
  { url, connections, seconds }: { url: string; connections: number; seconds: number },
): Promise<WrkResult> {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '--latency', url]
  const { stdout } = await promisify(execFile)(program, args)
  if (/Non-2xx|Socket errors: connect [1-9]/.test(stdout)) throw new Error(`${url}: ${stdout}`)
  const of = (pattern: RegExp): number => {
    const [, value = '', unit = 'B'] = pattern.exec(stdout) ?? []
    return Number(value) * (units[unit] ?? 1)
  }
  return {
    requestsPerSecond: of(/Requests\/sec:\s+([\d.]+)/),
    bytesPerSecond: of(/Transfer\/sec:\s+([\d.]+)(\w+)/),
    p99: of(/99%\s+([\d.]+)(\w+)/),
  }
}
