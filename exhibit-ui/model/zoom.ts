/** Where a picture stands in its frame: shift of its middle in CSS pixels, and how many times it is enlarged. */
export interface View {
  scale: number
  x: number
  y: number
}

export interface Extent {
  width: number
  height: number
}

export const fitView: View = { scale: 1, x: 0, y: 0 }
export const largestScale = 12

/** Keeps a picture from being lost: not smaller than fitting, and no edge dragged past the frame's middle line. */
export function clampView(view: View, frame: Extent, fitted: Extent): View {
  const scale = Math.min(largestScale, Math.max(1, view.scale))
  const reachX = Math.max(0, (fitted.width * scale - frame.width) / 2)
  const reachY = Math.max(0, (fitted.height * scale - frame.height) / 2)
  return { scale, x: between(view.x, -reachX, reachX), y: between(view.y, -reachY, reachY) }
}

/** Enlarges by `factor` so that the point under the finger stays under it. `point` is from the frame's middle. */
export function zoomAt(view: View, factor: number, point: { x: number; y: number }): View {
  const scale = Math.min(largestScale, Math.max(1, view.scale * factor))
  const ratio = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio }
}

/** The size of a picture that is as large as fits in the frame. */
export function fitInto(frame: Extent, natural: Extent): Extent {
  if (natural.width <= 0 || natural.height <= 0) return { width: 0, height: 0 }
  const ratio = Math.min(frame.width / natural.width, frame.height / natural.height)
  return { width: natural.width * ratio, height: natural.height * ratio }
}

const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value)) + 0
