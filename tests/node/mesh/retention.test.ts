import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scoreOf } from '../../../node/replication/retention.ts'
import { Retention } from '../../../node/store/retention.ts'
import { artworkBody, keyNumber, sealed } from '../../artworks/format/samples.ts'
import { eventually } from '../../venue/support/eventually.ts'
import { importFiles, patterned } from '../http/exhibition-fixture.ts'
import type { ImportedWork } from '../http/exhibition-fixture.ts'
import { lineOfNodes } from './mesh-nodes.ts'
import type { MeshNode } from './mesh-nodes.ts'

const artist = await keyNumber(2)
const TIMEOUT_MS = 90_000

async function withQuota(node: MeshNode, quotaBytes: number): Promise<void> {
  const retention = new Retention({
    ...node,
    policy: { kind: 'quota', quotaBytes, copies: 1 },
    self: node.did,
    storage: async () => ({ freeBytes: 1e9, reserveBytes: 0 }),
    steadyNowMs: () => performance.now(),
    logger: pino({ level: 'silent' }),
  })
  await retention.start()
  onTestFinished(() => retention.stop())
}

async function bringIn(node: MeshNode, slug: string, work: ImportedWork): Promise<string> {
  const root = work.root.toString()
  await node.holdings.track(root, work)
  for (const { cid, bytes } of work.blocks) await node.holdings.add(cid, bytes)
  const { size, chunks } = work
  const record = await sealed(artworkBody({ slug, root: work.root, size, chunks }), artist)
  await node.door.submit(record.bytes)
  return root
}

/** A work that `first` ranks above `second` for. */
async function workFor(first: MeshNode, second: MeshNode, from = 1): Promise<ImportedWork> {
  for (let seed = from; ; seed++) {
    const work = await importFiles({
      'a.bin': patterned(60_000, seed),
      'b.bin': patterned(40_000, seed + 1000),
    })
    const root = work.root.toString()
    if (scoreOf(first.did, root) > scoreOf(second.did, root)) return work
  }
}

describe('a node with a small quota', () => {
  it(
    'keeps nothing it has no room for, and shows every work all the same',
    { timeout: TIMEOUT_MS },
    async () => {
      const [near, middle, small] = await lineOfNodes(3)
      if (near === undefined || middle === undefined || small === undefined) throw new Error('three nodes')
      await withQuota(small, 0)
      for (let i = 0; i < 4; i++) {
        const work = await importFiles({ 'index.html': `werk ${i}`, 'b.bin': patterned(50_000, 7 + i) })
        const root = await bringIn(near, `w${i}`, work)
        await eventually('it is shown', () => expect(small.content.shown().has(root)).toBe(true))
        for (const { cid, bytes } of work.blocks.toReversed()) {
          const read = await small.reads.read(cid, { signal: AbortSignal.timeout(TIMEOUT_MS), root })
          expect(Buffer.compare(read, bytes)).toBe(0)
        }
        await eventually('it is known to be kept elsewhere', () =>
          expect(small.state.elsewhere.has(root)).toBe(true),
        )
        await eventually('the others keep it', () =>
          expect(middle.holdings.progress(root)?.complete).toBe(true),
        )
      }
      expect(small.chunks.usage().chunks).toBe(0)
    },
  )

  it(
    'lets go of what came in there once a node that ranks higher has it, and reads it back',
    { timeout: TIMEOUT_MS },
    async () => {
      const [other, small] = await lineOfNodes(2)
      if (other === undefined || small === undefined) throw new Error('two nodes')
      await withQuota(small, 0)
      const work = await workFor(other, small)
      const root = await bringIn(small, 'mine', work)
      await eventually('it is kept at the other node', () =>
        expect(other.holdings.progress(root)?.complete).toBe(true),
      )
      await eventually('it is let go of here', () => expect(small.chunks.usage().chunks).toBe(0))
      expect(small.holdings.progress(root)).toMatchObject({ have: 0, complete: false })
      const [some] = work.blocks
      if (some === undefined) throw new Error('blocks')
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      expect(Buffer.compare(await small.reads.read(some.cid, { signal, root }), some.bytes)).toBe(0)
    },
  )

  it('never lets go of what ranks it first', { timeout: TIMEOUT_MS }, async () => {
    const [other, small] = await lineOfNodes(2)
    if (other === undefined || small === undefined) throw new Error('two nodes')
    await withQuota(small, 0)
    const [kept, gone] = [await workFor(small, other), await workFor(other, small, 500)]
    const keptRoot = await bringIn(small, 'kept', kept)
    const goneRoot = await bringIn(small, 'gone', gone)
    await eventually('both are at the other node', () => {
      for (const root of [keptRoot, goneRoot]) expect(other.holdings.progress(root)?.complete).toBe(true)
    })
    await eventually('one is let go of', () => expect(small.holdings.progress(goneRoot)?.have).toBe(0))
    expect(small.holdings.progress(keptRoot)?.complete).toBe(true)
  })
})
