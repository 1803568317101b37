import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PackedFiles } from '../../exhibit-ui/packed-files.ts'
import { temporaryDirectory } from '../node/store/temporary-directory.ts'

it('packs the same bytes once, and forgets what a later build has no use for', async () => {
  const directory = join(await temporaryDirectory(), 'packed')
  let times = 0
  const pack = async (bytes: Buffer): Promise<Buffer> => {
    times += 1
    return Promise.resolve(Buffer.from(`packed ${bytes.toString()}`))
  }
  const build = async (...contents: string[]): Promise<string[]> => {
    const packed = new PackedFiles(directory)
    const made = await Promise.all(contents.map((text) => packed.get(Buffer.from(text), 'br', pack)))
    await packed.prune()
    return made.map(String)
  }
  expect(await build('a', 'b', 'a')).toEqual(['packed a', 'packed b', 'packed a'])
  expect(await build('b', 'c')).toEqual(['packed b', 'packed c'])
  expect(times).toBe(3)
  expect(await readdir(directory)).toHaveLength(2)
  // Another way of packing the same is another thing.
  await new PackedFiles(directory).get(Buffer.from('b'), 'gz', pack)
  expect(times).toBe(4)
})
