import type { LackCauseName } from '../../node/http/contracts/tech.ts'
import type { Matrix } from './model/matrix.ts'

/** Ink by cause; each also has a form, for who sees no colour. */
const inks: Readonly<Record<LackCauseName, string>> = {
  coming: '--sun',
  refetching: '--sun',
  'disk-full': '--public-ai',
  unreachable: '--public-ai',
  refused: '--decentralised-web',
  withdrawn: '--soft',
  'not-granted': '--next-socials',
}

export interface MatrixFrame {
  /** Of a cell, in CSS pixels. */
  readonly w: number
  readonly h: number
  /** A cell with a frame of its own. */
  readonly cell: { readonly row: number; readonly column: number } | undefined
}

/** Whole cells are a faint field drawn at once; what lacks is a form on it. @param style whose inks it is drawn in */
export function drawMatrix(
  canvas: HTMLCanvasElement,
  { rows, columns, runs }: Matrix,
  { w, h, cell }: MatrixFrame,
  style: CSSStyleDeclaration,
): void {
  const [width, height] = [columns * w, rows * h]
  const scale = Math.min(2, globalThis.devicePixelRatio)
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.style.setProperty('width', `${width}px`)
  canvas.style.setProperty('height', `${height}px`)
  const context = canvas.getContext('2d')
  if (context === null) return
  // Read once each: a mesh with many gaps asks for them thousands of times.
  const known = new Map<string, string>()
  const ink = (name: string): string => {
    const value = known.get(name) ?? style.getPropertyValue(name).trim()
    known.set(name, value)
    return value
  }
  const gap = w > 4 ? 1 : 0
  context.scale(scale, scale)
  context.fillStyle = ink('--digital-autonomy-tint')
  context.fillRect(0, 0, width, height)
  for (const { row, column, length, cause, filled } of runs) {
    const [x, y] = [column * w, row * h]
    if (filled < 1) {
      context.fillStyle = ink('--paper')
      context.fillRect(x, y, length * w, h)
    }
    context.fillStyle = ink(inks[cause])
    const tall = h * filled
    context.fillRect(x, y + h - tall, length * w, tall)
  }
  context.fillStyle = ink('--paper')
  for (let row = 1; row <= rows; row += 1) context.fillRect(0, row * h - 1, width, 1)
  if (gap > 0)
    for (let column = 1; column <= columns; column += 1) context.fillRect(column * w - 1, 0, 1, height)
  if (cell === undefined) return
  context.strokeStyle = ink('--ink')
  context.lineWidth = 2
  context.strokeRect(cell.column * w + 1, cell.row * h + 1, Math.max(3, w - gap - 2), h - 3)
}
