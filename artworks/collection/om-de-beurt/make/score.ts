/** The composition: seven voices, four parts, as a list of sounding events. */

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

interface Voice {
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

export interface Score {
  readonly tones: readonly Tone[]
  readonly seconds: number
  readonly parts: readonly { readonly part: Part; readonly at: number }[]
}

type Wish = Partial<Tone> & Pick<Tone, 'part' | 'sound' | 'voice' | 'at' | 'lasts' | 'hertz' | 'loud'>

export function compose(random: () => number): Score {
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
  /** One voice speaks; what it heard last comes first, softly. */
  const speak = (
    index: number,
    start: number,
    beat: number,
    loud: number,
    heard: number | undefined,
    part: Part,
  ): { end: number; last: number } => {
    const who = voice(index)
    let at = start
    let before = pitch(heard ?? who.phrase[0] ?? 0)
    if (heard !== undefined) {
      add({
        part,
        sound: 'hum',
        voice: index,
        at,
        lasts: beat * 0.62,
        hertz: before,
        loud: loud * 0.5,
        vowels: ['u', 'u'],
        room: 0.6,
      })
      at += beat * 0.6
    }
    who.phrase.forEach((step, place) => {
      const lasts = (who.beats[place] ?? 1) * beat
      const last = place === who.phrase.length - 1
      const vowel = who.vowels[place % 2] ?? 'a'
      const next = who.vowels[(place + 1) % 2] ?? 'o'
      const push = at + (random() - 0.5) * 0.03
      const weight = loud * (0.82 + 0.18 * Math.sin(place * 2.1))
      add({
        part,
        sound: 'hum',
        voice: index,
        at: push,
        lasts: lasts * (last ? 1.1 : 1.02),
        hertz: pitch(step),
        from: before,
        loud: weight,
        vowels: [vowel, next],
        room: 0.5,
      })
      add({
        part,
        sound: 'mallet',
        voice: index,
        at: push,
        lasts: 2.4,
        hertz: pitch(step),
        loud: weight * 0.55,
        room: 0.55,
      })
      before = pitch(step)
      at += lasts
    })
    return { end: at, last: who.phrase.at(-1) ?? 0 }
  }

  // I. The circle: all take a turn, and begin with what the one before them ended on.
  let now = 1.2
  let heard: number | undefined
  ;[0, 2, 1, 5, 4, 3, 6].forEach((index, turn) => {
    const said = speak(index, now, 0.84, 0.62, heard, 'circle')
    if (turn > 0)
      [1, 3].forEach((away, nod) =>
        add({
          part: 'circle',
          sound: 'mallet',
          voice: (index + away) % voiceCount,
          at: said.end - 0.5 + nod * 0.42,
          lasts: 2.6,
          hertz: pitch(said.last + (nod === 0 ? 5 : 3)),
          loud: 0.2,
          room: 0.9,
        }),
      )
    heard = said.last
    now = said.end + 0.62 - turn * 0.07
  })
  const second = now
  ;[1, 3, 0, 4, 6, 2].forEach((index) => {
    const said = speak(index, now, 0.7, 0.6, heard, 'circle')
    now += (said.end - now) * 0.68
    heard = said.last
  })
  add({
    part: 'circle',
    sound: 'ground',
    voice: -1,
    at: 10,
    lasts: second - 6,
    hertz: pitch(-5),
    loud: 0.3,
    room: 0.4,
  })
  add({
    part: 'circle',
    sound: 'ground',
    voice: -1,
    at: second - 2,
    lasts: now - second + 7,
    hertz: pitch(-2) / 2,
    loud: 0.3,
    room: 0.4,
  })

  // II. Louder: what is repeated is repeated more. The circle narrows to a point.
  const hook = [
    [0, 8],
    [0.5, 8],
    [1, 9],
    [1.75, 6],
    [2.5, 8],
    [3, 6],
  ] as const
  const order = [3, 5, 0, 2, 6, 4, 1]
  const bars = 24
  const louder = now + 1.4
  now = louder
  for (let bar = 0; bar < bars; bar += 1) {
    const grown = bar / (bars - 1)
    const beat = 0.8 - 0.38 * grown ** 0.9
    const singing = Math.min(7, 1 + Math.floor(grown * 7.6))
    for (let rank = 0; rank < 7; rank += 1) {
      const index = order[rank] ?? 0
      const pan = voice(index).pan * (1 - grown)
      const octave = index === 1 || index === 4 ? -5 : index === 6 && grown > 0.6 ? 5 : 0
      if (rank < singing) {
        for (const [place, step] of hook) {
          const hertz = pitch(step + octave)
          const at = now + place * beat + (random() - 0.5) * 0.03 * (1 - grown)
          const loud = (0.34 + 0.3 * grown) * (rank === 0 ? 1.15 : 0.85)
          add({
            part: 'louder',
            sound: 'hum',
            voice: index,
            at,
            lasts: beat * 0.5,
            hertz,
            loud,
            pan,
            vowels: ['a', 'e'],
            room: 0.5 * (1 - grown),
            edge: 0.2 + 0.75 * grown,
            echo: true,
          })
          if (rank < 4)
            add({
              part: 'louder',
              sound: 'mallet',
              voice: index,
              at,
              lasts: 1.2 - 0.7 * grown,
              hertz,
              loud: loud * 0.5,
              pan,
              room: 0.5 * (1 - grown),
              edge: 0.3 + 0.7 * grown,
              echo: true,
            })
        }
      } else if ((bar + rank) % 3 === 0) {
        // Someone still tries to say their own, and is cut short: sooner each time.
        const own = voice(index)
        const left = Math.max(1, Math.round(own.phrase.length * (1 - grown * 1.15)))
        let at = now + (rank % 2) * beat * 0.5
        own.phrase.slice(0, left).forEach((step, place) => {
          const lasts = (own.beats[place] ?? 1) * beat * 0.8
          add({
            part: 'louder',
            sound: 'hum',
            voice: index,
            at,
            lasts: place === left - 1 ? Math.min(lasts, 0.22) : lasts,
            hertz: pitch(step),
            loud: 0.44,
            room: 0.35 * (1 - grown),
          })
          at += lasts
        })
      }
    }
    const ticks = grown < 0.25 ? 0 : grown < 0.5 ? 4 : grown < 0.75 ? 8 : 16
    for (let tick = 0; tick < ticks; tick += 1)
      add({
        part: 'louder',
        sound: 'tick',
        voice: -1,
        at: now + (tick * 4 * beat) / ticks,
        lasts: 0.06,
        hertz: tick % 4 === 0 ? 1800 : 2600,
        loud: (0.08 + 0.1 * grown) * (tick % 4 === 0 ? 1 : 0.55),
        pan: Math.sin(tick * 2.4) * (1 - grown),
        room: 0.1,
        edge: 0.8,
      })
    if (grown > 0.3)
      for (const half of [0, 2])
        add({
          part: 'louder',
          sound: 'ground',
          voice: -1,
          at: now + half * beat,
          lasts: beat * 1.7,
          hertz: pitch(half === 0 ? -5 : -7),
          loud: 0.26 + 0.3 * grown,
          room: 0.1,
          edge: 0.5,
        })
    now += beat * 4
  }

  // III. Silence. Only breath.
  const silence = now
  add({
    part: 'silence',
    sound: 'mallet',
    voice: 3,
    at: silence,
    lasts: 5,
    hertz: pitch(-5),
    loud: 0.5,
    pan: 0,
    room: 1.2,
    edge: 0.2,
  })
  for (let breath = 0; breath < 3; breath += 1)
    add({
      part: 'silence',
      sound: 'breath',
      voice: [6, 1, 4][breath] ?? 0,
      at: silence + 1.6 + breath * 2.7,
      lasts: 2.2,
      hertz: 620 + breath * 130,
      loud: 0.55,
      room: 0.6,
    })

  // IV. In turn: fourteen places, two for each voice. Nobody sings the tune; it is there.
  const places = [5, 3, 6, 7, 4, 8, 7, 6, 5, 4, 8, 9, 7, 6] as const
  const roots = [-5, -6, -8, -7] as const
  const joins = [6, 1, 4, 2, 0, 5, 3]
  const turns = silence + 9.4
  now = turns
  const cycles = 12
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const place = 0.4 - 0.1 * Math.sin((Math.PI * Math.min(cycle, 10)) / 14)
    const present = joins.slice(0, Math.min(7, cycle + 1))
    const leaving = cycle >= cycles - 1
    places.forEach((step, slot) => {
      const index = slot % voiceCount
      if (!present.includes(index) || (leaving && slot > 8)) return
      const at = now + slot * place + (random() - 0.5) * 0.016
      const lift = cycle >= 7 && slot % 5 === 3 ? 5 : 0
      const loud = 0.34 + 0.09 * Math.sin((slot / 14) * Math.PI * 2)
      add({
        part: 'turns',
        sound: 'mallet',
        voice: index,
        at,
        lasts: 3,
        hertz: pitch(step + lift),
        loud,
        room: 0.6,
        edge: 0.35,
      })
      add({
        part: 'turns',
        sound: 'hum',
        voice: index,
        at,
        lasts: place * (cycle < 3 ? 2.6 : 1.7),
        hertz: pitch(step),
        loud: loud * 0.72,
        room: 0.6,
      })
    })
    const length = place * 14
    if (cycle >= 2)
      add({
        part: 'turns',
        sound: 'ground',
        voice: -1,
        at: now,
        lasts: length + 0.8,
        hertz: pitch(roots[(cycle - 2) % 4] ?? -5),
        loud: 0.21,
        room: 0.35,
      })
    if (cycle >= 5)
      [
        [0, 2],
        [1, 4],
        [2, 6],
      ].forEach(([who, up]) =>
        add({
          part: 'turns',
          sound: 'hum',
          voice: ((who ?? 0) * 2 + cycle) % 7,
          at: now + (who ?? 0) * 0.5,
          lasts: length - 0.4,
          hertz: pitch((roots[(cycle - 2) % 4] ?? -5) + 5 + (up ?? 0)),
          loud: 0.11,
          vowels: ['u', 'o'],
          room: 0.9,
          edge: 0.1,
        }),
      )
    now += length
  }
  // They let go one by one.
  const chord = [-5, 0, 3, 5, 7, 8, 11] as const
  const leave = [1, 4, 2, 0, 5, 3, 6]
  chord.forEach((step, place) => {
    add({
      part: 'turns',
      sound: 'hum',
      voice: leave[place] ?? 0,
      at: now - 1.4 + place * 0.3,
      lasts: 5 + place * 1.25,
      hertz: pitch(step),
      loud: 0.23,
      vowels: ['u', 'o'],
      room: 0.9,
      edge: 0.12,
    })
    add({
      part: 'turns',
      sound: 'mallet',
      voice: leave[place] ?? 0,
      at: now - 1.4 + place * 0.3,
      lasts: 5,
      hertz: pitch(step),
      loud: 0.34,
      room: 0.9,
    })
  })
  now += 12.5
  const parts: Score['parts'] = [
    { part: 'circle', at: 0 },
    { part: 'louder', at: louder },
    { part: 'silence', at: silence },
    { part: 'turns', at: turns },
  ]
  return { tones, seconds: now + 2.5, parts }
}
