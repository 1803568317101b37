/** I. The circle: all take a turn, and begin with what the one before them ended on. */
import { pitch, voiceCount } from './voices.ts'
import type { Book, Part } from './voices.ts'

/** One voice speaks; what it heard last comes first, softly. */
function speak(
  book: Book,
  index: number,
  start: number,
  beat: number,
  loud: number,
  heard: number | undefined,
  part: Part,
): { end: number; last: number } {
  const { add, random, voice } = book
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

/** Each part is told when it starts and says when it is over. */
export function circle(book: Book, start: number): number {
  const { add } = book
  let now = start
  let heard: number | undefined
  ;[0, 2, 1, 5, 4, 3, 6].forEach((index, turn) => {
    const said = speak(book, index, now, 0.84, 0.62, heard, 'circle')
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
    const said = speak(book, index, now, 0.7, 0.6, heard, 'circle')
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
  return now
}
