/** Marks: the few shapes everything is drawn with, as SVG. */
import { inks } from './features.ts'
import type { Ink } from './features.ts'

export const n = (value: number): string => String(Math.round(value * 100) / 100)
export const disc = (x: number, y: number, r: number, paint: string): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" ${paint}/>`
export const rect = (x: number, y: number, w: number, h: number, paint: string): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" ${paint}/>`
export const path = (d: string, paint: string): string => `<path d="${d}" ${paint}/>`
export const fill = (ink: Ink): string => `fill="${inks[ink]}"`
export const line = (ink: Ink, width: number): string =>
  `fill="none" stroke="${inks[ink]}" stroke-width="${n(width)}"`

export function stripes(ink: Ink, step: number, slope: number): string {
  let d = ''
  for (let at = -100; at < 200; at += step) d += `M-5 ${n(at)}L105 ${n(at + slope)}`
  return path(d, line(ink, step * 0.42))
}

export function dots(ink: Ink, step: number, radius: number): string {
  let d = ''
  for (let row = 0; row * step < 104; row += 1) {
    for (let column = 0; column * step < 104; column += 1) {
      const x = (column + (row % 2) * 0.5) * step
      d += `M${n(x - radius)} ${n(row * step)}a${n(radius)} ${n(radius)} 0 1 0 ${n(radius * 2)} 0a${n(radius)} ${n(radius)} 0 1 0 ${n(-radius * 2)} 0`
    }
  }
  return path(d, fill(ink))
}
