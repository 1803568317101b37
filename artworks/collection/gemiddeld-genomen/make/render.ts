/**
 * Makes work/gemiddeld-genomen.webp and work/poster.webp.
 * Calls rsvg-convert (librsvg) to draw and ffmpeg (libwebp) to encode. Run: node make/render.ts
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crowd } from './crowd.ts'
import type { Sheet, Tile } from './crowd.ts'
import { inks } from './features.ts'
import { portrait } from './portrait.ts'

/** Three do not follow: one large enough to meet, two to be found. */
const work: Sheet = {
  columns: 64,
  rows: 48,
  largest: 8,
  seed: 2026,
  dissenters: [
    { column: 52, row: 28, span: 4, seed: 77 },
    { column: 58, row: 9, span: 1, seed: 12 },
    { column: 55, row: 42, span: 1, seed: 5 },
  ],
}
/** The same story in fewer faces, ending in the same average. */
const poster: Omit<Sheet, 'examples'> = {
  columns: 16,
  rows: 12,
  largest: 4,
  seed: 4,
  dissenters: [{ column: 14, row: 8, span: 1, seed: 77 }],
}

function draw(tiles: readonly Tile[], sheet: Sheet, unit: number, margin: number, gutter: number): string {
  const width = sheet.columns * unit + margin * 2
  const height = sheet.rows * unit + margin * 2
  const drawn = tiles.map((tile, index) => {
    const side = tile.span * unit - gutter
    const x = margin + tile.column * unit + gutter / 2
    const y = margin + tile.row * unit + gutter / 2
    const shift = (2.2 / side) * 100 * (index % 2 === 0 ? 1 : -0.7)
    return `<svg x="${x}" y="${y}" width="${side}" height="${side}" viewBox="0 0 100 100">${portrait(tile.face, String(index), shift)}</svg>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${inks.paper}"/>${drawn.join('')}</svg>`
}

/** The figures the wall label gives. */
function figures(tiles: readonly Tile[], columns: number): string {
  const red = (part: readonly Tile[]): string =>
    `${part.filter((tile) => tile.face.ground === 'red').length} of ${part.length} on red`
  const left = tiles.filter((tile) => tile.column < columns / 5)
  const right = tiles.filter((tile) => tile.column >= (columns * 4) / 5)
  return `${tiles.length} faces; left fifth ${red(left)}; right fifth ${red(right)}\n`
}

function encode(svg: string, name: string, options: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'gemiddeld-'))
  try {
    const drawing = join(folder, 'drawing.svg')
    const png = join(folder, 'drawing.png')
    writeFileSync(drawing, svg)
    execFileSync('rsvg-convert', ['--unlimited', '--output', png, drawing])
    execFileSync('ffmpeg', [
      '-loglevel',
      'error',
      '-y',
      '-i',
      png,
      '-c:v',
      'libwebp',
      ...options,
      join(import.meta.dirname, '..', 'work', name),
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const faces = crowd(work)
process.stdout.write(figures(faces, work.columns))
encode(draw(faces, work, 48, 96, 3), 'gemiddeld-genomen.webp', [
  '-pix_fmt',
  'bgra',
  '-lossless',
  '1',
  '-compression_level',
  '6',
])
const average = faces.filter((tile) => tile.column >= 60 && tile.span === 1).map((tile) => tile.face)
encode(draw(crowd({ ...poster, examples: average }), poster, 74, 8, 5), 'poster.webp', [
  '-vf',
  'crop=1200:900',
  '-quality',
  '80',
  '-preset',
  'drawing',
])
