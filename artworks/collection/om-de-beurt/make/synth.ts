/** How a tone sounds. Everything is a sum of sines and a little noise. */
import type { Tone, Vowel } from './voices.ts'

export const rate = 44_100

/** Resonances of the mouth: hertz, gain, width. */
const mouths: Record<Vowel, readonly (readonly [number, number, number])[]> = {
  a: [
    [730, 1, 130],
    [1120, 0.55, 150],
    [2600, 0.16, 260],
  ],
  o: [
    [470, 1, 110],
    [820, 0.5, 130],
    [2550, 0.07, 260],
  ],
  u: [
    [330, 1, 100],
    [690, 0.25, 120],
    [2450, 0.04, 260],
  ],
  e: [
    [480, 1, 110],
    [1780, 0.32, 200],
    [2500, 0.18, 260],
  ],
  i: [
    [300, 1, 90],
    [2150, 0.26, 220],
    [2900, 0.16, 280],
  ],
}

function mouth(vowel: Vowel, hertz: number): number {
  let gain = 0.05
  for (const [centre, height, width] of mouths[vowel])
    gain += height * Math.exp(-(((hertz - centre) / width) ** 2) * 0.5)
  return gain
}

function swell(at: number, lasts: number, rise: number, fall: number): number {
  if (at < 0 || at > lasts) return 0
  const up = Math.min(1, at / rise)
  const down = Math.min(1, (lasts - at) / fall)
  return Math.sin((up * Math.PI) / 2) * Math.sin((down * Math.PI) / 2) ** 1.5
}

function hum(tone: Tone, random: () => number): Float32Array {
  const rise = 0.07 - 0.045 * tone.edge + Math.min(0.25, tone.lasts * 0.04)
  const fall = Math.min(tone.lasts * 0.55, 0.28 + tone.lasts * 0.12) * (1 - 0.5 * tone.edge)
  const out = new Float32Array(Math.ceil((tone.lasts + 0.05) * rate))
  const harmonics = Math.max(3, Math.min(40, Math.floor((3400 + 3800 * tone.edge) / tone.hertz)))
  const tilt = 1.05 - 0.5 * tone.edge
  const gainAt = (vowel: Vowel): readonly number[] =>
    Array.from({ length: harmonics }, (_, h) => mouth(vowel, (h + 1) * tone.hertz) / (h + 1) ** tilt)
  const level = (gains: readonly number[]): number =>
    Math.sqrt(gains.reduce((sum, gain) => sum + gain * gain, 0)) || 1
  const first = gainAt(tone.vowels[0])
  const second = gainAt(tone.vowels[1])
  const firstLevel = level(first)
  const secondLevel = level(second)
  const wobble = 4.8 + random() * 0.9
  const drift = random() * 6
  for (const cents of [-4, 4]) {
    let phase = random() * Math.PI * 2
    const detune = 2 ** (cents / 1200)
    let breath = 0
    for (let sample = 0; sample < out.length; sample += 1) {
      const at = sample / rate
      const slide = (tone.from / tone.hertz) ** Math.exp(-at / 0.035)
      const depth = 0.0045 * Math.min(1, Math.max(0, (at - 0.25) / 0.5))
      const bend = at > tone.lasts - 0.12 ? 1 - 0.006 * ((at - tone.lasts + 0.12) / 0.12) : 1
      phase +=
        (2 *
          Math.PI *
          tone.hertz *
          detune *
          slide *
          bend *
          (1 + depth * Math.sin(at * wobble * 6.283 + drift))) /
        rate
      const mix = Math.min(1, at / Math.max(0.12, tone.lasts * 0.8))
      const twice = 2 * Math.cos(phase)
      let before = 0
      let sine = Math.sin(phase)
      let sum = 0
      for (let h = 0; h < harmonics; h += 1) {
        sum += sine * (((first[h] ?? 0) * (1 - mix)) / firstLevel + ((second[h] ?? 0) * mix) / secondLevel)
        const next = twice * sine - before
        before = sine
        sine = next
      }
      breath += ((random() - 0.5) * 2 - breath) * 0.3
      out[sample] =
        (out[sample] ?? 0) +
        (sum * 0.5 + breath * 0.018) * swell(at, tone.lasts, rise, fall) * tone.loud * 0.5
    }
  }
  return out
}

