import { boxesMeet, boxInside, grown, segmentMeetsBox } from './geometry.ts'
import type { Box, Point } from './geometry.ts'

export interface LabelWish {
  id: string
  at: Point
  radius: number
  width: number
  height: number
  /** Placed before others: 'you are here'. */
  first: boolean
}

export interface PlacedLabel {
  id: string
  box: Box
  align: 'start' | 'middle' | 'end'
}

export interface Obstacles {
  segments: readonly { from: Point; to: Point }[]
  discs: readonly { id: string; at: Point; radius: number }[]
  frame: Box
}

const gap = 7
const clearance = 3

/**
 * Gives every label a place beside its node that touches no link, no other node and no other label. A label for which
 * there is no such place is left out: the list beside the drawing still names its node.
 */
export function placeLabels(wishes: readonly LabelWish[], obstacles: Obstacles): PlacedLabel[] {
  const open = wishes.map((wish) => ({
    wish,
    candidates: candidatesOf(wish).filter((candidate) => isClear(candidate.box, wish.id, obstacles)),
  }))
  // Whoever has the fewest ways out goes first; ties by id, so that the drawing does not depend on the order given.
  open.sort(
    (a, b) =>
      Number(b.wish.first) - Number(a.wish.first) ||
      a.candidates.length - b.candidates.length ||
      (a.wish.id < b.wish.id ? -1 : 1),
  )
  const placed: PlacedLabel[] = []
  for (const { candidates } of open) {
    const free = candidates.find(
      (candidate) => !placed.some((label) => boxesMeet(grown(label.box, clearance), candidate.box)),
    )
    if (free !== undefined) placed.push(free)
  }
  return placed
}

function isClear(box: Box, id: string, { segments, discs, frame }: Obstacles): boolean {
  const wide = grown(box, clearance)
  return (
    boxInside(box, frame) &&
    !segments.some(({ from, to }) => segmentMeetsBox(from, to, wide)) &&
    !discs.some(
      ({ id: other, at, radius }) =>
        other !== id &&
        boxesMeet(wide, {
          left: at.x - radius,
          right: at.x + radius,
          top: at.y - radius,
          bottom: at.y + radius,
        }),
    )
  )
}

/** Best first: beside the node as one reads, then above and below, then aslant, then the same a step further off. */
function candidatesOf({ id, at, radius, width, height }: LabelWish): PlacedLabel[] {
  return [0, 8, 18].flatMap((further) => {
    const off = radius + gap + further
    const slant = off * 0.72
    const beside = (align: PlacedLabel['align'], left: number, top: number): PlacedLabel => ({
      id,
      align,
      box: { left, top, right: left + width, bottom: top + height },
    })
    return [
      beside('start', at.x + off, at.y - height / 2),
      beside('end', at.x - off - width, at.y - height / 2),
      beside('middle', at.x - width / 2, at.y - off - height),
      beside('middle', at.x - width / 2, at.y + off),
      beside('start', at.x + slant, at.y - slant - height),
      beside('start', at.x + slant, at.y + slant),
      beside('end', at.x - slant - width, at.y - slant - height),
      beside('end', at.x - slant - width, at.y + slant),
      beside('middle', at.x - width * 0.25, at.y - off - height),
      beside('middle', at.x - width * 0.75, at.y - off - height),
      beside('middle', at.x - width * 0.25, at.y + off),
      beside('middle', at.x - width * 0.75, at.y + off),
      beside('start', at.x + off, at.y - height),
      beside('start', at.x + off, at.y),
      beside('end', at.x - off - width, at.y - height),
      beside('end', at.x - off - width, at.y),
    ]
  })
}
