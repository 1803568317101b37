/**
 * Makes work/peil.mp4 and work/poster.webp.
 * Calls rsvg-convert (librsvg) for each frame and ffmpeg (libx264, libwebp) to encode.
 * Run: node make/render.ts; for the poster alone: node make/render.ts poster; for one still: node make/render.ts SECOND FILE.png
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fps, picture } from './drawing.ts'
import { seconds, side } from './polder.ts'

async function run(command: string, parameters: readonly string[], input: string | Buffer): Promise<Buffer> {
  const child = spawn(command, [...parameters], { stdio: ['pipe', 'pipe', 'inherit'] })
  const out: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => out.push(part))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}`)
  return Buffer.concat(out)
}

const raster = (svg: string): Promise<Buffer> => run('rsvg-convert', [], svg)

async function film(file: string): Promise<void> {
  const encoder = spawn(
    'ffmpeg',
    [
      '-loglevel',
      'error',
      '-y',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      '-framerate',
      String(fps),
      '-i',
      '-',
      '-c:v',
      'libx264',
      '-preset',
      'slow',
      '-tune',
      'animation',
      '-crf',
      '28',
      '-profile:v',
      'high',
      '-level',
      '4.0',
      '-pix_fmt',
      'yuv420p',
      '-vf',
      'scale=out_color_matrix=bt709:out_range=tv',
      '-color_primaries',
      'bt709',
      '-color_trc',
      'bt709',
      '-colorspace',
      'bt709',
      '-g',
      '50',
      '-movflags',
      '+faststart',
      '-map_metadata',
      '-1',
      '-fflags',
      '+bitexact',
      '-threads',
      '2',
      file,
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const frames = seconds * fps
  const ahead: Promise<Buffer>[] = []
  for (let frame = 0; frame < frames; frame += 1) {
    while (ahead.length < 3 && frame + ahead.length < frames)
      ahead.push(raster(picture(frame + ahead.length, side, side)))
    const image = await ahead.shift()
    if (image !== undefined && !encoder.stdin.write(image)) await once(encoder.stdin, 'drain')
  }
  encoder.stdin.end()
  const [code] = (await once(encoder, 'close')) as [number | null]
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`)
}

const [second, still] = process.argv.slice(2)
if (second !== undefined && still !== undefined) {
  const image = await raster(picture(Math.round(Number(second) * fps), 540, 540))
  writeFileSync(still, image)
} else {
  const work = join(import.meta.dirname, '..', 'work')
  const poster = await raster(picture(Math.round(52.6 * fps), 1200, 900, '0 172 1080 810'))
  await run(
    'ffmpeg',
    [
      '-loglevel',
      'error',
      '-y',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      '-i',
      '-',
      '-c:v',
      'libwebp',
      '-quality',
      '82',
      '-preset',
      'drawing',
      join(work, 'poster.webp'),
    ],
    poster,
  )
  if (second !== 'poster') await film(join(work, 'peil.mp4'))
}