function mallet(tone: Tone, random: () => number): Float32Array {
  const out = new Float32Array(Math.ceil((tone.lasts + 0.4) * rate))
  const modes = [
    [1, 1, 1],
    [2.005, 0.16, 0.6],
    [3.97, 0.2 + 0.25 * tone.edge, 0.28],
    [9.6, 0.05 + 0.12 * tone.edge, 0.1],
  ] as const
  const ring = tone.lasts * 0.34 * (220 / tone.hertz) ** 0.25
  for (const [ratio, gain, share] of modes) {
    const hertz = tone.hertz * ratio
    if (hertz > 9000) continue
    const turn = (2 * Math.PI * hertz) / rate
    const decay = Math.exp(-1 / (ring * share * rate))
    let level = gain * tone.loud * 0.6
    for (let sample = 0; sample < out.length && level > 1e-5; sample += 1) {
      out[sample] = (out[sample] ?? 0) + Math.sin(turn * sample) * level * Math.min(1, sample / 60)
      level *= decay
    }
  }
  let soft = 0
  for (let sample = 0; sample < 700; sample += 1) {
    soft += (random() - 0.5 - soft) * (0.1 + 0.3 * tone.edge)
    out[sample] =
      (out[sample] ?? 0) + soft * tone.loud * 0.5 * Math.exp(-sample / 130) * Math.min(1, sample / 20)
  }
  const tail = Math.floor(0.3 * rate)
  for (let sample = 0; sample < tail; sample += 1) {
    const place = out.length - 1 - sample
    out[place] = (out[place] ?? 0) * (sample / tail)
  }
  return out
}

function ground(tone: Tone): Float32Array {
  const out = new Float32Array(Math.ceil(tone.lasts * rate))
  const slow = tone.edge > 0.4 ? 0.03 : Math.min(3, tone.lasts * 0.3)
  for (let sample = 0; sample < out.length; sample += 1) {
    const at = sample / rate
    const phase = 2 * Math.PI * tone.hertz * at
    const sum =
      Math.sin(phase) +
      0.42 * Math.sin(2 * phase + 0.3) +
      0.2 * Math.sin(3 * phase) * (0.7 + 0.3 * Math.sin(at * 0.9)) +
      0.1 * Math.sin(4.01 * phase) +
      0.06 * Math.sin(6 * phase)
    out[sample] = sum * 0.42 * tone.loud * swell(at, tone.lasts, slow, slow)
  }
  return out
}

function noise(tone: Tone, random: () => number): Float32Array {
  const out = new Float32Array(Math.ceil(tone.lasts * rate))
  let low = 0
  let band = 0
  const sharp = tone.sound === 'breath' ? 0.7 : 0.25
  for (let sample = 0; sample < out.length; sample += 1) {
    const at = sample / rate
    const hertz =
      tone.sound === 'breath' ? tone.hertz * (1 + 0.5 * Math.sin((at / tone.lasts) * Math.PI)) : tone.hertz
    const step = 2 * Math.sin((Math.PI * hertz) / rate)
    low += step * band
    band += step * (random() * 2 - 1 - low - sharp * band)
    const shape =
      tone.sound === 'breath'
        ? Math.sin((at / tone.lasts) * Math.PI) ** 2
        : Math.exp(-at / 0.012) * Math.min(1, sample / 20)
    out[sample] = band * shape * tone.loud * (tone.sound === 'breath' ? 0.35 : 1)
  }
  return out
}

export function render(tone: Tone, random: () => number): Float32Array {
  switch (tone.sound) {
    case 'hum':
      return hum(tone, random)
    case 'mallet':
      return mallet(tone, random)
    case 'ground':
      return ground(tone)
    case 'tick':
    case 'breath':
      return noise(tone, random)
  }
}
