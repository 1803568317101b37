/** II. Louder: what is repeated is repeated more. The circle narrows to a point. */
import { pitch } from './voices.ts'
import type { Book } from './voices.ts'

export function louder(book: Book, start: number): number {
  const { add, random, voice } = book
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
  let now = start
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
  return now
}
