/** Draws the polder at one moment, seen from above, as SVG. */
import {
  backAt,
  camera,
  failing,
  hops,
  mill,
  plots,
  seconds,
  side,
  smooth,
  speed,
  takenAt,
  water,
  wheelSize,
  wheelSpeed,
} from './polder.ts'
import type { Plot } from './polder.ts'

export const fps = 25
const ink = '#161410'
const paper = '#f3f0e8'
const blue = '#2440d8'
const sun = '#f5b800'
const tones = ['#0b7a4a', '#5fa886', '#0b7a4a', '#9fcab4', '#f5b800'] as const
const marks = ['#5fa886', '#0b7a4a', '#f5b800', '#0b7a4a', '#f3f0e8'] as const
const ruledTone = '#5fa886'
const n = (value: number): string => String(Math.round(value * 100) / 100)

function blend(from: string, to: string, share: number): string {
  const part = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share))
  return `rgb(${mixed.join(',')})`
}

/** How far each wheel has turned at each frame. The film ends as it began, so full quarters only. */
function turned(rate: (at: number) => number, quarters: boolean): Float64Array {
  const angles = new Float64Array(seconds * fps + 1)
  for (let frame = 1; frame < angles.length; frame += 1)
    angles[frame] = (angles[frame - 1] ?? 0) + rate(frame / fps) / fps
  const total = angles.at(-1) ?? 0
  const scale = quarters && total > 0.25 ? Math.round(total * 4) / 4 / total : 1
  return angles.map((angle) => angle * scale * 360)
}
const millAngles = plots.map((_, index) => turned((at) => speed(index, at), true))
const wheelAngles = turned(wheelSpeed, false)

function pattern(
  plot: Plot,
  x: number,
  y: number,
  w: number,
  h: number,
  colour: string,
  share: number,
): string {
  if (plot.furrows === 'none' || share <= 0.02 || w < 8 || h < 8) return ''
  const right = x + w
  const bottom = y + h
  let d = ''
  const gap = 15
  if (plot.furrows === 'dots') {
    for (let row = Math.ceil(y / 22) * 22; row < bottom - 5; row += 22) {
      for (let column = Math.ceil(x / 22) * 22; column < right - 5; column += 22)
        if (row > y + 5 && column > x + 5)
          d += `M${n(column - 3.4)} ${n(row)}a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0`
    }
    return `<path d="${d}" fill="${colour}" opacity="${n(share)}"/>`
  }
  if (plot.furrows !== 'down')
    for (let row = Math.ceil(y / gap) * gap; row < bottom - 2; row += gap)
      if (row > y + 2) d += `M${n(x)} ${n(row)}H${n(right)}`
  if (plot.furrows !== 'across')
    for (let column = Math.ceil(x / gap) * gap; column < right - 2; column += gap)
      if (column > x + 2) d += `M${n(column)} ${n(y)}V${n(bottom)}`
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${plot.furrows === 'cross' ? 2 : 4}" opacity="${n(share)}"/>`
}

function land(plot: Plot, index: number, at: number): string {
  const under = water(index, at)
  const inset = 5 + (under * Math.min(plot.w, plot.h)) / 2
  const w = plot.w - inset * 2
  const h = plot.h - inset * 2
  if (w <= 0.5 || h <= 0.5) return ''
  const ruled =
    smooth(takenAt(plot), takenAt(plot) + 1.6, at) * (1 - smooth(backAt(index), backAt(index) + 0.5, at))
  const tone = blend(tones[plot.tone] ?? ruledTone, ruledTone, ruled)
  const x = plot.x + inset
  const y = plot.y + inset
  const round = Math.min(w / 2, h / 2, 3 + under * 90)
  const clip = `<clipPath id="p${index}"><rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(round)}"/></clipPath>`
  return `${clip}<g clip-path="url(#p${index})"><rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${tone}"/>${pattern(plot, x, y, w, h, marks[plot.tone] ?? paper, 1 - ruled)}</g>`
}

