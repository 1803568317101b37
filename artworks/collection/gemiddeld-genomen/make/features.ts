/** What a face is made of, and how a later face takes after earlier ones. */

export const inks = {
  paper: '#f3f0e8',
  ink: '#161410',
  red: '#d8381f',
  blue: '#2440d8',
  green: '#0b7a4a',
  magenta: '#a3128c',
  sun: '#f5b800',
} as const
export type Ink = keyof typeof inks

export type Random = () => number

/** Mulberry32: the same seed, the same crowd. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Each choice with its weight at the outset: how often it occurs before anything has been averaged. */
const choices = {
  ground: { red: 25, blue: 17, green: 15, magenta: 14, sun: 13, ink: 9, paper: 7 },
  skin: { paper: 27, sun: 19, red: 16, green: 13, blue: 13, magenta: 12 },
  hairInk: { ink: 30, red: 14, sun: 14, blue: 14, paper: 10, green: 9, magenta: 9 },
  clothInk: { ink: 24, paper: 16, sun: 13, blue: 13, red: 12, green: 11, magenta: 11 },
  head: { oval: 22, disc: 15, arch: 13, square: 13, shield: 14, kite: 10, drop: 13 },
  hair: { cap: 20, none: 11, long: 14, curls: 13, spikes: 11, bun: 10, side: 12, crest: 9 },
  eyes: { dot: 22, half: 14, ring: 13, almond: 16, triangle: 11, wide: 13, closed: 11 },
  nose: { line: 24, triangle: 18, corner: 18, quarter: 16, dots: 12, none: 12 },
  mouth: { line: 24, smile: 16, round: 13, lips: 15, zigzag: 10, frown: 11, corner: 11 },
  cloth: { plain: 24, stripes: 17, collar: 18, dots: 14, chevron: 14, check: 13 },
  half: { none: 34, solid: 20, stripes: 16, dots: 15, quarter: 15 },
  back: { plain: 40, stripes: 15, sunrise: 15, dots: 15, split: 15 },
  extra: { none: 40, glasses: 11, earrings: 9, hat: 9, beard: 8, cheeks: 9, moustache: 8, patch: 4 },
} as const

/** Measures, as parts of the tile's side: the least and the most. */
const measures = {
  width: [0.4, 0.66],
  height: [0.5, 0.7],
  eyeHeight: [0.36, 0.52],
  eyeGap: [0.2, 0.32],
  eyeSize: [0.045, 0.1],
  noseLength: [0.1, 0.22],
  mouthHeight: [0.66, 0.82],
  mouthWidth: [0.14, 0.34],
  tilt: [-10, 10],
  shoulders: [0.6, 1],
} as const

type Choices = { [K in keyof typeof choices]: keyof (typeof choices)[K] }
type Measures = { [K in keyof typeof measures]: number }
export type Face = Choices & Measures & { readonly flipped: boolean }

function pick(table: Readonly<Record<string, number>>, random: Random): string {
  const entries = Object.entries(table)
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [name, weight] of entries) {
    left -= weight
    if (left < 0) return name
  }
  return entries[0]?.[0] ?? ''
}

function mostFrequent(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  let best = names[0] ?? ''
  for (const [name, count] of counts) if (count > (counts.get(best) ?? 0)) best = name
  return best
}

/**
 * A new face. `conformity` 0: wholly its own. 1: every choice is what most of the `examples` chose,
 * every measure is the mean of theirs. In between, the dice decide choice by choice.
 */
export function face(examples: readonly Face[], conformity: number, random: Random): Face {
  const made: Record<string, string | number | boolean> = {}
  for (const key of Object.keys(choices) as (keyof typeof choices)[]) {
    const own = pick(choices[key], random)
    const follows = random() < conformity && examples.length > 0
    made[key] = follows ? mostFrequent(examples.map((example) => example[key])) : own
  }
  for (const key of Object.keys(measures) as (keyof typeof measures)[]) {
    const [least, most] = measures[key]
    const own = least + (most - least) * random()
    const mean =
      examples.length > 0 ? examples.reduce((sum, example) => sum + example[key], 0) / examples.length : own
    made[key] = own + (mean - own) * conformity
  }
  made['flipped'] = random() < 0.5 * (1 - conformity)
  return made as Face
}

/** The first of the wished inks that differs from those it must stand out against. */
export function against(wished: Ink, ...others: readonly Ink[]): Ink {
  const order: readonly Ink[] = [wished, 'ink', 'paper', 'sun', 'red', 'blue']
  const dark: readonly Ink[] = ['ink', 'blue', 'green', 'magenta']
  const clashes = (a: Ink, b: Ink): boolean =>
    a === b || (dark.includes(a) && dark.includes(b) && (a === 'ink' || b === 'ink' || a !== wished))
  return order.find((ink) => others.every((other) => !clashes(ink, other))) ?? 'paper'
}
