/** III and IV: silence, and then in turn. */
import { pitch, voiceCount } from './voices.ts'
import type { Book } from './voices.ts'

/** Only breath. */
export function silence({ add }: Book, start: number): number {
  add({
    part: 'silence',
    sound: 'mallet',
    voice: 3,
    at: start,
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
      at: start + 1.6 + breath * 2.7,
      lasts: 2.2,
      hertz: 620 + breath * 130,
      loud: 0.55,
      room: 0.6,
    })
  return start + 9.4
}

/** Fourteen places, two for each voice. Nobody sings the tune; it is there. */
export function turns({ add, random }: Book, start: number): number {
  const places = [5, 3, 6, 7, 4, 8, 7, 6, 5, 4, 8, 9, 7, 6] as const
  const roots = [-5, -6, -8, -7] as const
  const joins = [6, 1, 4, 2, 0, 5, 3]
  let now = start
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
  return now + 12.5
}
