import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RenditionFiles } from '../../../node/store/rendition-files.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'
const name = (width: number): string => `${cid}-${width}.webp`
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7)

describe('renditions on the disk', () => {
  test('are there after a new start, and gone without harm when somebody deletes them', async () => {
    const dir = join(await temporaryDirectory(), 'derivatives')
    await new RenditionFiles(dir, 1000).write('root-a', name(320), bytes(10))
    const again = new RenditionFiles(dir, 1000)
    expect(await again.read('root-a', name(320))).toEqual(Buffer.from(bytes(10)))
    expect(again.bytes).toBe(42)
    expect(await again.read('root-a', name(640))).toBeNull()
  })

  test('stay within their bound: what was not used for longest goes first', async () => {
    const dir = await temporaryDirectory()
    const files = new RenditionFiles(dir, 3 * 132)
    for (const width of [320, 640, 1024]) await files.write('root-a', name(width), bytes(100))
    await files.read('root-a', name(320))
    await files.write('root-b', name(1600), bytes(100))
    expect(files.bytes).toBe(3 * 132)
    expect(await files.read('root-a', name(640))).toBeNull()
    expect(await files.read('root-a', name(320))).not.toBeNull()
    expect((await readdir(join(dir, 'root-a'))).sort()).toEqual([name(1024), name(320)].sort())
    // Larger than all of it: not kept, and nothing else lost for it.
    await files.write('root-b', name(2560), bytes(1000))
    expect(files.bytes).toBe(3 * 132)
  })

  test('are made again when the disk gives something else back', async () => {
    const dir = await temporaryDirectory()
    const files = new RenditionFiles(dir, 1000)
    await files.write('root-a', name(320), bytes(100))
    await writeFile(join(dir, 'root-a', name(320)), new Uint8Array(0))
    expect(await files.read('root-a', name(320))).toBeNull()
    expect(await readdir(join(dir, 'root-a'))).toEqual([])
    expect(files.bytes).toBe(0)
  })

  test('go with the work they are of; what is none is cleared away', async () => {
    const dir = await temporaryDirectory()
    await new RenditionFiles(dir, 1000).write('root-a', name(320), bytes(10))
    await new RenditionFiles(dir, 1000).write('root-b', name(320), bytes(10))
    await writeFile(join(dir, 'root-b', `${name(640)}.tmp`), 'half')
    const files = new RenditionFiles(dir, 1000)
    await files.keepOnly((root) => root === 'root-b')
    expect(await readdir(dir)).toEqual(['root-b'])
    expect(await readdir(join(dir, 'root-b'))).toEqual([name(320)])
  })
})
