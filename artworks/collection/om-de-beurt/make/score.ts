/** The composition: four parts, as a list of sounding events. */
import { circle } from './circle.ts'
import { louder } from './louder.ts'
import { silence, turns } from './turns.ts'
import { openBook } from './voices.ts'
import type { Part, Tone } from './voices.ts'

export interface Score {
  readonly tones: readonly Tone[]
  readonly seconds: number
  readonly parts: readonly { readonly part: Part; readonly at: number }[]
}

export function compose(random: () => number): Score {
  const book = openBook(random)
  const loudFrom = circle(book, 1.2) + 1.4
  const stillFrom = louder(book, loudFrom)
  const turnsFrom = silence(book, stillFrom)
  const end = turns(book, turnsFrom)
  const parts: Score['parts'] = [
    { part: 'circle', at: 0 },
    { part: 'louder', at: loudFrom },
    { part: 'silence', at: stillFrom },
    { part: 'turns', at: turnsFrom },
  ]
  return { tones: book.tones, seconds: end + 2.5, parts }
}
