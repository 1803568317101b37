import { describe, expect, it, onTestFinished } from 'vitest'
import { digestOfLetGo } from '../../../artworks/format/let-go.ts'
import { didOf, exhibitionId, artworkBody, keyNumber, sealed } from '../../artworks/format/samples.ts'
import { eventually } from '../../venue/support/eventually.ts'
import { importFiles } from '../http/exhibition-fixture.ts'
import { lineOfNodes } from './mesh-nodes.ts'
import type { MeshNode } from './mesh-nodes.ts'

const artist = await keyNumber(2)
const TIMEOUT_MS = 90_000

async function bringIn(node: MeshNode): Promise<string> {
  const work = await importFiles({ 'a.txt': 'a', 'b.txt': 'b' })
  const { root, size, chunks } = work
  await node.holdings.track(root.toString(), work)
  for (const { cid, bytes } of work.blocks) await node.holdings.add(cid, bytes)
  await node.door.submit((await sealed(artworkBody({ slug: 'w', root, size, chunks }), artist)).bytes)
  return root.toString()
}

async function withdraw(node: MeshNode): Promise<void> {
  const body = { kind: 'withdrawal', v: 1, exhibition: exhibitionId, slug: 'w' } as const
  await node.door.submit((await sealed(body, artist)).bytes)
}

/** Chunks are deleted when it says so. */
function slowDisk({ chunks }: MeshNode): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  onTestFinished(() => resolve())
  const deleted = chunks.delete.bind(chunks)
  chunks.delete = async (cid) => {
    await promise
    return deleted(cid)
  }
  return resolve
}

const works = [`${didOf(artist)}/w`]

describe('the receipt for a withdrawal', () => {
  it(
    'is there once the last chunk is deleted, and whoever looks is told to look again',
    async () => {
      const [node] = await lineOfNodes(1)
      if (node === undefined) throw new Error('a node')
      await bringIn(node)
      const finish = slowDisk(node)
      await withdraw(node)
      const fingerprint = Buffer.from(node.keeper.digests.fingerprint()).toString('hex')
      await eventually('a status says that the work is withdrawn', () =>
        expect(node.state.ownRecords).toBe(fingerprint),
      )
      expect(node.state.ownLetGo).toBeUndefined()
      const told = new Promise<readonly string[]>((resolve) => {
        node.events.on('mesh', () => {
          if (node.state.ownLetGo !== undefined) resolve(node.state.ownLetGo.works)
        })
      })
      finish()
      expect(await told).toEqual(works)
    },
    TIMEOUT_MS,
  )

  it(
    'of a node that was quicker counts as soon as this one has deleted the work too',
    async () => {
      const [quick, slow] = await lineOfNodes(2)
      if (quick === undefined || slow === undefined) throw new Error('two nodes')
      const root = await bringIn(quick)
      await eventually('both have it', () => expect(slow.holdings.progress(root)?.complete).toBe(true))
      const finish = slowDisk(slow)
      await withdraw(quick)
      await eventually('the slow one has heard that the quick one has deleted it', () => {
        expect(quick.state.ownLetGo?.works).toEqual(works)
        const said = slow.state.peers.get(quick.did)?.saidLetGo?.digest ?? new Uint8Array()
        expect(Buffer.compare(said, digestOfLetGo(works))).toBe(0)
      })
      expect(slow.state.peers.get(quick.did)?.letGo).toBeUndefined()
      let counted: readonly string[] | undefined
      slow.events.on('let-go', () => {
        counted = slow.state.peers.get(quick.did)?.letGo?.works
      })
      finish()
      await eventually('the slow one has said it too', () =>
        expect(slow.state.ownLetGo?.works).toEqual(works),
      )
      expect(counted).toEqual(works)
      await eventually('and the quick one has heard it', () =>
        expect(quick.state.peers.get(slow.did)?.letGo?.works).toEqual(works),
      )
    },
    TIMEOUT_MS,
  )
})
