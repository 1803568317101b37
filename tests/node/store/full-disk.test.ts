import { execFileSync } from 'node:child_process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'
import { block, bytesOf } from './blocks.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot)('a real disk of 4 MiB', () => {
  test('fills up, refuses, keeps what it had, and goes on when there is room again', async () => {
    const dir = await temporaryDirectory()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir])
    onTestFinished(() => void execFileSync('umount', [dir]))
    // No reserve: the disk itself must say no.
    const store = await FileChunkStore.open(dir, { reserveBytes: -(2 ** 40) })
    const blocks = Array.from({ length: 6 }, (_, i) => block(bytesOf(1024 * 1024, i + 1)))
    const codes: unknown[] = []
    for (const it of blocks) {
      await store
        .put(it.cid, it.bytes)
        .catch((error: unknown) => codes.push((error as { code: string }).code))
    }
    expect(codes.length).toBeGreaterThanOrEqual(2)
    expect(new Set(codes)).toEqual(new Set(['disk-full']))
    const held = blocks.filter((it) => store.has(it.cid))
    expect(held.length).toBeGreaterThanOrEqual(3)
    for (const it of held) expect(await store.get(it.cid)).not.toBeNull()
    const [first] = held
    const refused = blocks.find((it) => !store.has(it.cid))
    if (first === undefined || refused === undefined) throw new Error('the disk was not full')
    await store.delete(first.cid)
    await store.put(refused.cid, refused.bytes)
    expect(await store.get(refused.cid)).not.toBeNull()
    await store.close()
  })
})
