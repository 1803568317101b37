import { constants } from 'node:fs'
import * as nodeFs from 'node:fs/promises'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BufferPool } from '../../../node/mesh/buffer-pool.ts'
import { BlockWriter } from '../../../node/store/block-writer.ts'
import type { FileSystem } from '../../../node/store/durable-files.ts'
import { allocatePages, isWholePages, PAGE_BYTES } from '../../../node/store/page-memory.ts'
import { CHUNK_HEAD_BYTES, chunkFrameHead } from '../../../node/wire/chunk-messages.ts'
import { wireLimits } from '../../../node/wire/limits.ts'
import { bytesOf, rawBlock } from './blocks.ts'

const MIB = 1024 * 1024

/** Content in whole pages. */
function pages(bytes: number): Uint8Array {
  const view = new Uint8Array(allocatePages(bytes))
  view.set(bytesOf(bytes))
  return view
}

describe('a block is written', () => {
  let dir: string
  let opened: (string | number | undefined)[]

  // Of a disk, and not of memory: a file system in memory may not know O_DIRECT.
  beforeEach(async () => {
    dir = await mkdtemp('/var/tmp/mesh-art-')
    opened = []
  })
  afterEach(() => rm(dir, { recursive: true, force: true }))

  /** The system's, noting how files are opened. @param refuse called for every file that is opened for direct writing */
  function fileSystem(refuse: (file: nodeFs.FileHandle) => void = () => undefined): FileSystem {
    return {
      ...nodeFs,
      open: async (path, flags, mode) => {
        opened.push(flags)
        const file = await nodeFs.open(path, flags, mode)
        if (typeof flags === 'number' && (flags & constants.O_DIRECT) !== 0) refuse(file)
        return file
      },
    }
  }

  const isDirect = (flags: string | number | undefined): boolean =>
    typeof flags === 'number' && (flags & constants.O_DIRECT) !== 0

  test('past the cache where it is whole pages, as a chunk that came over a plain connection is', async () => {
    expect(chunkFrameHead(rawBlock('any').cid)).toHaveLength(CHUNK_HEAD_BYTES)
    const body = new BufferPool(wireLimits.chunkFrameBytes)
      .take(CHUNK_HEAD_BYTES + MIB, CHUNK_HEAD_BYTES)
      .subarray(CHUNK_HEAD_BYTES)
    body.set(bytesOf(MIB))
    await new BlockWriter(fileSystem()).write(join(dir, 'block'), body)
    expect(opened.map(isDirect)).toEqual([true])
    expect(new Uint8Array(await readFile(join(dir, 'block')))).toEqual(bytesOf(MIB))
  })

  test.each([
    ['a part of a page', pages(2 * PAGE_BYTES).subarray(0, PAGE_BYTES + 1)],
    ['not at a page', pages(3 * PAGE_BYTES).subarray(16, 16 + PAGE_BYTES)],
    ['anywhere in memory', new Uint8Array(bytesOf(2 * PAGE_BYTES))],
    ['empty', new Uint8Array(allocatePages(PAGE_BYTES)).subarray(0, 0)],
  ])('by way of the cache where it is %s', async (_, bytes) => {
    expect(isWholePages(bytes)).toBe(false)
    await new BlockWriter(fileSystem()).write(join(dir, 'block'), bytes)
    expect(opened.map(isDirect)).toEqual([false])
    expect(new Uint8Array(await readFile(join(dir, 'block')))).toEqual(new Uint8Array(bytes))
  })

  test('by way of the cache on a disk that does not know the other, which is asked once', async () => {
    const writer = new BlockWriter(
      fileSystem((file) => {
        file.write = () => Promise.reject(Object.assign(new Error('injected'), { code: 'EINVAL' }))
      }),
    )
    for (const name of ['one', 'two']) {
      await writer.write(join(dir, name), pages(MIB))
      expect(new Uint8Array(await readFile(join(dir, name)))).toEqual(bytesOf(MIB))
    }
    expect(opened.map(isDirect)).toEqual([true, false, false])
  })

  test('on and on, where the disk takes it piece by piece', async () => {
    const writer = new BlockWriter(
      fileSystem((file) => {
        const write = file.write.bind(file) as (...args: unknown[]) => Promise<{ bytesWritten: number }>
        const piecewise = (bytes: Uint8Array, at: number, length: number, to: number): unknown =>
          write(bytes, at, Math.min(length, 5 * PAGE_BYTES), to)
        Object.assign(file, { write: piecewise })
      }),
    )
    await writer.write(join(dir, 'block'), pages(MIB))
    expect(new Uint8Array(await readFile(join(dir, 'block')))).toEqual(bytesOf(MIB))
  })

  test('or the disk says why not', async () => {
    const writer = new BlockWriter(
      fileSystem((file) => {
        file.write = () => Promise.reject(Object.assign(new Error('injected'), { code: 'ENOSPC' }))
      }),
    )
    await expect(writer.write(join(dir, 'block'), pages(MIB))).rejects.toMatchObject({ code: 'ENOSPC' })
  })
})
