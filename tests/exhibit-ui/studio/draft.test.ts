import { describe, expect, test } from 'vitest'
import { CID } from 'multiformats/cid'
import * as v from 'valibot'
import { recordSchemas } from '../../../artworks/format/records.ts'
import { en } from '../../../exhibit-ui/locales/studio/en.ts'
import { nl } from '../../../exhibit-ui/locales/studio/nl.ts'
import { emptyDraft, finalSlug, slugOf } from '../../../exhibit-ui/studio/model/draft.ts'
import type { Draft } from '../../../exhibit-ui/studio/model/draft.ts'
import { draftOfManifest } from '../../../exhibit-ui/studio/model/draft-of-manifest.ts'
import { gapsOf } from '../../../exhibit-ui/studio/model/draft-gaps.ts'
import { manifestOfDraft } from '../../../exhibit-ui/studio/model/manifest-of-draft.ts'
import { strengthOf, suggestPassphrase } from '../../../exhibit-ui/studio/model/passphrase.ts'
import { parseStudioRoute, studioAddress } from '../../../exhibit-ui/studio/model/studio-route.ts'
import { addFiles, guessWork, withoutCommonFolder } from '../../../exhibit-ui/studio/model/work-file-list.ts'
import { foundKind, lieOf } from '../../../exhibit-ui/studio/read/file-kind.ts'

const did = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const root = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'
const work = { root, size: 10, chunks: 2 }
const of = { exhibition: did, sequence: 3, claimed: '2026-06-01T12:00:00Z' }

function film(change: Partial<Draft> = {}): Draft {
  return {
    ...emptyDraft({ id: 'd1', did, maker: 'Noor', nowMs: 0 }),
    title: { nl: 'Getij', en: '' },
    statement: { nl: 'Water.', en: 'Water.' },
    track: 'public-ai',
    medium: 'video',
    files: [{ path: 'film.mp4', size: 10 }],
    entry: 'film.mp4',
    alt: { nl: 'Golven', en: '' },
    noWords: 'nothing-spoken',
    ...change,
  }
}

describe('a draft', () => {
  test('that lacks nothing makes a manifest that can be signed, and a next version begins with it', () => {
    const draft = film({
      credits: [
        { name: 'Ilse', role: { nl: 'geluid', en: '' } },
        { name: ' ', role: { nl: '', en: '' } },
      ],
      warnings: ['sound'],
      year: '2026',
      poster: 'poster.jpg',
      posterAlt: { nl: 'Zee', en: 'Sea' },
    })
    expect(gapsOf(draft)).toEqual([])
    const body = manifestOfDraft(draft, work, of)
    const linked = { ...body, root: CID.parse(root) }
    const parsed = v.safeParse(recordSchemas.artwork, linked)
    expect(parsed.issues).toBeUndefined()
    expect(body).toMatchObject({
      slug: 'getij',
      title: { nl: 'Getij' },
      credits: [{ name: 'Ilse', role: { nl: 'geluid' } }],
    })
    expect(body['transcript']).toEqual({
      nl: expect.stringContaining('niet gesproken'),
      en: expect.stringContaining('nothing is spoken'),
    })
    const next = { ...film(), ...draftOfManifest(v.parse(recordSchemas.artwork, linked)) }
    expect(next).toMatchObject({ of: { slug: 'getij', sequence: 3 }, year: '2026', warnings: ['sound'] })
    expect(finalSlug({ ...next, title: { nl: 'Anders', en: '' } })).toBe('getij')
  })

  test('says what it lacks', () => {
    const empty = emptyDraft({ id: 'd1', did, maker: '', nowMs: 0 })
    expect(gapsOf(empty)).toEqual(['files', 'title', 'statement', 'maker', 'track', 'alt'])
    expect(gapsOf(film({ noWords: '' }))).toEqual(['words'])
    expect(gapsOf(film({ noWords: '', captions: [{ lang: 'nl', path: 'film.vtt' }] }))).toEqual([])
    expect(gapsOf(film({ poster: 'p.png' }))).toEqual(['poster-alt'])
    expect(gapsOf(film(), new Set(['getij']))).toEqual(['slug-taken'])
    expect(gapsOf(film({ of: { slug: 'getij', sequence: 1 } }), new Set(['getij']))).toEqual([])
    expect(gapsOf(film({ title: { nl: 'x'.repeat(200), en: '' } }))).toEqual(['too-long'])
    expect(gapsOf(film({ entry: 'weg.mp4' }))).toEqual(['entry'])
    const series = film({
      medium: 'images',
      files: ['10.png', '2.png', 'poster.png', 'a/3.png'].map((path) => ({ path, size: 1 })),
      entry: '2.png',
      poster: 'poster.png',
      posterAlt: { nl: 'P', en: '' },
      pictures: { '2.png': { nl: 'Twee', en: '' } },
    })
    expect(gapsOf(series)).toEqual(['picture-alt'])
    const whole = { ...series, pictures: { ...series.pictures, '10.png': { nl: 'Tien', en: 'Ten' } } }
    expect(gapsOf(whole)).toEqual([])
    expect(manifestOfDraft(whole, work, of)['pictures']).toEqual([
      { path: '2.png', alt: { nl: 'Twee' } },
      { path: '10.png', alt: { nl: 'Tien', en: 'Ten' } },
    ])
  })

  test('gets an address from its title, in whatever script', () => {
    expect(slugOf('  Het wéér, morgen! ')).toBe('het-weer-morgen')
    expect(slugOf('天気')).toBe('')
    expect(finalSlug(film({ title: { nl: '天気', en: '' } }))).toBe('work-d1')
    expect(slugOf('a'.repeat(90))).toHaveLength(64)
  })
})

