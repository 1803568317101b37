import { describe, expect, test, vi } from 'vitest'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import type { NodeEventBus } from '../../../node/lifecycle/events.ts'
import { DagHoldings } from '../../../node/store/dag-holdings.ts'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { DAG_PB_CODEC } from '../../../artworks/format/dag.ts'
import { block, bytesOf, directoryBlock } from './blocks.ts'
import type { Block } from './blocks.ts'
import { temporaryDirectory } from './temporary-directory.ts'

interface Subject {
  chunks: MemoryChunkStore
  holdings: DagHoldings
  told: string[]
}

function setUp(): Subject {
  const chunks = new MemoryChunkStore()
  const events = createEventBus()
  const holdings = new DagHoldings({ chunks, events })
  holdings.start()
  return { chunks, holdings, told: recorded(events) }
}

function recorded(events: NodeEventBus): string[] {
  const told: string[] = []
  events.on('chunk', () => told.push('chunk'))
  events.on('chunk:damaged', () => told.push('chunk:damaged'))
  events.on('progress', (root) => told.push(`progress ${root}`))
  return told
}

function figuresOf(blocks: readonly Block[]): { chunks: number; size: number } {
  return { chunks: blocks.length, size: blocks.reduce((sum, { bytes }) => sum + bytes.length, 0) }
}

/** A directory with a directory: root, inner, two leaves of its own and one shared by both. */
function work(seed: number): { root: string; all: Block[]; rootBlock: Block; inner: Block; leaves: Block[] } {
  const leaves = [1, 2, 3].map((i) => block(bytesOf(100 + i, seed * 10 + i)))
  const inner = directoryBlock(leaves.slice(1))
  const rootBlock = directoryBlock([...leaves.slice(0, 2), inner])
  return { root: rootBlock.cid.toString(), all: [rootBlock, ...leaves, inner], rootBlock, inner, leaves }
}

describe('following a work', () => {
  test('knows what is stored already, whole or in part', async () => {
    const { chunks, holdings, told } = setUp()
    const { root, all, inner } = work(1)
    for (const it of all) if (it !== inner) await chunks.put(it.cid, it.bytes)
    await holdings.track(root, figuresOf(all))
    // The third leaf is stored, but nothing says yet that it belongs here.
    expect(holdings.progress(root)).toMatchObject({ have: 3, total: 5, complete: false })
    expect(holdings.missing(root).map(String)).toEqual([inner.cid.toString()])
    expect(told).toEqual([`progress ${root}`])
    await holdings.add(inner.cid, inner.bytes)
    expect(holdings.progress(root)).toEqual({ have: 5, total: 5, complete: true, cells: '1'.repeat(36) })
    expect([...holdings.chunksOf(root)].sort()).toEqual(all.map(({ cid }) => cid.toString()).sort())
    expect(holdings.missing(root)).toEqual([])
    // The third leaf can be had for this work too from now on.
    expect(told).toEqual([`progress ${root}`, 'chunk', 'chunk', `progress ${root}`])
  })

  test('tells every work that a block belongs to, and none that it does not', async () => {
    const { holdings } = setUp()
    const shared = block(bytesOf(50))
    const [one, two] = [directoryBlock([shared]), directoryBlock([shared, block(bytesOf(60, 9))])]
    const other = work(2)
    await holdings.track(one.cid.toString(), figuresOf([one, shared]))
    await holdings.track(two.cid.toString(), { chunks: 3, size: two.bytes.length + 110 })
    await holdings.track(other.root, figuresOf(other.all))
    await holdings.add(one.cid, one.bytes)
    await holdings.add(two.cid, two.bytes)
    await holdings.add(shared.cid, shared.bytes)
    expect(holdings.rootsOf(shared.cid)).toEqual([one.cid.toString(), two.cid.toString()])
    expect(holdings.progress(one.cid.toString())).toMatchObject({ complete: true })
    expect(holdings.progress(two.cid.toString())).toMatchObject({ have: 2 })
    expect(holdings.progress(other.root)).toMatchObject({ have: 0, total: 5 })
    expect(holdings.referenced().size).toBe(5)
  })

  test('does not miss blocks that come while it is being loaded', async () => {
    const { chunks, holdings } = setUp()
    const { root, all } = work(3)
    const [first] = all
    if (first !== undefined) await chunks.put(first.cid, first.bytes)
    const tracking = holdings.track(root, figuresOf(all))
    await Promise.all([
      tracking,
      holdings.track(root, figuresOf(all)),
      ...all.toReversed().map(async (it) => holdings.add(it.cid, it.bytes)),
    ])
    expect(holdings.progress(root)).toMatchObject({ complete: true })
  })

  test('un-has a damaged block, says so, and takes it again', async () => {
    const { chunks, holdings, told } = setUp()
    const { root, all, inner } = work(4)
    await holdings.track(root, figuresOf(all))
    for (const it of all) await holdings.add(it.cid, it.bytes)
    told.length = 0
    chunks.damage(inner.cid)
    expect(await chunks.get(inner.cid)).toBeNull()
    expect(told).toEqual(['chunk:damaged', `progress ${root}`])
    expect(holdings.progress(root)).toMatchObject({ have: 4, complete: false })
    expect(holdings.missing(root).map(String)).toEqual([inner.cid.toString()])
    await holdings.add(inner.cid, inner.bytes)
    expect(holdings.progress(root)).toMatchObject({ complete: true })
  })

  test('finds damage while loading', async () => {
    const { chunks, holdings } = setUp()
    const { root, all, inner } = work(5)
    for (const it of all) await chunks.put(it.cid, it.bytes)
    chunks.damage(inner.cid)
    await holdings.track(root, figuresOf(all))
    expect(holdings.missing(root).map(String)).toEqual([inner.cid.toString()])
  })

  test('forgets what is no longer followed', async () => {
    const { holdings } = setUp()
    const { root, all } = work(6)
    await holdings.track(root, figuresOf(all))
    holdings.untrack(root)
    expect([...holdings.roots()]).toEqual([])
    expect(holdings.progress(root)).toBeUndefined()
    expect(holdings.missing(root)).toEqual([])
    expect(holdings.referenced().size).toBe(0)
  })

  test('announces nothing that was not stored', async () => {
    const { holdings, told } = setUp()
    const { cid } = block(bytesOf(5))
    await expect(holdings.add(cid, bytesOf(6))).rejects.toMatchObject({ code: 'block-mismatch' })
    expect(told).toEqual([])
  })
})

