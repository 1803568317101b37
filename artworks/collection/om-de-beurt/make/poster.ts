/** The score as a wheel: a ring for each voice, clockwise from the top, one turn for the whole piece. */
import { voiceCount } from './voices.ts'
import type { Score } from './score.ts'

const inks = { paper: '#f3f0e8', blue: '#2440d8', sun: '#f5b800' }
const n = (value: number): string => String(Math.round(value * 100) / 100)

export function wheel(score: Score): string {
  const inner = 84
  const ring = 54
  const turn = (at: number): number => (at / score.seconds) * Math.PI * 2 - Math.PI / 2
  const arc = (radius: number, from: number, to: number): string => {
    const large = to - from > Math.PI ? 1 : 0
    return `M${n(600 + Math.cos(from) * radius)} ${n(450 + Math.sin(from) * radius)}A${n(radius)} ${n(radius)} 0 ${large} 1 ${n(600 + Math.cos(to) * radius)} ${n(450 + Math.sin(to) * radius)}`
  }
  const drawn: string[] = []
  for (let voice = 0; voice < voiceCount; voice += 1)
    drawn.push(
      `<circle cx="600" cy="450" r="${inner + ring * voice}" fill="none" stroke="${inks.paper}" stroke-width="1.5" opacity=".45"/>`,
    )
  for (const tone of score.tones) {
    if (tone.sound !== 'hum' || tone.voice < 0) continue
    const radius = inner + ring * tone.voice
    const from = turn(tone.at)
    const to = Math.max(turn(tone.at + tone.lasts * 0.9), from + 6 / radius)
    const width = tone.lasts > 3 ? 10 : 38
    drawn.push(
      `<path d="${arc(radius, from, to)}" fill="none" stroke="${tone.echo ? inks.sun : inks.paper}" stroke-width="${n(width)}"/>`,
    )
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="${inks.blue}"/>${drawn.join('')}</svg>`
}
