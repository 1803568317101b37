import { createHash } from 'node:crypto'
import { CID } from 'multiformats/cid'
import { create as createDigest } from 'multiformats/hashes/digest'
import type { ArtworkDetail, ArtworkSummary, GapCause, Progress } from '../../node/http/contract.ts'
import { sampleNodes } from './fixture-mesh.ts'

/** Sample data in the contract's types: every medium, every cause of a gap, works in one language only. */

export const houseArtist = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH'
const maker = 'Mesh Art Network, huiscollectie'

export const rootOf = (name: string): string =>
  CID.createV1(0x70, createDigest(0x12, createHash('sha256').update(name).digest())).toString()

export function progressOf(
  have: number,
  total: number,
  from: Progress['from'] = [],
  cause?: GapCause,
): Progress {
  const complete = have >= total
  const cells = Array.from({ length: 36 }, (_, index) => {
    const end = Math.max(Math.floor(((index + 1) * total) / 36), Math.floor((index * total) / 36) + 1)
    return end <= have ? '1' : '0'
  }).join('')
  return { have, total, complete, cells, from, ...(cause && { cause }) }
}

const from = (id: string): Progress['from'] =>
  sampleNodes.filter((one) => one.id === id).map(({ id, name }) => ({ id, name }))

type Sample = Partial<ArtworkDetail> &
  Pick<ArtworkDetail, 'slug' | 'title' | 'track' | 'medium'> & { file: string }

const both = (nl: string, en: string) => ({ nl, en })

const samples: Sample[] = [
  {
    slug: 'gemiddeld-genomen',
    title: both('Gemiddeld genomen', 'On average'),
    track: 'public-ai',
    medium: 'image',
    file: 'picture.svg',
    dimensions: { width: 1600, height: 1200 },
    technique: both('gegenereerd portret, pigmentdruk', 'generated portrait, pigment print'),
    poster: {
      url: 'poster.svg',
      alt: both('Cirkels die samen een gezicht zijn', 'Circles that together are a face'),
    },
  },
  {
    slug: 'wie-niet-telt',
    title: both('Wie niet telt', 'Whoever does not count'),
    track: 'public-ai',
    medium: 'text',
    file: 'tekst.md',
  },
  {
    slug: 'zeven-stemmen',
    title: both('Zeven stemmen, één model', 'Seven voices, one model'),
    track: 'public-ai',
    medium: 'audio',
    file: 'stemmen.wav',
    durationSeconds: 428,
    technique: both('zevensporige geluidsopname', 'seven-track sound recording'),
    transcript: both(
      'Een stem telt tot zeven.\n\nDe andere zes tellen mee, elk een tel later.',
      'A voice counts to seven.\n\nThe other six count along, each a beat later.',
    ),
  },
  {
    slug: 'om-de-beurt',
    title: both('Om de beurt', 'Taking turns'),
    track: 'next-socials',
    medium: 'video',
    file: 'clip.webm',
    durationSeconds: 4,
    dimensions: { width: 640, height: 360 },
    captions: [
      { lang: 'nl', url: 'nl.vtt' },
      { lang: 'en', url: 'en.vtt' },
    ],
    poster: {
      url: 'poster.svg',
      alt: both('Blokken die elkaar voorlaten', 'Blocks giving way to each other'),
    },
  },
  {
    slug: 'tijdlijn-zonder-eigenaar',
    title: both('Tijdlijn zonder eigenaar', 'Timeline without an owner'),
    track: 'next-socials',
    medium: 'video',
    file: 'clip.webm',
    durationSeconds: 240,
    dimensions: { width: 640, height: 360 },
    progress: progressOf(41, 63, from('n-waag'), 'arriving'),
  },
  {
    slug: 'de-stilte-van-de-melding',
    title: { en: 'The silence of the notification' },
    track: 'next-socials',
    medium: 'image',
    file: 'portrait.svg',
    dimensions: { width: 1200, height: 1600 },
    warnings: [
      {
        kind: 'flashing',
        text: both('snelle wisselingen van licht en donker', 'fast changes of light and dark'),
      },
    ],
    poster: { url: 'poster.svg', alt: { en: 'Light and dark stripes' } },
  },
  {
    slug: 'broncode-van-een-stad',
    title: both('Broncode van een stad', 'Source code of a city'),
    track: 'digital-autonomy',
    medium: 'images',
    file: 'beeld-1.svg',
    dimensions: { width: 1600, height: 1200 },
    poster: { url: 'poster.svg', alt: both('Plattegrond van lijnen', 'A map of lines') },
  },
  {
    slug: 'peil',
    title: both('Peil', 'Level'),
    track: 'digital-autonomy',
    medium: 'pdf',
    file: 'peil.pdf',
  },
  {
    slug: 'uitwijkplaats',
    title: both('Uitwijkplaats', 'Passing place'),
    track: 'digital-autonomy',
    medium: 'video',
    file: 'clip.webm',
    durationSeconds: 3920,
    progress: progressOf(12, 840, [], 'disk-full'),
    poster: { url: 'missing.svg', alt: both('Een weg', 'A road') },
  },
  {
    slug: 'handdruk',
    title: both('Handdruk', 'Handshake'),
    track: 'decentralised-web',
    medium: 'model',
    file: 'hand.glb',
    progress: progressOf(9, 24, [], 'no-neighbour-has-it'),
  },
  {
    slug: 'knoop',
    title: both('Knoop', 'Knot'),
    track: 'decentralised-web',
    medium: 'model',
    file: 'knoop.glb',
    technique: both('3D-scan van gevlochten kabel', '3D scan of braided cable'),
  },
  {
    slug: 'het-weerbericht-van-de-macht',
    title: both('Het weerbericht van de macht', 'The weather forecast of power'),
    track: 'decentralised-web',
    medium: 'interactive',
    file: 'index.html',
    technique: both('interactief werk, mesh', 'interactive work, mesh'),
    warnings: [{ kind: 'sound' }],
  },
  {
    slug: 'omweg',
    title: both('Omweg', 'Detour'),
    track: 'decentralised-web',
    medium: 'interactive',
    file: 'index.html',
    poster: { url: 'poster.svg', alt: both('Een lijn met een bocht', 'A line with a bend') },
  },
]

