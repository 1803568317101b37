import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Manifest } from '../../../../artworks/format/records.ts'
import { exhibition, patterned } from '../exhibition-fixture.ts'
import type { Exhibition } from '../exhibition-fixture.ts'

const collection = join(resolve(import.meta.dirname, '../../../..'), 'artworks/collection')
const file = (path: string): Promise<Buffer> => readFile(join(collection, path))
/** What a maker may write to see whether it gets out of its place. */
export const hostile = `"><script>alert(1)</script>'&<b>`

type Files = Readonly<Record<string, string | Uint8Array>>

export const slugs = [
  'beeld',
  'reeks',
  'geluid',
  'film',
  'tekst',
  'kaal',
  'spel',
  'ruimte',
  'boek',
  'vijandig',
  'onderweg',
] as const

/** An exhibition with a work of each medium, one that is hostile, and one that is not all here. */
export async function mixedExhibition(): Promise<Exhibition> {
  const made = await exhibition()
  const poster = await file('peil/work/poster.webp')
  const clip = await readFile(join(resolve(import.meta.dirname, '../../..'), 'exhibit-ui/fixtures/clip.webm'))
  const publish = async (
    slug: (typeof slugs)[number],
    files: Files,
    manifest: Partial<Manifest>,
    partial = false,
  ) => made.publish(slug, files, { manifest, ...(partial ? { store: (_cid, index) => index > 0 } : {}) })
  await publish(
    'beeld',
    { 'beeld.webp': poster },
    {
      medium: 'image',
      entry: 'beeld.webp',
      dimensions: { width: 1200, height: 900 },
      poster: { path: 'beeld.webp', alt: { nl: 'Een polder', en: 'A polder' } },
      credits: [{ name: 'B. Helper', role: { nl: 'techniek', en: 'technique' } }, { name: 'C. Other' }],
    },
  )
  await publish(
    'reeks',
    {
      'serie/2.webp': poster,
      'serie/10.webp': await file('om-de-beurt/work/poster.webp'),
      'serie/1.webp': await file('omweg/work/poster.webp'),
    },
    { medium: 'images', entry: 'serie/1.webp', track: 'next-socials' },
  )
  await publish(
    'geluid',
    { 'stem.m4a': patterned(3000), 'poster.webp': poster },
    {
      medium: 'audio',
      entry: 'stem.m4a',
      track: 'next-socials',
      transcript: { nl: 'Eerste alinea.\n\nTweede alinea.', en: 'First.\n\nSecond.' },
      warnings: [{ kind: 'sound' }],
    },
  )
  await publish(
    'film',
    {
      'film.webm': clip,
      'onder titels.vtt': 'WEBVTT\n\n00:00.000 --> 00:01.000\nDag\n',
      'poster.webp': poster,
    },
    {
      medium: 'video',
      entry: 'film.webm',
      track: 'digital-autonomy',
      poster: { path: 'poster.webp', alt: { nl: 'Een polder', en: 'A polder' } },
      captions: [
        { lang: 'nl', path: 'onder titels.vtt' },
        { lang: 'en', path: 'onder titels.vtt' },
      ],
      dimensions: { width: 640, height: 360 },
    },
  )
  await publish(
    'tekst',
    {
      'brief.md': `# Brief\n\nEen *woord* en [een bijlage](bij%20lage.md).\n\n[weg](http://elders.example/) <img src=x onerror=alert(1)>\n\n- een\n- twee\n`,
      'bij lage.md': 'Bijlage',
    },
    { medium: 'text', entry: 'brief.md', track: 'digital-autonomy' },
  )
  await publish(
    'kaal',
    { 'kaal.txt': `Eerste.\n\nTweede ${hostile}` },
    { medium: 'text', entry: 'kaal.txt', track: 'decentralised-web' },
  )
  await publish(
    'spel',
    { 'index.html': '<!doctype html><title>Spel</title><p>Spel', 'poster.webp': poster },
    {
      medium: 'interactive',
      track: 'decentralised-web',
      poster: { path: 'poster.webp', alt: { nl: 'Een spel', en: 'A game' } },
    },
  )
  await publish('ruimte', { 'ruimte.glb': patterned(2000) }, { medium: 'model', entry: 'ruimte.glb' })
  await publish('boek', { 'boek.pdf': patterned(2000) }, { medium: 'pdf', entry: 'boek.pdf' })
  await publish(
    'vijandig',
    { [`${hostile.replaceAll('/', '')}.webp`]: poster },
    {
      medium: 'image',
      entry: `${hostile.replaceAll('/', '')}.webp`,
      maker: hostile,
      title: { en: hostile },
      statement: { fy: `${hostile}\n\n${hostile}` },
      alt: { nl: hostile },
      technique: { nl: hostile },
      credits: [{ name: hostile, role: { en: hostile } }],
      warnings: [{ kind: 'flashing', text: { nl: hostile } }],
      licence: 'LicenseRef-x',
      year: 1999,
    },
  )
  await publish(
    'onderweg',
    { 'a.bin': patterned(3000), 'b.bin': patterned(9000, 2) },
    { medium: 'image', entry: 'a.bin' },
    true,
  )
  return made
}
