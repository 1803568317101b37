import { CID } from 'multiformats/cid'
import { expect, test } from 'vitest'
import type { ArtistWorkView, WithdrawalView } from '../../../node/http/contracts/studio.ts'
import { worksLetGo } from '../../../node/store/let-go.ts'
import { appOf, dids, exhibition, seal } from './exhibition-fixture.ts'

test('an artist sees every work of theirs, with its standing and what curators said', async () => {
  const show = await exhibition({ quorum: 1 })
  const { root } = await show.publish('waits', { 'a.txt': 'a' })
  const manifest = CID.parse(show.deps.catalogue.artwork(dids.artist, 'waits')?.versions[0]?.cid ?? '')
  await show.accept(await seal('curator', { kind: 'decline', manifest, reason: { en: 'Too loud.' } }))
  const { app } = await appOf(show)
  const ask = async (): Promise<ArtistWorkView[]> =>
    (await app.inject(`/api/v1/artists/${dids.artist}/artworks`)).json().artworks
  expect(await ask()).toMatchObject([
    {
      slug: 'waits',
      standing: 'submitted',
      quorum: 1,
      curators: 1,
      versions: [
        {
          sequence: 1,
          root: root.toString(),
          shown: false,
          admittedBy: [],
          declined: [{ name: 'C. Curator', reason: { en: 'Too loud.' } }],
        },
      ],
    },
  ])
  await show.accept(await seal('curator', { kind: 'admission', target: { manifest } }))
  expect(await ask()).toMatchObject([
    {
      standing: 'shown',
      versions: [{ shown: true, admittedBy: [{ did: dids.curator, name: 'C. Curator' }] }],
    },
  ])
  expect((await app.inject(`/api/v1/artists/${dids.node}/artworks`)).json()).toEqual({ artworks: [] })
  expect((await app.inject('/api/v1/artists/nobody/artworks')).statusCode).toBe(400)
})

test('after a withdrawal an artist sees which nodes have signed that they let go of the work', async () => {
  const show = await exhibition()
  await show.publish('gone', { 'a.txt': 'a' })
  await show.publish('stays', { 'b.txt': 'b' })
  const { app } = await appOf(show)
  const address = `/api/v1/withdrawals/${dids.artist}/gone`
  expect((await app.inject(address)).statusCode).toBe(404)
  await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'gone' }))
  const ask = async (): Promise<WithdrawalView> => (await app.inject(address)).json()
  show.mesh.peer(dids.neighbour, 1000)
  expect((await ask()).nodes.map(({ receipt }) => receipt)).toEqual([undefined, undefined])
  const works = [`${dids.artist}/gone`]
  show.mesh.peer(dids.neighbour, 1000).letGo = { works, status: Uint8Array.of(1, 2) }
  show.mesh.ownLetGo = { works, status: Uint8Array.of(3) }
  const told = await ask()
  expect(told).toMatchObject({ work: works[0], lists: [works] })
  expect(told.nodes.map(({ id, receipt }) => [id, receipt])).toEqual([
    [dids.node, { list: 0, status: 'Aw==' }],
    [dids.neighbour, { list: 0, status: 'AQI=' }],
  ])
  // One that let go of other works than this has not let go of this.
  show.mesh.ownLetGo = { works: [`${dids.artist}/other`], status: Uint8Array.of(3) }
  expect((await ask()).nodes[0]?.receipt).toBeUndefined()
})

test('a node has let go of a work when no version of it is on its disk', async () => {
  const show = await exhibition()
  const { root } = await show.publish('gone', { 'a.txt': 'a' })
  const { catalogue } = show.deps
  const letGo = (isKept = false): string[] =>
    worksLetGo(
      catalogue,
      (text) => show.chunks.has(CID.parse(text)),
      () => isKept,
    )
  expect(letGo()).toEqual([])
  await show.accept(await seal('artist', { kind: 'withdrawal', slug: 'gone' }))
  expect(letGo()).toEqual([])
  // The same files are shown as another work.
  expect(letGo(true)).toEqual([`${dids.artist}/gone`])
  await show.chunks.delete(root)
  expect(letGo()).toEqual([`${dids.artist}/gone`])
})
