import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readArtworkFolder } from '../../../node/ingest/artwork-yaml.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'

const GOOD = `
slug: golf
title: { nl: Golf, en: Wave }
statement: { nl: Een golf., en: A wave. }
maker: A. Maker
track: digital-autonomy
year: 2026
medium: video
entry: wave.webm
poster: { path: poster.webp, alt: { nl: Een golf, en: A wave } }
alt: { nl: Een golf, en: A wave }
captions:
  - { lang: nl, path: nl.vtt }
licence: CC-BY-SA-4.0
`

async function folderOf(
  yaml: string | Uint8Array,
  files = ['wave.webm', 'poster.webp', 'nl.vtt'],
): Promise<string> {
  const dir = await temporaryDirectory()
  await mkdir(join(dir, 'work'))
  await writeFile(join(dir, 'artwork.yaml'), yaml)
  for (const file of files) await writeFile(join(dir, 'work', file), 'content')
  return dir
}

test('reads an artwork and finds its files', async () => {
  const dir = await folderOf(GOOD)
  const { description, workDir, files } = await readArtworkFolder(dir)
  expect(description).toMatchObject({ slug: 'golf', year: 2026, captions: [{ lang: 'nl', path: 'nl.vtt' }] })
  expect(workDir).toBe(join(dir, 'work'))
  expect(files.files.map(({ path }) => path)).toEqual(['nl.vtt', 'poster.webp', 'wave.webm'])
})

describe('mistakes', () => {
  test('are listed all at once, with their paths', async () => {
    const yaml = GOOD.replace('slug: golf', 'slug: Golf!')
      .replace('medium: video', 'medium: opera\nmakers: typo')
      .replace('entry: wave.webm', 'entry: ../wave.webm')
      .replace('path: nl.vtt', 'path: NL.vtt')
    const read = readArtworkFolder(await folderOf(yaml))
    await expect(read).rejects.toMatchObject({ code: 'bad-artwork' })
    await expect(read).rejects.toMatchObject({
      issues: expect.arrayContaining([
        expect.objectContaining({ path: 'slug' }),
        expect.objectContaining({ path: 'medium' }),
        { path: 'makers', message: 'is not a field that an artwork has' },
        expect.objectContaining({ path: 'entry', message: expect.stringMatching(/without \.\./) }),
        { path: 'captions.0.path', message: "'NL.vtt' is not in work/; there is 'nl.vtt'" },
      ]),
    })
  })

  test('a misspelt field inside another is a mistake too', async () => {
    const yaml = GOOD.replace('poster: {', 'poster: { atl: { nl: x },')
    await expect(readArtworkFolder(await folderOf(yaml))).rejects.toMatchObject({
      issues: [{ path: 'poster.atl', message: 'is not a field that an artwork has' }],
    })
  })

  test.each([
    [
      'a file that is not there',
      GOOD.replace('poster.webp', 'absent.webp'),
      /poster\.path: 'absent\.webp' is not in work/,
    ],
    ['no mapping', '- just\n- a list', /line 1: must be a mapping/],
    ['broken YAML, with its line', 'slug: golf\ntitle: { nl: [', /line 2/],
    ['a key twice', 'slug: a\nslug: b', /line 2: Map keys must be unique/],
    ['an empty file', '', /slug: is missing; title: is missing/],
    ['too much', `${GOOD}# ${'x'.repeat(256 * 1024)}`, /larger than 262144 bytes/],
    ['no text', Uint8Array.of(0x73, 0xff, 0xfe), /not UTF-8/],
    [
      'aliases that unfold',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]`,
      /alias/,
    ],
  ])('%s', async (_, yaml, message) => {
    const read = readArtworkFolder(await folderOf(yaml))
    await expect(read).rejects.toMatchObject({ name: 'IngestError', code: 'bad-artwork' })
    await expect(read).rejects.toThrow(message)
  })

  test('a folder without its parts', async () => {
    const dir = await temporaryDirectory()
    await expect(readArtworkFolder(dir)).rejects.toThrow(/artwork\.yaml: does not exist/)
    await writeFile(join(dir, 'artwork.yaml'), GOOD)
    await expect(readArtworkFolder(dir)).rejects.toThrow(/work: does not exist/)
    await mkdir(join(dir, 'work'))
    await expect(readArtworkFolder(dir)).rejects.toMatchObject({ code: 'empty' })
    await symlink('/etc/passwd', join(dir, 'work', 'wave.webm'))
    await expect(readArtworkFolder(dir)).rejects.toThrow(/symbolic link/)
  })
})
