import { Writable } from 'node:stream'

const MAX_LINES = 400
const MAX_LINE = 400

/** The last lines of this run's log, for a diagnostics bundle: in memory only. */
export class LogRing extends Writable {
  readonly #lines: string[] = []

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    for (const line of chunk.toString('utf8').split('\n')) {
      if (line === '') continue
      this.#lines.push(line.slice(0, MAX_LINE))
      if (this.#lines.length > MAX_LINES) this.#lines.shift()
    }
    done()
  }

  /** Oldest first. */
  lines(): readonly string[] {
    return this.#lines
  }
}
