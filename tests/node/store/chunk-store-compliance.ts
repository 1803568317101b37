import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import type { ChunkDamage, ChunkStore } from '../../../node/store/chunk-store.ts'
import { block, bytesOf, rawBlock } from './blocks.ts'
import type { Block } from './blocks.ts'

export interface ChunkStoreSubject {
  readonly store: ChunkStore
  /** Changes a stored byte behind the store's back. */
  damage(stored: Block): Promise<void>
  remove(): Promise<void>
}

/** What every ChunkStore does. */
export function describeChunkStore(name: string, create: () => Promise<ChunkStoreSubject>): void {
  describe(`${name} as a ChunkStore`, () => {
    let subject: ChunkStoreSubject
    let store: ChunkStore
    beforeEach(async () => {
      subject = await create()
      store = subject.store
    })
    afterEach(async () => {
      await store.close()
      await subject.remove()
    })

    test('gives back what was put', async () => {
      const { cid, bytes } = rawBlock('a wave')
      await store.put(cid, bytes)
      expect(store.has(cid)).toBe(true)
      expect(store.size(cid)).toBe(bytes.length)
      expect(new Uint8Array((await store.get(cid)) ?? [])).toEqual(bytes)
    })

    test('answers absence with null', async () => {
      const { cid } = rawBlock('never put')
      expect(store.has(cid)).toBe(false)
      expect(store.size(cid)).toBeNull()
      expect(await store.get(cid)).toBeNull()
    })

    test('holds the block of no bytes, and one of the greatest size', async () => {
      const empty = block(new Uint8Array())
      const largest = block(bytesOf(formatLimits.blockBytes))
      await Promise.all([empty, largest].map(async (it) => store.put(it.cid, it.bytes)))
      expect((await store.get(empty.cid))?.length).toBe(0)
      expect((await store.get(largest.cid))?.length).toBe(formatLimits.blockBytes)
    })

    test('refuses bytes that are not what the CID names', async () => {
      const { cid } = rawBlock('one thing')
      const other = rawBlock('another thing')
      await expect(store.put(cid, other.bytes)).rejects.toMatchObject({ code: 'block-mismatch' })
      expect(store.has(cid)).toBe(false)
      await store.put(other.cid, other.bytes)
      await expect(store.put(other.cid, bytesOf(4))).rejects.toMatchObject({ code: 'block-mismatch' })
    })

    test('refuses a block beyond the greatest size, and a codec that no work has', async () => {
      const beyond = block(bytesOf(formatLimits.blockBytes + 1))
      await expect(store.put(beyond.cid, beyond.bytes)).rejects.toMatchObject({ code: 'block-mismatch' })
      const json = block(bytesOf(8), 0x0129)
      await expect(store.put(json.cid, json.bytes)).rejects.toMatchObject({ code: 'block-mismatch' })
    })

    test('counts each block once', async () => {
      const blocks = Array.from({ length: 20 }, (_, i) => block(bytesOf(100 + i, i)))
      await Promise.all([...blocks, ...blocks].map(async (it) => store.put(it.cid, it.bytes)))
      await Promise.all(blocks.map(async (it) => store.put(it.cid, it.bytes)))
      const bytes = blocks.reduce((sum, it) => sum + it.bytes.length, 0)
      expect(store.usage()).toEqual({ chunks: blocks.length, bytes })
      expect([...store.list()].sort()).toEqual(blocks.map((it) => it.cid.toString()).sort())
    })

    test('deletes, and takes a deleted block anew', async () => {
      const { cid, bytes } = rawBlock('comes and goes')
      await store.delete(cid)
      await store.put(cid, bytes)
      await store.delete(cid)
      expect(store.has(cid)).toBe(false)
      expect(await store.get(cid)).toBeNull()
      expect(store.usage()).toEqual({ chunks: 0, bytes: 0 })
      await store.put(cid, bytes)
      expect(await store.get(cid)).not.toBeNull()
    })

    test('does puts and deletes of one block in the order asked for', async () => {
      const { cid, bytes } = rawBlock('contested')
      await Promise.all([store.put(cid, bytes), store.delete(cid)])
      expect(store.has(cid)).toBe(false)
      await Promise.all([store.put(cid, bytes), store.delete(cid), store.put(cid, bytes)])
      expect(store.has(cid)).toBe(true)
      expect(await store.get(cid)).not.toBeNull()
    })

    test('never gives out a damaged block, tells of it once, and takes it anew', async () => {
      const stored = block(bytesOf(5000))
      await store.put(stored.cid, stored.bytes)
      await subject.damage(stored)
      const told: ChunkDamage[] = []
      const stop = store.onDamage((damage) => told.push(damage))
      expect(await Promise.all([store.get(stored.cid), store.get(stored.cid)])).toEqual([null, null])
      expect(told).toEqual([{ cid: stored.cid.toString(), cause: 'mismatch' }])
      expect(store.has(stored.cid)).toBe(false)
      expect(store.usage()).toEqual({ chunks: 0, bytes: 0 })
      await store.put(stored.cid, stored.bytes)
      expect(new Uint8Array((await store.get(stored.cid)) ?? [])).toEqual(stored.bytes)
      stop()
      await subject.damage(stored)
      await store.get(stored.cid)
      expect(told).toHaveLength(1)
    })

    test('gives out what is there to whoever checks it himself, and still finds the damage for all others', async () => {
      const stored = block(bytesOf(5000))
      await store.put(stored.cid, stored.bytes)
      await subject.damage(stored)
      const unchecked = await store.get(stored.cid, { checks: false })
      expect(unchecked).toHaveLength(5000)
      expect(new Uint8Array(unchecked ?? [])).not.toEqual(stored.bytes)
      expect(store.has(stored.cid)).toBe(true)
      expect(await store.get(stored.cid)).toBeNull()
      expect(store.has(stored.cid)).toBe(false)
      expect(await store.get(stored.cid, { checks: false })).toBeNull()
    })

    test('stops a get by its signal', async () => {
      const { cid, bytes } = block(bytesOf(10), RAW_CODEC)
      await store.put(cid, bytes)
      await expect(store.get(cid, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
    })
  })
}