describe('false figures', () => {
  test('are refused, and do not keep a right manifest of the same root from being followed', async () => {
    const { holdings } = setUp()
    const { root, all } = work(7)
    await holdings.track(root, { chunks: 1, size: 1000 })
    for (const it of all) await holdings.add(it.cid, it.bytes)
    expect(holdings.refusal(root)).toMatch(/more chunks than the 1 declared/)
    await holdings.track(root, figuresOf(all))
    expect(holdings.refusal(root)).toBeUndefined()
    expect(holdings.progress(root)).toMatchObject({ complete: true })
    await holdings.track(root, { chunks: 900, size: 9000 })
    expect(holdings.progress(root)).toMatchObject({ complete: true, total: 5 })
  })

  test('a block that is no dag-pb refuses the work that links to it', async () => {
    const { holdings } = setUp()
    const odd = block(bytesOf(30), DAG_PB_CODEC)
    const root = directoryBlock([odd])
    await holdings.track(root.cid.toString(), figuresOf([root, odd]))
    await holdings.add(root.cid, root.bytes)
    await holdings.add(odd.cid, odd.bytes)
    expect(holdings.refusal(root.cid.toString())).toMatch(/not a dag-pb block/)
  })
})

test('a leaf that is here is never missing, while another inner block is still being read', async () => {
  const { chunks, holdings } = setUp()
  const leaf = block(bytesOf(64))
  const [quick, slow] = [directoryBlock([leaf]), directoryBlock([block(bytesOf(65, 7))])]
  const top = directoryBlock([quick, slow])
  const all = [top, quick, slow, leaf]
  for (const { cid, bytes } of all) await chunks.put(cid, bytes)
  const read = Promise.withResolvers<undefined>()
  const get = chunks.get.bind(chunks)
  vi.spyOn(chunks, 'get').mockImplementation(async (cid) => {
    if (cid.equals(slow.cid)) await read.promise
    return get(cid)
  })
  const root = top.cid.toString()
  const tracking = holdings.track(root, figuresOf([...all, leaf]))
  await expect.poll(() => holdings.progress(root)?.have).toBe(3)
  expect(holdings.missingKeys(root)).toEqual([slow.cid.toString()])
  read.resolve(undefined)
  await tracking
})

test('500 works of 20 files are loaded from files without reading leaves', async () => {
  const dir = await temporaryDirectory()
  const chunks = await FileChunkStore.open(dir, { reserveBytes: 0 })
  const works = Array.from({ length: 500 }, (_, seed) => {
    const leaves = Array.from({ length: 20 }, (_, i) => block(bytesOf(64, seed * 100 + i)))
    return [directoryBlock(leaves), ...leaves]
  })
  const queue = works.flat()
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let it = queue.pop(); it !== undefined; it = queue.pop()) await chunks.put(it.cid, it.bytes)
    }),
  )
  const holdings = new DagHoldings({ chunks, events: createEventBus() })
  const reads = vi.spyOn(chunks, 'get')
  await Promise.all(works.map(async (blocks) => holdings.track(String(blocks[0]?.cid), figuresOf(blocks))))
  expect([...holdings.roots()].every((root) => holdings.progress(root)?.complete)).toBe(true)
  expect(reads.mock.calls.map(([cid]) => String(cid)).toSorted()).toEqual(
    works.map(([root]) => String(root?.cid)).toSorted(),
  )
})