function windmill(plot: Plot, index: number, frame: number, at: number): string {
  const stands = mill(index, at)
  const radius = Math.min(plot.w, plot.h) * 0.34
  if (stands < 0.02) return `<circle cx="${n(plot.cx)}" cy="${n(plot.cy)}" r="5" fill="${ink}"/>`
  const stopped = index === failing ? smooth(55.4, 56, at) - smooth(60.2, 61, at) : 0
  const sail = (turn: number): string =>
    `<g transform="rotate(${turn})"><path d="M0 0V${n(-radius * 0.88)}" stroke="${ink}" stroke-width="${n(radius * 0.075)}"/><rect x="0" y="${n(-radius * 0.88)}" width="${n(radius * 0.27)}" height="${n(radius * 0.6)}" fill="${stopped > 0.5 ? paper : ink}" stroke="${ink}" stroke-width="${n(radius * 0.05)}"/><path d="M${n(radius * 0.135)} ${n(-radius * 0.86)}V${n(-radius * 0.3)}M0 ${n(-radius * 0.68)}H${n(radius * 0.27)}M0 ${n(-radius * 0.48)}H${n(radius * 0.27)}" stroke="${stopped > 0.5 ? ink : paper}" stroke-width="${n(radius * 0.03)}" fill="none"/></g>`
  const cap = index % 3 === 0 ? '#d8381f' : sun
  return `<g transform="translate(${n(plot.cx)} ${n(plot.cy)}) scale(${n(stands)})"><circle r="${n(radius)}" fill="${paper}"/><g transform="rotate(${n((millAngles[index]?.[frame] ?? 0) + ((index * 31) % 90))})">${[0, 90, 180, 270].map(sail).join('')}</g><circle r="${n(radius * 0.14)}" fill="${cap}"/></g>`
}

/** Straight to the middle: one line for each plot. */
function pipes(at: number): string {
  const withdrawn = smooth(44, 47.5, at)
  return plots
    .map((plot) => {
      const grown = smooth(takenAt(plot) - 1.6, takenAt(plot), at) * (1 - withdrawn)
      if (grown <= 0.005) return ''
      const x = side / 2 + (plot.cx - side / 2) * grown
      const y = side / 2 + (plot.cy - side / 2) * grown
      return `<path d="M${side / 2} ${side / 2}L${n(x)} ${n(y)}" stroke="${ink}" stroke-width="6"/>`
    })
    .join('')
}

/** From neighbour to neighbour: a line is there once the nearer of the two can reach the other. */
function ties(at: number): string {
  const drawn: string[] = []
  plots.forEach((plot, index) => {
    for (const next of plot.neighbours) {
      const other = plots[next]
      const nearer =
        (hops[index] ?? 0) < (hops[next] ?? 0) || ((hops[index] ?? 0) === (hops[next] ?? 0) && index < next)
      if (other === undefined || !nearer) continue
      const start = Math.max(backAt(index) + 0.9, backAt(next) - 1.1)
      const grown = smooth(start, start + 1.1, at) * (1 - smooth(61, 62.4, at))
      if (grown <= 0.005) continue
      const helps = index === failing || next === failing ? smooth(55.8, 56.8, at) - smooth(60, 61, at) : 0
      drawn.push(
        `<path d="M${n(plot.cx)} ${n(plot.cy)}L${n(plot.cx + (other.cx - plot.cx) * grown)} ${n(plot.cy + (other.cy - plot.cy) * grown)}" stroke="${paper}" stroke-width="${n(4 + helps * 9)}"/>`,
      )
    }
  })
  return drawn.join('')
}

function wheel(frame: number, at: number): string {
  const size = wheelSize(at)
  if (size < 0.01) return ''
  const still = smooth(30, 33, at)
  const blades = Array.from(
    { length: 12 },
    (_, blade) =>
      `<path d="M0 -46V-128A128 128 0 0 1 33.1 -123.6L11.9 -44.4Z" fill="${blend(paper, blue, still)}" transform="rotate(${blade * 30})"/>`,
  )
  return `<g transform="translate(${side / 2} ${side / 2}) scale(${n(size)})"><circle r="146" fill="${ink}"/><g transform="rotate(${n(wheelAngles[frame] ?? 0)})">${blades.join('')}</g><circle r="30" fill="${blend(sun, ink, still)}" stroke="${paper}" stroke-width="${n(3 * still)}"/></g>`
}

/** `view` is the part of the world to show, for stills; the film moves its own camera. */
export function picture(frame: number, width: number, height: number, view?: string): string {
  const at = frame / fps
  const eye = camera(at)
  const half = side / 2 / eye.zoom
  const box = view ?? `${n(eye.x - half)} ${n(eye.y - half)} ${n(half * 2)} ${n(half * 2)}`
  const parts = [
    `<rect x="-400" y="-400" width="1900" height="1900" fill="${blue}"/>`,
    ...plots.map((plot, index) => land(plot, index, at)),
    pipes(at),
    ties(at),
    ...plots.map((plot, index) => windmill(plot, index, frame, at)),
    wheel(frame, at),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box}">${parts.join('')}</svg>`
}
