import { createReadStream, openAsBlob } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { isBlock } from '../../../artworks/format/dag.ts'
import { hashWork } from '../../../exhibit-ui/studio/send/hash-work.ts'
import { importDirectory } from '../../../node/ingest/import-directory.ts'
import { bytesOf } from '../../node/store/blocks.ts'
import { temporaryDirectory } from '../../node/store/temporary-directory.ts'
import { rootByImporter } from './plain-importer.ts'

const MIB = 1024 * 1024

type Files = Record<string, Uint8Array<ArrayBuffer>>

const inBrowser = (files: Files) =>
  hashWork(Object.entries(files).map(([path, bytes]) => ({ path, blob: new Blob([bytes]) })))

async function byCommandLine(files: Files) {
  const dir = await temporaryDirectory()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  const { root, size, chunks } = await importDirectory(dir, async () => undefined)
  return { root: root.toString(), size, chunks }
}

const bytes = (length: number, seed = 1) => new Uint8Array(bytesOf(length, seed))

async function expectEqual(files: Files): Promise<void> {
  const { root, size, chunks } = await inBrowser(files)
  expect({ root, size, chunks }).toEqual(await byCommandLine(files))
  expect(root).toBe(await rootByImporter(files))
}

describe('the root a browser computes is that of the command line, and of ipfs-unixfs-importer', () => {
  for (const length of [1, MIB - 1, MIB, MIB + 1]) {
    test(`for a file of ${length} bytes`, () => expectEqual({ 'a.bin': bytes(length) }))
  }

  test('for folders in folders, an empty file, and two files that are the same', () =>
    expectEqual({
      'index.html': bytes(10),
      'empty.txt': bytes(0),
      'a/b/c/d.bin': bytes(3 * MIB + 5, 2),
      'a/b/copy.bin': bytes(3 * MIB + 5, 2),
      'a/é.txt': bytes(3),
    }))

  test('for 100 MiB', async () => {
    const dir = await temporaryDirectory()
    await writeFile(join(dir, 'long.bin'), Buffer.concat([1, 2, 3, 4].map((seed) => bytes(25 * MIB, seed))))
    const { root } = await importDirectory(dir, async () => undefined)
    const blob = await openAsBlob(join(dir, 'long.bin'))
    expect((await hashWork([{ path: 'long.bin', blob }])).root).toBe(root.toString())
    expect(await rootByImporter({ 'long.bin': createReadStream(join(dir, 'long.bin')) })).toBe(
      root.toString(),
    )
  })

  test('for 10,000 files, whose directory is sharded', async () => {
    const name = 'a-name-that-is-long-enough-to-need-shards'
    const entries = Array.from({ length: 10_000 }, (_, i) => [`${name}-${i}.txt`, bytes(1, i % 7)] as const)
    await expectEqual(Object.fromEntries(entries))
  })

  test('for any tree', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,3}(\/x[a-z]{1,3}){0,2}\.t$/),
          fc.integer({ min: 0, max: 3000 }).map((length) => bytes(length, length)),
          { minKeys: 1, maxKeys: 8 },
        ),
        expectEqual,
      ),
      { numRuns: 25 },
    ))
})

test('every block can be had from the files and what is kept beside them', async () => {
  const files = { 'a/long.bin': bytes(2 * MIB + 9, 4), 'b.txt': bytes(40, 5), 'c.txt': bytes(0) }
  const work = await inBrowser(files)
  expect(work.inner.size + work.leaves.size).toBe(work.chunks)
  for (const [cid, { path, offset, bytes }] of work.leaves) {
    const content = files[path as keyof typeof files].subarray(offset, offset + bytes)
    expect(isBlock(CID.parse(cid), content)).toBe(true)
  }
})

test('stops when it is told to', async () => {
  const stop = new AbortController()
  const hashing = hashWork([{ path: 'a', blob: new Blob([bytes(4 * MIB)]) }], {
    signal: stop.signal,
    onBytes: () => stop.abort(new Error('enough')),
  })
  await expect(hashing).rejects.toThrow('enough')
})
