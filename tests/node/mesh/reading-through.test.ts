import { describe, expect, it } from 'vitest'
import { importFiles, patterned } from '../http/exhibition-fixture.ts'
import type { ImportedWork } from '../http/exhibition-fixture.ts'
import { artworkBody, didOf, keyNumber, sealed } from '../../artworks/format/samples.ts'
import { eventually } from '../../venue/support/eventually.ts'
import { lineOfNodes } from './mesh-nodes.ts'
import type { MeshNode } from './mesh-nodes.ts'

const artist = await keyNumber(2)
const curator = await keyNumber(3)
const signal = AbortSignal.timeout(60_000)

async function bringIn(node: MeshNode, work: ImportedWork): Promise<string> {
  const root = work.root.toString()
  await node.holdings.track(root, work)
  for (const { cid, bytes } of work.blocks) await node.holdings.add(cid, bytes)
  const { size, chunks } = work
  const record = await sealed(artworkBody({ root: work.root, size, chunks }), artist)
  await node.door.submit(record.bytes)
  return root
}

function leafOf(work: ImportedWork): ImportedWork['blocks'][number] {
  const leaf = work.blocks.find(({ cid }) => cid.code === 0x55)
  if (leaf === undefined) throw new Error('no leaf')
  return leaf
}

describe('a work that waits for curators', () => {
  it('is copied nowhere, and can be read from two nodes away', { timeout: 60_000 }, async () => {
    const curators = [{ did: didOf(curator), name: 'C' }]
    const [near, middle, far] = await lineOfNodes(3, { curators, quorum: 1 })
    if (near === undefined || middle === undefined || far === undefined) throw new Error('three nodes')
    const work = await importFiles({ 'a.bin': patterned(200_000), 'b.bin': patterned(300_000, 2) })
    const root = await bringIn(near, work)
    await eventually('the record comes', () => expect(far.content.isReadable(root)).toBe(true))
    await eventually('a status comes', () =>
      expect(far.state.peers.get(near.did)?.neighbours).toEqual([middle.did]),
    )
    for (const { cid, bytes } of work.blocks) {
      const read = await far.reads.read(cid, { signal, root })
      expect(Buffer.compare(read, bytes)).toBe(0)
    }
    expect([middle.chunks.usage().chunks, far.chunks.usage().chunks]).toEqual([0, 0])
    // Withdrawn: nothing of it can be read any more, not even what passed through.
    const withdrawal = { kind: 'withdrawal', v: 1, exhibition: far.catalogue.id, slug: 'a-work' } as const
    await near.door.submit((await sealed(withdrawal, artist)).bytes)
    await eventually('the withdrawal comes', () => expect(far.content.isReadable(root)).toBe(false))
    expect(await far.reads.here(leafOf(work).cid)).toBeNull()
    const nobody = far.reads.read(leafOf(work).cid, { signal, root, patienceMs: 200 })
    await expect(nobody).rejects.toMatchObject({ code: 'not-arrived' })
  })
})

describe('a work that is arriving', () => {
  it('gives first what somebody waits for, and each chunk once', { timeout: 60_000 }, async () => {
    const [near, far] = await lineOfNodes(2)
    if (near === undefined || far === undefined) throw new Error('two nodes')
    const work = await importFiles({ 'film.webm': patterned(24 * 1024 * 1024) })
    const order: string[] = []
    const leaves = work.blocks.filter(({ cid }) => cid.code === 0x55)
    const last = leaves.at(-1)
    if (last === undefined) throw new Error('leaves')
    // As slow as a card.
    const get = near.chunks.get.bind(near.chunks)
    near.chunks.get = async (cid, options) => {
      if (options?.signal === undefined) await new Promise((resolve) => setTimeout(resolve, 30))
      return get(cid, options)
    }
    const add = far.holdings.add.bind(far.holdings)
    far.holdings.add = async (cid, bytes) => {
      order.push(cid.toString())
      await add(cid, bytes)
    }
    const root = await bringIn(near, work)
    await eventually('the record comes', () => expect(far.content.isReadable(root)).toBe(true))
    // As a reader of a file does: the folder, the file's node, and then a leaf far behind.
    for (const { cid } of work.blocks.filter((block) => block.cid.code !== 0x55).toReversed())
      await far.reads.read(cid, { signal, root })
    const read = await far.reads.read(last.cid, { signal, root })
    expect(Buffer.compare(read, last.bytes)).toBe(0)
    expect(order.indexOf(last.cid.toString())).toBeLessThan(leaves.length / 2)
    await eventually('it is whole', () => expect(far.holdings.progress(root)?.complete).toBe(true))
    expect(new Set(order).size).toBe(order.length)
    expect(order.length).toBe(work.blocks.length)
    expect(far.state.peer(near.did, 0).receivedBytes).toBe(work.size)
  })
})
