export interface Touch {
  x: number
  y: number
  /** Milliseconds, of any clock. */
  at: number
}

const leastAcross = 60
const mostSlope = 0.5
const longestMs = 700

/** Where a quick stroke across leads: a finger going left brings what is on the right. Undefined for anything else. */
export function swipeOf(start: Touch, end: Touch): 'previous' | 'next' | undefined {
  const across = end.x - start.x
  const aside = Math.abs(end.y - start.y)
  if (Math.abs(across) < leastAcross || aside > Math.abs(across) * mostSlope) return undefined
  if (end.at - start.at > longestMs) return undefined
  return across < 0 ? 'next' : 'previous'
}
