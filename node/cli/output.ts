import { renderUnicodeCompact } from 'uqr'

/** Where a command writes: results on stdout, everything else on stderr, so that a pipe gets the data alone. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`)
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** White on black whatever colours the terminal has: many phones do not read a code whose colours are swapped. */
const QR_COLOURS = '\u001b[38;5;231;48;5;16m'
const NO_COLOURS = '\u001b[0m'

/** On a terminal that is wide enough for it; elsewhere nothing. */
export function printQrCode(text: string): void {
  if (!process.stdout.isTTY) return
  const lines = renderUnicodeCompact(text, { border: 2 }).split('\n')
  if (lines.some((line) => line.length > process.stdout.columns)) return
  for (const line of lines) print(`${QR_COLOURS}${line}${NO_COLOURS}`)
  print()
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`
}

/** How often a line of progress is drawn, at most; nothing is drawn before the first second is over. */
const DRAW_EVERY_MS = 100
const QUIET_MS = 1000
/** Without a terminal a line is written this often. */
const LINE_EVERY_MS = 5000

/** One line of progress on stderr for what takes longer than a second: redrawn on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #startMs = performance.now()
  #drawnMs = 0
  #isDrawn = false

  show(text: string): void {
    const now = performance.now()
    if (now - this.#startMs < QUIET_MS) return
    if (process.stderr.isTTY) {
      if (now - this.#drawnMs < DRAW_EVERY_MS) return
      process.stderr.write(`\r\u001b[2K${text}`)
      this.#isDrawn = true
    } else {
      if (this.#drawnMs !== 0 && now - this.#drawnMs < LINE_EVERY_MS) return
      process.stderr.write(`${text}\n`)
    }
    this.#drawnMs = now
  }

  /** Takes the line away. */
  done(): void {
    if (this.#isDrawn) process.stderr.write('\r\u001b[2K')
    this.#isDrawn = false
  }
}

/** Columns with two spaces between; the last is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)))
  return rows
    .map((row) =>
      row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '),
    )
    .join('\n')
}
