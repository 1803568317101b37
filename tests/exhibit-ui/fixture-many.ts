import type { ArtworkDetail } from '../../node/http/contract.ts'
import { rootOf, sampleWorks } from './fixture-data.ts'
import { sampleNodes } from './fixture-mesh.ts'

const first = [
  'Stille',
  'Trage',
  'Open',
  'Dubbele',
  'Verloren',
  'Gedeelde',
  'Lichte',
  'Onzichtbare',
  'Zachte',
]
const second = ['kaart', 'stem', 'drempel', 'haven', 'lus', 'belofte', 'spiegel', 'leiding', 'zwerm', 'knoop']
const english = ['map', 'voice', 'threshold', 'harbour', 'loop', 'promise', 'mirror', 'pipe', 'swarm', 'knot']
const people = ['Noor', 'Sem', 'Yara', 'Milan', 'Zoë', 'Daan', 'Fenna', 'Amir']
const families = ['de Wit', 'Bakker', 'van Dijk', 'El Amrani', 'Visser', 'Kaya', 'Brouwer']
const tracks = ['public-ai', 'next-socials', 'digital-autonomy', 'decentralised-web'] as const

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

/** A steady many of works in the exhibition's order, each like a sample and findable by its own words. */
export function manyWorks(count = 5000): ArtworkDetail[] {
  const samples = sampleWorks()
  const works = Array.from({ length: count }, (_, index): ArtworkDetail => {
    const sample = at(samples, index * 7 + Math.floor(index / 12))
    const maker = `${at(people, index)} ${at(families, Math.floor(index / 3))}`
    const slug = `${sample.slug}-${index}`
    const root = rootOf(slug)
    return {
      ...sample,
      slug,
      root,
      maker,
      artist: `did:key:z6Mk${maker.replaceAll(/\W/g, '')}${'x'.repeat(20)}`,
      track: at(tracks, Math.floor((index * 4) / count)),
      title: {
        nl: `${at(first, index)} ${at(second, Math.floor(index / 9))} ${index + 1}`,
        ...(index % 5 === 0 ? {} : { en: `The ${at(english, Math.floor(index / 9))} ${index + 1}` }),
      },
      statement: index % 5 === 0 ? { nl: sample.statement['nl'] ?? '' } : sample.statement,
      provenance: { ...sample.provenance, intakeNode: at(sampleNodes, index).id },
    }
  })
  return works
}
