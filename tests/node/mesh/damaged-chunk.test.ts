import { describe, expect, it, vi } from 'vitest'
import { importFiles, patterned } from '../http/exhibition-fixture.ts'
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { artworkBody, keyNumber, sealed } from '../../artworks/format/samples.ts'
import { eventually } from '../../venue/support/eventually.ts'
import { lineOfNodes } from './mesh-nodes.ts'

describe('a chunk that a card has damaged', () => {
  it(
    'is noticed by whoever receives it, then by its node, which is no liar for it',
    { timeout: 60_000 },
    async () => {
      const [near, far] = await lineOfNodes(2)
      if (near === undefined || far === undefined) throw new Error('two nodes')
      const work = await importFiles({ 'film.webm': patterned(5 * 1024 * 1024) })
      const root = work.root.toString()
      await near.holdings.track(root, work)
      for (const { cid, bytes } of work.blocks) await near.holdings.add(cid, bytes)
      const bad = work.blocks.findLast(({ cid }) => cid.code === RAW_CODEC)
      if (bad === undefined) throw new Error('no leaf')
      expect(near.chunks.damage(bad.cid)).toBe(true)
      const reads = vi.spyOn(near.chunks, 'get')
      const { size, chunks } = work
      await near.door.submit(
        (await sealed(artworkBody({ root: work.root, size, chunks }), await keyNumber(2))).bytes,
      )

      await eventually('its node finds it', () => expect(near.chunks.has(bad.cid)).toBe(false))
      await eventually('all else came', () =>
        expect(far.holdings.progress(root)).toMatchObject({ have: work.blocks.length - 1 }),
      )
      expect(far.chunks.has(bad.cid)).toBe(false)
      expect(far.state.incidents).toEqual([])
      // It was sent unchecked, and then asked for once more.
      const checks = reads.mock.calls
        .filter(([cid]) => cid.equals(bad.cid))
        .map(([, how]) => how?.checks ?? true)
      expect(checks).toEqual([false, true])
      // Whole again, as when another neighbour had it.
      await near.holdings.add(bad.cid, bad.bytes)
      await eventually('it came too', () => expect(far.holdings.progress(root)?.complete).toBe(true))
      expect(far.state.peer(near.did, performance.now()).neighbour).toBe(true)
    },
  )
})
