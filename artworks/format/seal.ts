import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** A seal is six by six cells; cell i stands for the i-th thirty-sixth of a work's chunks. */
export const sealSide = 6
export const sealCells = sealSide * sealSide

export const sealForms = ['disc', 'quarter', 'half', 'triangle', 'square'] as const
export type SealForm = (typeof sealForms)[number]

export interface SealCell {
  form: SealForm
  /** Quarter turns clockwise. */
  turn: 0 | 1 | 2 | 3
  /** One in four: drawn in the sun's ink instead of the track's. */
  sun: boolean
}

/**
 * The seal of one version of a work: cell i is read from SHA-256 of `{root}:{i}`, root being the CID as base32 text.
 * Byte 0 modulo 5 is the form, byte 1 modulo 4 the turn, byte 2 below 64 the sun.
 */
export function sealOf(root: string): readonly SealCell[] {
  const known = memory.get(root)
  if (known !== undefined) return known
  const cells = Array.from({ length: sealCells }, (_, index): SealCell => {
    const hash = sha256(utf8ToBytes(`${root}:${index}`))
    return {
      form: sealForms[(hash[0] ?? 0) % sealForms.length] ?? 'disc',
      turn: ((hash[1] ?? 0) % 4) as SealCell['turn'],
      sun: (hash[2] ?? 0) < 64,
    }
  })
  // A page draws the same seal many times while a work arrives; a visit sees few works.
  if (memory.size >= memoryLimit) memory.clear()
  memory.set(root, cells)
  return cells
}

const memoryLimit = 2000
const memory = new Map<string, readonly SealCell[]>()

/** Path of one cell in a drawing in which a cell is one unit wide. */
export function cellPath(cell: SealCell, index: number): string {
  const column = index % sealSide
  const row = Math.floor(index / sealSide)
  const at = (x: number, y: number): string => {
    const [turnedX, turnedY] = turned(x, y, cell.turn)
    return `${column + turnedX} ${row + turnedY}`
  }
  switch (cell.form) {
    case 'disc':
      return `M${at(0, 0.5)}A.5 .5 0 0 1 ${at(1, 0.5)}A.5 .5 0 0 1 ${at(0, 0.5)}Z`
    case 'quarter':
      return `M${at(0, 0)}L${at(1, 0)}A1 1 0 0 1 ${at(0, 1)}Z`
    case 'half':
      return `M${at(0, 1)}L${at(0, 0.5)}A.5 .5 0 0 1 ${at(1, 0.5)}L${at(1, 1)}Z`
    case 'triangle':
      return `M${at(0, 0)}L${at(1, 0)}L${at(0, 1)}Z`
    case 'square':
      return `M${at(0, 0)}L${at(1, 0)}L${at(1, 1)}L${at(0, 1)}Z`
  }
}

/** About the middle of the cell; whole quarter turns keep every coordinate exact. */
function turned(x: number, y: number, turn: SealCell['turn']): [number, number] {
  if (turn === 0) return [x, y]
  if (turn === 1) return [1 - y, x]
  if (turn === 2) return [1 - x, 1 - y]
  return [y, 1 - x]
}

export interface SealDrawing {
  /** One path an ink: neighbouring cells in one path show no seam between them. */
  track: string
  sun: string
  /** One path of dots for what has not come yet. */
  dots: string
}

/** `cells` as in the contract's `Progress`: 36 characters, `1` where that part of the work is here. */
export function drawSeal(root: string, cells: string): SealDrawing {
  const drawing: SealDrawing = { track: '', sun: '', dots: '' }
  sealOf(root).forEach((cell, index) => {
    if (cells[index] === '1') drawing[cell.sun ? 'sun' : 'track'] += cellPath(cell, index)
    else drawing.dots += dotPath(index)
  })
  return drawing
}

const dotRadius = 0.07

function dotPath(index: number): string {
  const x = (index % sealSide) + 0.5
  const y = Math.floor(index / sealSide) + 0.5
  const arc = `a${dotRadius} ${dotRadius} 0 0 1`
  return `M${round(x - dotRadius)} ${y}${arc} ${2 * dotRadius} 0${arc} ${-2 * dotRadius} 0Z`
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/** Cells that have come between two states of progress: only these move. */
export function newCells(before: string, after: string): number[] {
  return Array.from({ length: sealCells }, (_, index) => index).filter(
    (index) => after[index] === '1' && before[index] !== '1',
  )
}

export const fullCells = '1'.repeat(sealCells)