describe('files', () => {
  const file = (path: string) => ({ path, blob: new Blob(['x']) })

  test('lose the folder they all lie in, and what systems leave', () => {
    const files = ['w/x/index.html', 'w/x/a/b.js', 'w/x/.DS_Store'].map(file)
    expect(withoutCommonFolder(files).map(({ path }) => path)).toEqual(['index.html', 'a/b.js'])
  })

  test('with names that lie, turn or clash are refused, and the others stay', () => {
    const { files, refused } = addFiles(
      [file('a.txt')],
      ['b\u202etxt.exe', 'c\u0000', '../d', 'e\\f', 'goed.txt', 'é'.normalize('NFD')].map(file),
    )
    expect(files.map(({ path }) => path)).toEqual(['a.txt', 'goed.txt', 'é'.normalize('NFC')])
    expect(refused.map(({ why }) => why)).toEqual(['bidi', 'name', 'name', 'name'])
    expect(addFiles([file('a')], [file('a/b')])).toEqual({
      files: [expect.objectContaining({ path: 'a' })],
      refused: [{ path: 'a/b', why: 'twice' }],
    })
    expect(addFiles([], ['العمل.png', '作品.png', 'შრომა.png'].map(file)).refused).toEqual([])
  })

  test('say what kind of work they are', () => {
    expect(guessWork(['a.jpg'])).toMatchObject({ medium: 'image', entry: 'a.jpg' })
    expect(guessWork(['a.jpg', 'b.jpg'])).toMatchObject({ medium: 'images', entry: 'a.jpg' })
    expect(guessWork(['lib.js', 'index.html', 'x/y.html'])).toMatchObject({
      medium: 'interactive',
      entry: 'index.html',
    })
    expect(guessWork(['film.mp4', 'film.en.vtt', 'poster.png'])).toEqual({
      medium: 'video',
      entry: 'film.mp4',
      poster: 'poster.png',
      captions: [{ lang: 'en', path: 'film.en.vtt' }],
    })
    expect(guessWork(['a.bin'])).toMatchObject({ medium: '', entry: '' })
  })

  test('are what their first bytes say', () => {
    const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    expect(foundKind(bytes('\x89PNG\r\n\x1a\n'))).toBe('png')
    expect(lieOf('a.png', bytes('\x89PNG\r\n\x1a\n'))).toBeUndefined()
    expect(lieOf('a.png', bytes('<!doctype html>'))).toBe('HTML')
    expect(lieOf('a.mp4', bytes('MZ\x90'))).toBe('PROGRAM')
    expect(lieOf('a.jpg', bytes('zomaar'))).toBe('?')
    expect(lieOf('a.txt', bytes('MZ'))).toBeUndefined()
  })
})

describe('a passphrase', () => {
  test('is called short, weak, good or strong', () => {
    expect(
      [
        'kort',
        'aaaaaaaaaaaaaaaa',
        '1234567890123',
        'vier losse woorden bij',
        'molen fiets regenjas zeven',
      ].map(strengthOf),
    ).toEqual(['short', 'weak', 'weak', 'good', 'strong'])
  })

  test('that is suggested can be said, is strong, and differs every time', () => {
    const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
    const made = Array.from({ length: 50 }, () => suggestPassphrase(random))
    for (const one of made) {
      expect(one).toMatch(
        /^([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]( ([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]){4}$/,
      )
      expect(strengthOf(one)).not.toBe('weak')
    }
    expect(new Set(made).size).toBe(50)
  })
})

test('an address of the studio names its page, and any other its first', () => {
  for (const route of [
    { page: 'home', language: 'nl' },
    { page: 'draft', language: 'en', id: 'a1', step: 'look' },
    { page: 'work', language: 'nl', slug: 'getij' },
  ] as const) {
    expect(parseStudioRoute(studioAddress(route))).toEqual(route)
  }
  expect(parseStudioRoute('/nl/studio/draft/../../x')).toEqual({ page: 'home', language: 'nl' })
  expect(parseStudioRoute('/nl/works')).toBeUndefined()
})

test('every text is there in both languages, and none is left empty', () => {
  const paths = (value: unknown, at = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${at}.${key}`))
      : [`${at} ${typeof value}${value === '' ? ' empty' : ''}`]
  expect(paths(en)).toEqual(paths(nl))
  expect(paths(en).filter((path) => path.endsWith('empty'))).toEqual([])
})
