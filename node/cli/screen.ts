export type Tone = 'well' | 'problem' | 'notice' | 'soft'

export interface ScreenLine {
  readonly text: string
  readonly tone?: Tone
}

export interface ScreenSize {
  readonly columns: number
  readonly rows: number
}

const inks: Readonly<Record<Tone, string>> = {
  well: '\u001b[1;32m',
  problem: '\u001b[1;31m',
  notice: '\u001b[33m',
  soft: '\u001b[2m',
}
const PLAIN = '\u001b[0m'
const REST_OF_LINE = '\u001b[K'
const REST_OF_SCREEN = '\u001b[J'
const FIRST_CORNER = '\u001b[H'

const letterBreaks = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Lines as they are printed once: all of them, in colour where there is colour. */
export function inLines(lines: readonly ScreenLine[], hasColour: boolean): string {
  return lines.map((line) => inked(line, line.text, hasColour)).join('\n')
}

/**
 * Lines over those that were there before, without a flash: each over the one it replaces, cut off at the edge, and as many as there is
 * room for. @param more what to say of those for which there is no room
 */
export function overScreen(
  lines: readonly ScreenLine[],
  { columns, rows }: ScreenSize,
  hasColour: boolean,
  more: (n: number) => string,
): string {
  // The last row stays free: a line that ends there would have the terminal scroll.
  const room = Math.max(1, rows - 1)
  const shown =
    lines.length <= room
      ? lines
      : [...lines.slice(0, room - 1), { text: more(lines.length - room + 1), tone: 'soft' as const }]
  const drawn = shown.map((line) => `${inked(line, cut(line.text, columns), hasColour)}${REST_OF_LINE}\n`)
  return `${FIRST_CORNER}${drawn.join('')}${REST_OF_SCREEN}`
}

function inked({ tone }: ScreenLine, text: string, hasColour: boolean): string {
  return tone === undefined || !hasColour ? text : `${inks[tone]}${text}${PLAIN}`
}

/** In letters as they are seen: one of a name from anywhere may be several code points. */
function cut(text: string, columns: number): string {
  if (text.length <= columns) return text
  const letters = Array.from(letterBreaks.segment(text), ({ segment }) => segment)
  return letters.length <= columns ? text : `${letters.slice(0, Math.max(0, columns - 1)).join('')}…`
}