const statement = both(
  'Elk knooppunt meet hoe goed het zijn buren hoort. Wat je ziet is het weer van dit netwerk, nu: hoge druk waar veel wegen samenkomen, windstil waar een kastje alleen staat.\n\nValt er een verbinding weg, dan draait de wind.',
  'Every node measures how well it hears its neighbours. What you see is the weather of this network, now: high pressure where many roads meet, calm where a box stands alone.\n\nWhen a link drops, the wind turns.',
)

const mediaTypes: Record<string, string> = {
  svg: 'image/svg+xml',
  md: 'text/markdown',
  wav: 'audio/wav',
  webm: 'video/webm',
  vtt: 'text/vtt',
  html: 'text/html',
  pdf: 'application/pdf',
  glb: 'model/gltf-binary',
}
export const mediaTypeOf = (path: string): string =>
  mediaTypes[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

function detailOf(sample: Sample): ArtworkDetail {
  const { file, poster, captions = [], ...rest } = sample
  const root = rootOf(sample.slug)
  const manifest = rootOf(`manifest of ${sample.slug}`)
  const url = (path: string): string => `/works/${root}/${path}`
  const paths = sample.medium === 'images' ? ['beeld-1.svg', 'beeld-2.svg', 'beeld-10.svg'] : [file]
  const title = sample.title['nl'] ?? sample.title['en'] ?? ''
  return {
    artist: houseArtist,
    sequence: 2,
    manifest,
    root,
    maker,
    year: 2026,
    alt: both(`Voorstelling van ‘${title}’`, `What ‘${sample.title['en'] ?? title}’ shows`),
    warnings: [],
    licence: 'CC-BY-SA-4.0',
    size: 44_400_000,
    progress: progressOf(63, 63),
    statement,
    credits: [{ name: 'PublicSpaces', role: both('opdracht', 'commission') }],
    captions: captions.map((one) => ({ ...one, url: url(one.url) })),
    entry: { url: url(file), path: file, mediaType: mediaTypeOf(file) },
    files: [...paths, ...(poster ? [poster.url] : [])].map((path) => ({
      path,
      url: url(path),
      mediaType: mediaTypeOf(path),
      size: 2_400_000,
    })),
    versions: [
      { manifest, sequence: 2, claimed: '2026-05-28T09:30:00Z', shown: true },
      {
        manifest: rootOf(`older ${sample.slug}`),
        sequence: 1,
        claimed: '2026-05-02T14:00:00Z',
        shown: false,
      },
    ],
    provenance: {
      artist: houseArtist,
      fingerprint: '7f3a91c20d5be84471aa02c9f6b1e35d',
      claimed: '2026-05-28T09:30:00Z',
      intakeNode: 'n-waag',
      admittedBy: [
        { did: 'did:key:z6MkcuratorOne', name: 'NEMO' },
        { did: 'did:key:z6MkcuratorTwo', name: 'Waag Futurelab' },
      ],
    },
    ...rest,
    ...(poster && { poster: { ...poster, url: url(poster.url) } }),
  }
}

export const sampleWorks = (): ArtworkDetail[] => samples.map(detailOf)

/** A work that is not there at first, for tests of arrival. */
export const lateWork = (): ArtworkDetail =>
  detailOf({
    slug: 'de-laatste-bus',
    title: both('De laatste bus', 'The last bus'),
    track: 'public-ai',
    medium: 'image',
    file: 'picture.svg',
    dimensions: { width: 1600, height: 1200 },
    progress: progressOf(0, 36, from('n-waag'), 'arriving'),
  })

/** An interactive work that means ill: one of fixtures/hostile. */
export const hostileWork = (name: string): ArtworkDetail =>
  detailOf({
    slug: `vijand-${name}`,
    title: both(`Vijand ${name}`, `Enemy ${name}`),
    track: 'public-ai',
    medium: 'interactive',
    file: `hostile/${name}.html`,
  })

/** A model whose mesh is compressed: one of fixture-packed.ts. */
export const packedWork = (name: 'draco' | 'meshopt'): ArtworkDetail =>
  detailOf({
    slug: `gepakt-${name}`,
    title: both(`Gepakt ${name}`, `Packed ${name}`),
    track: 'public-ai',
    medium: 'model',
    file: `${name}.glb`,
  })

export function summaryOf(work: ArtworkDetail): ArtworkSummary {
  const { statement: _s, credits: _c, captions: _p, transcript: _t, entry: _e, files: _f, ...rest } = work
  const { versions: _v, provenance: _o, ...summary } = rest
  return summary
}
