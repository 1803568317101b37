/**
 * Makes work/om-de-beurt.m4a and work/poster.webp.
 * Calls ffmpeg (AAC, libwebp) and rsvg-convert (librsvg). Run: node make/render.ts
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wheel } from './poster.ts'
import { finish, place, reverberate, silence, wav } from './room.ts'
import { compose } from './score.ts'
import { rate, render } from './synth.ts'

/** Brings the whole to about -16 LUFS. */
const gain = 1.62

function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

const random = seeded(7)
const score = compose(random)
const samples = Math.ceil(score.seconds * rate)
const mix = silence(samples)
const send = silence(samples)
for (const tone of score.tones) {
  const sound = render(tone, random)
  place(mix, sound, tone.at, tone.pan, 0.5)
  place(send, sound, tone.at, tone.pan * 0.7, 0.5 * tone.room)
}
const wet = reverberate(send, 2.9)
for (let sample = 0; sample < samples; sample += 1) {
  mix.left[sample] = (mix.left[sample] ?? 0) + (wet.left[sample] ?? 0) * 0.8
  mix.right[sample] = (mix.right[sample] ?? 0) + (wet.right[sample] ?? 0) * 0.8
}
finish(mix, gain, 4)

const work = join(import.meta.dirname, '..', 'work')
const folder = mkdtempSync(join(tmpdir(), 'beurt-'))
try {
  const sound = join(folder, 'mix.wav')
  writeFileSync(sound, wav(mix))
  execFileSync('ffmpeg', [
    '-loglevel',
    'error',
    '-y',
    '-i',
    sound,
    '-c:a',
    'aac',
    '-b:a',
    '160k',
    '-movflags',
    '+faststart',
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
    '-flags:a',
    '+bitexact',
    join(work, 'om-de-beurt.m4a'),
  ])
  const svg = join(folder, 'poster.svg')
  const png = join(folder, 'poster.png')
  writeFileSync(svg, wheel(score))
  execFileSync('rsvg-convert', ['--output', png, svg])
  execFileSync('ffmpeg', [
    '-loglevel',
    'error',
    '-y',
    '-i',
    png,
    '-c:v',
    'libwebp',
    '-quality',
    '84',
    '-preset',
    'drawing',
    join(work, 'poster.webp'),
  ])
} finally {
  rmSync(folder, { recursive: true })
}
process.stdout.write(
  `${score.tones.length} tones, ${score.seconds.toFixed(1)} s; ${score.parts.map(({ part, at }) => `${part} ${at.toFixed(1)}`).join(', ')}\n`,
)
