/** Who stands where, and who takes after whom. */
import { face, seeded } from './features.ts'
import type { Face, Random } from './features.ts'

export interface Sheet {
  readonly columns: number
  readonly rows: number
  /** Side of the largest face, in columns; a power of two that divides both measures. */
  readonly largest: number
  /** Places where a face keeps its own features, whatever the others do. */
  readonly dissenters: readonly (Square & { readonly seed: number })[]
  readonly seed: number
  /** Whom to take after, instead of those further to the left. */
  readonly examples?: readonly Face[]
}
interface Square {
  readonly column: number
  readonly row: number
  readonly span: number
}
export interface Tile extends Square {
  readonly face: Face
}

export const smooth = (from: number, to: number, at: number): number => {
  const t = Math.min(1, Math.max(0, (at - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

const middle = (square: Square): number => square.column + square.span / 2

function contains(outer: Square, inner: Square): boolean {
  return (
    outer.column <= inner.column &&
    outer.row <= inner.row &&
    outer.column + outer.span >= inner.column + inner.span &&
    outer.row + outer.span >= inner.row + inner.span
  )
}

/** To the left a square seldom splits, to the right always. */
function divide(square: Square, sheet: Sheet, random: Random, out: Square[]): void {
  const wanted = sheet.dissenters.find((place) => contains(square, place))
  if (square.span === 1 || wanted?.span === square.span) {
    out.push(square)
    return
  }
  const across = middle(square) / sheet.columns
  const chance =
    square.span === 2
      ? 0.12 + smooth(0.16, 0.74, across)
      : square.span === 4
        ? 0.36 + smooth(0.1, 0.62, across)
        : 0.62 + across * 2
  if (wanted === undefined && random() >= chance) {
    out.push(square)
    return
  }
  const span = square.span / 2
  for (const [dx, dy] of [
    [0, 0],
    [span, 0],
    [0, span],
    [span, span],
  ] as const)
    divide({ column: square.column + dx, row: square.row + dy, span }, sheet, random, out)
}

/** Forty faces drawn by lot from those further to the left, but not much further. */
function sample(earlier: readonly Tile[], from: Square, reach: number, random: Random): readonly Face[] {
  const near = earlier.filter((tile) => middle(tile) > middle(from) - reach)
  const pool = near.length < 40 ? earlier : near
  return pool.length === 0
    ? []
    : Array.from({ length: 40 }, () => pool[Math.floor(random() * pool.length)]?.face).filter(
        (each) => each !== undefined,
      )
}

/** Square by square, from left to right. */
export function crowd(sheet: Sheet): readonly Tile[] {
  const random = seeded(sheet.seed)
  const squares: Square[] = []
  for (let column = 0; column < sheet.columns; column += sheet.largest) {
    for (let row = 0; row < sheet.rows; row += sheet.largest)
      divide({ column, row, span: sheet.largest }, sheet, random, squares)
  }
  squares.sort((a, b) => middle(a) - middle(b) || a.row - b.row)
  const followers: Tile[] = []
  const others: Tile[] = []
  for (const square of squares) {
    const own = sheet.dissenters.find(
      (place) => place.column === square.column && place.row === square.row && place.span === square.span,
    )
    if (own !== undefined) {
      others.push({ ...square, face: face([], 0, seeded(own.seed)) })
      continue
    }
    const examples = sheet.examples ?? sample(followers, square, sheet.columns / 5, random)
    const conformity = smooth(0.08, 0.8, middle(square) / sheet.columns)
    followers.push({ ...square, face: face(examples, conformity, random) })
  }
  return [...followers, ...others]
}
