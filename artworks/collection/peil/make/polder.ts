/** The polder as it is: plots, their neighbours, their mills, and how high the water stands at any moment. */

export const side = 1080
export const seconds = 64
/** The plot the film begins and ends with, and the one whose mill fails near the end. */
export const hero = 6
export const failing = 17

export interface Plot {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly cx: number
  readonly cy: number
  readonly tone: number
  readonly furrows: 'none' | 'across' | 'down' | 'cross' | 'dots'
  /** Turns a second when it runs by itself. */
  readonly speed: number
  readonly phase: number
  readonly neighbours: number[]
}

const smooth = (from: number, to: number, at: number): number => {
  const t = Math.min(1, Math.max(0, (at - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
export { smooth }

const rows: readonly (readonly [number, readonly number[]])[] = [
  [180, [3, 2, 3.4, 2.4]],
  [200, [2, 3, 2.6, 1.9, 2.4]],
  [160, [3.6, 2.4, 4]],
  [220, [2.2, 1.8, 2.6, 2, 2.4]],
  [150, [3, 4, 2.6]],
  [170, [2, 2.5, 1.8, 2.6, 2.2]],
]
const furrows = ['none', 'across', 'down', 'dots', 'across', 'cross', 'down'] as const

function lay(): readonly Plot[] {
  const plots: Plot[] = []
  let y = 0
  for (const [h, shares] of rows) {
    const total = shares.reduce((sum, share) => sum + share, 0)
    let x = 0
    for (const share of shares) {
      const w = (share / total) * side
      const index = plots.length
      plots.push({
        x,
        y,
        w,
        h,
        cx: x + w / 2,
        cy: y + h / 2,
        tone: (index * 7 + 3) % 5,
        furrows: furrows[(index * 5 + 1) % furrows.length] ?? 'none',
        speed: 0.1 + ((index * 37) % 11) * 0.012,
        phase: (index * 2.399) % 6.283,
        neighbours: [],
      })
      x += w
    }
    y += h
  }
  plots.forEach((a, i) => {
    plots.forEach((b, j) => {
      const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)
      const down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
      const beside = Math.abs(across) < 1 && down > 40
      const above = Math.abs(down) < 1 && across > 40
      if (i !== j && (beside || above)) a.neighbours.push(j)
    })
  })
  return plots
}
export const plots = lay()

/** Hops from the hero, neighbour by neighbour. */
export const hops: readonly number[] = (() => {
  const found = plots.map((_, index) => (index === hero ? 0 : Infinity))
  const queue = [hero]
  for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
    for (const next of plots[index]?.neighbours ?? []) {
      if (found[next] !== Infinity) continue
      found[next] = (found[index] ?? 0) + 1
      queue.push(next)
    }
  }
  return found
})()

const distance = (plot: Plot): number => Math.hypot(plot.cx - side / 2, plot.cy - side / 2) / 700

/** When the great wheel takes a plot over, and when its own mill comes back. */
export const takenAt = (plot: Plot): number => 14.2 + distance(plot) * 6
export const backAt = (index: number): number => 43.5 + (hops[index] ?? 0) * 2 + ((index * 13) % 7) * 0.12

/** 1: the plot's own mill stands; 0: it has been taken away. */
export function mill(index: number, at: number): number {
  const plot = plots[index]
  if (plot === undefined) return 0
  return 1 - smooth(takenAt(plot), takenAt(plot) + 1, at) + smooth(backAt(index), backAt(index) + 1, at)
}

/** Turns a second. */
export function speed(index: number, at: number): number {
  const plot = plots[index]
  if (plot === undefined) return 0
  const own =
    plot.speed *
    (1 -
      smooth(takenAt(plot) - 1, takenAt(plot) + 0.4, at) +
      smooth(backAt(index) + 0.5, backAt(index) + 2, at))
  const gone = smooth(55.2, 56, at)
  const back = smooth(60.2, 61.4, at)
  if (index === failing) return own * (1 - gone + back)
  const helps = plots[failing]?.neighbours.includes(index) === true
  return own + (helps ? plot.speed * 1.3 * (smooth(55.8, 57, at) - smooth(60, 61.4, at)) : 0)
}

/** The share of the plot that is under water, counted from its edge inward. */
export function water(index: number, at: number): number {
  const plot = plots[index]
  if (plot === undefined) return 0
  const own = 0.09 + 0.055 * Math.sin((at / seconds) * Math.PI * 2 * (4 + (index % 4)) + plot.phase)
  const ruled = smooth(takenAt(plot), takenAt(plot) + 2, at) * (1 - smooth(43, 44, at))
  const level = own + (0.06 - own) * ruled
  const flood = smooth(32.4 + distance(plot) * 1.6, 41 + ((index * 5) % 6) * 0.22, at)
  const dry = smooth(backAt(index) + 0.6, backAt(index) + 4.2, at)
  const drowned = Math.max(0, flood - dry)
  const failed = index === failing ? 0.5 * (smooth(55.4, 57, at) - smooth(57.4, 60, at)) : 0
  return Math.min(1, level + (1.02 - level) * drowned + failed)
}

/** Size and speed of the great wheel. */
export const wheelSize = (at: number): number => smooth(11.8, 13.8, at) - smooth(46.5, 49.5, at)
export const wheelSpeed = (at: number): number => 0.22 * (smooth(13, 16, at) - smooth(28.8, 32.6, at))

export function camera(at: number): { readonly x: number; readonly y: number; readonly zoom: number } {
  const away = smooth(3.5, 9.5, at) - smooth(60, 63.6, at)
  const plot = plots[hero]
  const close = 3.4
  const zoom = close ** (1 - away)
  const part = (1 / zoom - 1 / close) / (1 - 1 / close)
  const from = plot ?? { cx: 0, cy: 0 }
  return { x: from.cx + (side / 2 - from.cx) * part, y: from.cy + (side / 2 - from.cy) * part, zoom }
}
