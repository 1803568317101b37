import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rootByImporter } from '../exhibit-ui/studio/plain-importer.ts'
import { Command } from '../integration/support/command.ts'
import { bytesOf } from '../node/store/blocks.ts'
import { Artist, phoneScreen } from './artist.ts'
import { OneNode } from './one-node.ts'

const MIB = 1024 * 1024

/** In pieces of a seed each, so that no two chunks are the same. */
function ofLength(length: number): Buffer {
  const pieces: Uint8Array[] = []
  for (let left = length; left > 0; left -= MIB)
    pieces.push(bytesOf(Math.min(left, MIB), pieces.length + length))
  return Buffer.concat(pieces)
}

const name = 'a-name-that-is-long-enough-to-need-shards'
const works: Record<string, () => Record<string, Uint8Array>> = {
  '1 byte': () => ({ 'a.txt': ofLength(1) }),
  '1 MiB less a byte': () => ({ 'a.txt': ofLength(MIB - 1) }),
  '1 MiB': () => ({ 'a.txt': ofLength(MIB) }),
  '1 MiB and a byte': () => ({ 'a.txt': ofLength(MIB + 1) }),
  '100 MiB': () => ({ 'a.txt': ofLength(100 * MIB) }),
  '10,000 files': () =>
    Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        i === 0 ? 'a.txt' : `deel-${i % 3}/${name}-${i}.txt`,
        bytesOf(1, i),
      ]),
    ),
}

describe('the root that the studio computes, in chromium over plain HTTP', () => {
  let place: OneNode
  let artist: Artist
  const roots = new Set<string>()

  beforeAll(async () => {
    place = await OneNode.start()
    artist = await place.artist(phoneScreen)
    await artist.open()
    await artist.makeKey('Noor')
    await artist.button('Nieuw werk').click()
    await artist.describe('Wortel')
  }, 600_000)

  afterAll(() => place?.close())

  it.each(Object.keys(works))(
    'is that of the command line and of ipfs-unixfs-importer, for %s',
    async (what) => {
      const { page } = artist
      const folder = join(place.dir, what.replaceAll(/\W/g, '-'))
      const work = join(folder, 'work')
      const files = works[what]?.() ?? {}
      for (const path of Object.keys(files)) mkdirSync(join(work, path, '..'), { recursive: true })
      for (const [path, bytes] of Object.entries(files)) writeFileSync(join(work, path), bytes)
      writeFileSync(join(folder, 'artwork.yaml'), described)
      await artist.step('Bestanden')
      if (roots.size > 0) await artist.button('Begin opnieuw').click()
      await page.locator('files-step input[webkitdirectory]').setInputFiles(work)
      await page
        .locator('files-step .files')
        .getByText(`${Object.keys(files).length} bestand`)
        .waitFor({ timeout: 300_000 })
      expect(await page.evaluate(() => isSecureContext)).toBe(false)
      await artist.step('Versturen')
      const workers = page.waitForEvent('worker')
      await artist.button('Bereken het zegel').click()
      expect((await workers).url()).toContain('hash-worker')
      await page.locator('send-step .root').waitFor({ timeout: 300_000 })
      const root = await page.locator('send-step .root').innerText()
      const checked = await new Command(['artwork', 'check', folder, '--json']).ended
      expect([checked.mistakes, (JSON.parse(checked.stdout) as { root: string }).root]).toEqual([[], root])
      expect(await rootByImporter(files)).toBe(root)
      roots.add(root)
    },
    600_000,
  )

  it('differs from work to work', () => {
    expect(roots.size).toBe(Object.keys(works).length)
    expect(artist.wrongs).toEqual([])
  })
})

const described = `slug: wortel
title: { nl: Wortel }
statement: { nl: Een proef. }
maker: Noor
track: public-ai
medium: text
entry: a.txt
alt: { nl: Tekens zonder betekenis. }
licence: CC-BY-4.0
`
