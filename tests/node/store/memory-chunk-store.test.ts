import { expect, test } from 'vitest'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { block, bytesOf } from './blocks.ts'
import { describeChunkStore } from './chunk-store-compliance.ts'

describeChunkStore('MemoryChunkStore', async () => {
  const store = new MemoryChunkStore()
  return {
    store,
    damage: async ({ cid }) => void store.damage(cid),
    remove: async () => {},
  }
})

test('a memory store is full at its capacity', async () => {
  const store = new MemoryChunkStore({ capacityBytes: 150 })
  const [first, second] = [block(bytesOf(100, 1)), block(bytesOf(100, 2))]
  await store.put(first.cid, first.bytes)
  await expect(store.put(second.cid, second.bytes)).rejects.toMatchObject({ code: 'disk-full' })
  expect(await store.freeBytes()).toBe(50)
})
