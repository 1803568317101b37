/** Seven voices, their scale, and the book their tones are written in. */

export type Sound = 'hum' | 'mallet' | 'tick' | 'ground' | 'breath'
export type Vowel = 'a' | 'o' | 'u' | 'e' | 'i'
export type Part = 'circle' | 'louder' | 'silence' | 'turns'

export interface Tone {
  readonly part: Part
  readonly sound: Sound
  /** 0 to 6: who sounds; -1: nobody's. */
  readonly voice: number
  readonly at: number
  readonly lasts: number
  readonly hertz: number
  /** The pitch it slides in from. */
  readonly from: number
  readonly loud: number
  readonly vowels: readonly [Vowel, Vowel]
  /** -1 left to 1 right. */
  readonly pan: number
  /** How much of the room is heard: 0 none, 1 much. */
  readonly room: number
  /** 0 soft, 1 sharp. */
  readonly edge: number
  /** Sings what the others sing. */
  readonly echo: boolean
}

export interface Voice {
  readonly phrase: readonly number[]
  readonly beats: readonly number[]
  readonly vowels: readonly Vowel[]
  readonly pan: number
}

/** Where each sits in the circle, and what each has to say: steps of a five-tone scale on D. */
const voices: readonly Voice[] = [
  { phrase: [5, 7, 6, 5, 3], beats: [0.75, 0.75, 0.5, 0.5, 1.75], vowels: ['a', 'o'], pan: -0.2 },
  { phrase: [0, 2, 1, 3, 0], beats: [1, 0.5, 0.5, 1, 1.75], vowels: ['o', 'u'], pan: 0.55 },
  { phrase: [3, 4, 6, 5, 4], beats: [0.5, 0.5, 1, 0.5, 1.75], vowels: ['e', 'a'], pan: -0.8 },
  { phrase: [8, 7, 8, 10, 8, 7], beats: [0.5, 0.25, 0.25, 1, 0.5, 1.5], vowels: ['a', 'e'], pan: 0.25 },
  { phrase: [1, 3, 2, 1, -2], beats: [0.5, 1, 0.5, 0.5, 1.75], vowels: ['u', 'o'], pan: -0.5 },
  { phrase: [6, 6, 7, 9, 8], beats: [0.5, 0.5, 0.5, 1, 1.75], vowels: ['o', 'a'], pan: 0.8 },
  { phrase: [10, 9, 8, 9, 11], beats: [0.75, 0.25, 0.5, 0.5, 2], vowels: ['u', 'i'], pan: 0 },
]
export const voiceCount = voices.length

const steps = [1, 9 / 8, 5 / 4, 3 / 2, 5 / 3] as const
export function pitch(step: number): number {
  return 146.83 * (steps[((step % 5) + 5) % 5] ?? 1) * 2 ** Math.floor(step / 5)
}

export type Wish = Partial<Tone> & Pick<Tone, 'part' | 'sound' | 'voice' | 'at' | 'lasts' | 'hertz' | 'loud'>

export interface Book {
  readonly tones: Tone[]
  readonly random: () => number
  readonly voice: (index: number) => Voice
  /** Writes a tone down; what is not said is the voice's own, or plain. */
  readonly add: (wish: Wish) => void
}

export function openBook(random: () => number): Book {
  const tones: Tone[] = []
  const voice = (index: number): Voice => {
    const found = voices[((index % voiceCount) + voiceCount) % voiceCount]
    if (found === undefined) throw new RangeError(`no voice ${index}`)
    return found
  }
  const add = (wish: Wish): void => {
    const pan = wish.voice < 0 ? 0 : voice(wish.voice).pan
    const own =
      wish.voice < 0
        ? (['u', 'u'] as const)
        : ([voice(wish.voice).vowels[0] ?? 'a', voice(wish.voice).vowels[1] ?? 'o'] as const)
    tones.push({ from: wish.hertz, vowels: own, pan, room: 0.5, edge: 0.25, echo: false, ...wish })
  }
  return { tones, random, voice, add }
}
