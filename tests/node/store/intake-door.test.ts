import type { Ed25519PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { cidOfBytes, sealValue } from '../../../artworks/format/envelope.ts'
import { openIntake } from '../../../artworks/format/intake.ts'
import type { OpenedRecord, RecordBody } from '../../../artworks/format/records.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { DagHoldings } from '../../../node/store/dag-holdings.ts'
import { IntakeDoor } from '../../../node/store/intake-door.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { MemoryRecordStore } from '../../../node/store/memory-record-store.ts'
import { RecordKeeper } from '../../../node/store/record-keeper.ts'
import {
  artworkBody,
  didOf,
  exhibitionBody,
  exhibitionId,
  keyNumber,
  sealed,
  steward,
} from '../../artworks/format/samples.ts'

const [ann, bob, carol, node, eve] = await Promise.all([11, 12, 13, 14, 15].map(keyNumber))
if (!ann || !bob || !carol || !node || !eve) throw new Error('keys')
const base = { v: 1, exhibition: exhibitionId } as const
const quotas = { waitingPerArtist: 3, waitingBytesPerArtist: 250, waitingBytes: 400 }

interface World {
  readonly door: IntakeDoor
  readonly store: MemoryRecordStore
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  submit: (body: RecordBody, key: Ed25519PrivateKey) => Promise<OpenedRecord>
  /** A manifest of files that are all here, of so many bytes. */
  work: (slug: string, size: number) => Promise<RecordBody>
}

const world = async (): Promise<World> => {
  const [store, catalogue, events] = [new MemoryRecordStore(), new Catalogue(exhibitionId), createEventBus()]
  const keeper = new RecordKeeper(store, catalogue, events)
  const holdings = new DagHoldings({ chunks: new MemoryChunkStore(), events })
  const door = new IntakeDoor({ keeper, holdings, nodeKey: node, quotas })
  const submit = async (body: RecordBody, key: Ed25519PrivateKey): Promise<OpenedRecord> =>
    (await door.submit((await sealed(body, key)).bytes)).record
  const curators = [
    { did: didOf(bob), name: 'B' },
    { did: didOf(carol), name: 'C' },
  ]
  await submit(exhibitionBody({ quorum: 1, curators }), steward)
  await submit({ kind: 'node-grant', ...base, node: didOf(node), name: 'N' }, steward)
  return {
    ...{ door, store, catalogue, keeper, submit },
    work: async (slug, size) => {
      const bytes = new Uint8Array(size).fill(slug.codePointAt(0) ?? 0)
      const root = cidOfBytes(bytes)
      await holdings.track(root.toString(), { size, chunks: 1 })
      await holdings.add(root, bytes)
      return artworkBody({ slug, root, size, chunks: 1 })
    },
  }
}

describe('what waits for curators', () => {
  test('is bounded in versions of one key, and the refusal says so and keeps nothing', async () => {
    const { submit, work, store } = await world()
    for (const slug of ['a', 'b', 'c']) await submit(await work(slug, 10), ann)
    const before = store.size()
    await expect(submit(await work('d', 10), ann)).rejects.toMatchObject({
      code: 'quota',
      message: expect.stringContaining('3 versions signed with this key wait for curators already'),
    })
    expect(store.size()).toBe(before)
    await submit(await work('d', 10), eve)
  })

  test('is bounded in bytes of one key, and of the node; what another node took in takes no room here', async () => {
    const { submit, work, keeper } = await world()
    await submit(await work('a', 200), ann)
    await expect(submit(await work('b', 60), ann)).rejects.toMatchObject({
      code: 'quota',
      message: expect.stringContaining('250 bytes'),
    })
    await submit(await work('c', 150), eve)
    await expect(submit(await work('d', 100), bob)).rejects.toMatchObject({
      code: 'quota',
      message: expect.stringContaining('at this node may have 400 bytes'),
    })
    const elsewhere = artworkBody({
      slug: 'far',
      root: cidOfBytes(Uint8Array.of(9)),
      size: 10_000,
      chunks: 1,
    })
    await keeper.accept((await sealed(elsewhere, carol)).bytes, null, 'mesh')
    await submit(await work('e', 50), bob)
  })

  test('makes room when it is admitted, withdrawn or removed; an admitted artist need not wait', async () => {
    const { submit, work } = await world()
    const manifests: OpenedRecord[] = []
    for (const slug of ['a', 'b', 'c']) manifests.push(await submit(await work(slug, 10), ann))
    await submit({ kind: 'withdrawal', ...base, slug: 'a' }, ann)
    await submit(await work('d', 10), ann)
    await submit(
      { kind: 'admission', ...base, target: { manifest: CID.parse(manifests[1]?.cid ?? '') } },
      bob,
    )
    await submit(await work('e', 10), ann)
    await expect(submit(await work('f', 10), ann)).rejects.toMatchObject({ code: 'quota' })
    await submit({ kind: 'admission', ...base, target: { artist: didOf(ann) } }, bob)
    for (const slug of ['f', 'g', 'h', 'i']) await submit(await work(slug, 200), ann)
  })
})

describe('a hostile record', () => {
  const forged: [string, (world: World) => Promise<Uint8Array>, string][] = [
    ['with a flipped bit', async ({ work }) => flip((await sealed(await work('a', 10), ann)).bytes), 'bad-'],
    [
      'of another exhibition',
      async () =>
        (
          await sealed(
            { ...exhibitionBody(), kind: 'withdrawal', v: 1, exhibition: didOf(eve), slug: 'a' } as never,
            ann,
          )
        ).bytes,
      'wrong-exhibition',
    ],
    ['beyond 64 KiB', async () => new Uint8Array(64 * 1024 + 1), 'too-large'],
    [
      'an exhibition signed by a curator',
      async () => sealValue(exhibitionBody({ sequence: 9, quorum: 0 }), bob),
      'wrong-signer',
    ],
    [
      'a grant that a node gives itself',
      async () => sealValue({ kind: 'node-grant', ...base, node: didOf(eve), name: 'E' }, eve),
      'wrong-signer',
    ],
    [
      'an admission by nobody who curates',
      async ({ work }) =>
        (
          await sealed(
            {
              kind: 'admission',
              ...base,
              target: { manifest: ((await work('a', 10)) as { root: CID }).root },
            },
            eve,
          )
        ).bytes,
      'not-allowed',
    ],
    [
      'a removal by nobody who curates',
      async () =>
        (await sealed({ kind: 'removal', ...base, artist: didOf(ann), slug: 'a', reason: { en: 'x' } }, eve))
          .bytes,
      'not-allowed',
    ],
    [
      'of files that are not here',
      async () => (await sealed(artworkBody({ slug: 'none' }), ann)).bytes,
      'content-missing',
    ],
    [
      'of a kind this program does not know',
      async () => sealValue({ kind: 'coronation', ...base }, ann),
      'bad-record',
    ],
    [
      'with a slug that is a path',
      async () => sealValue({ kind: 'withdrawal', ...base, slug: '../x' }, ann),
      'bad-record',
    ],
    [
      'with more reasons than languages',
      async () => sealValue({ kind: 'removal', ...base, artist: didOf(ann), slug: 'a', reason: {} }, bob),
      'bad-record',
    ],
    ['that is no envelope', async () => new TextEncoder().encode('{"kind":"exhibition"}'), 'bad-envelope'],
  ]
  test.each(forged)('%s is refused, and nothing of it is kept', async (_what, make, code) => {
    const made = await world()
    const { door, store } = made
    const bytes = await make(made)
    const before = store.size()
    await expect(door.submit(bytes)).rejects.toMatchObject({
      code: expect.stringContaining(code),
      message: expect.stringMatching(/\S/),
    })
    expect(store.size()).toBe(before)
  })

  test('of a curator who was removed is refused at the door, and void when it comes by another way', async () => {
    const { submit, work, catalogue, keeper, store } = await world()
    const manifest = await submit(await work('a', 10), ann)
    await submit(
      exhibitionBody({ sequence: 2, quorum: 1, curators: [{ did: didOf(carol), name: 'C' }] }),
      steward,
    )
    const late = await sealed(
      { kind: 'admission', ...base, target: { manifest: CID.parse(manifest.cid) } },
      bob,
    )
    await expect(submit(late.body as RecordBody, bob)).rejects.toMatchObject({ code: 'not-allowed' })
    expect(store.has(late.cid)).toBe(false)
    const intake = store.get(manifest.cid)?.intake ?? new Uint8Array()
    expect((await openIntake(intake)).record).toBe(manifest.cid)
    // The countersignature of another record does not carry it in.
    expect(await keeper.accept(late.bytes, intake, 'mesh')).toMatchObject({ judgement: 'no-intake' })
    catalogue.add(late)
    expect(catalogue.artwork(didOf(ann), 'a')?.standing).toBe('submitted')
  })

  test('under another’s slug is a work of its own, and touches nothing of theirs', async () => {
    const { submit, work, catalogue } = await world()
    const own = await submit(await work('a', 10), ann)
    const body = { ...(await work('b', 10)), slug: 'a', sequence: 99 } as RecordBody
    await submit(body, eve)
    await submit({ kind: 'withdrawal', ...base, slug: 'a' }, eve)
    await submit({ kind: 'admission', ...base, target: { manifest: CID.parse(own.cid) } }, bob)
    expect(catalogue.artwork(didOf(ann), 'a')).toMatchObject({ standing: 'shown' })
    expect(catalogue.artwork(didOf(eve), 'a')).toMatchObject({ standing: 'withdrawn' })
  })

  test('that was sent before is told so, and counts once', async () => {
    const { door, work, catalogue } = await world()
    const { bytes } = await sealed(await work('a', 10), ann)
    expect(await door.submit(bytes)).toMatchObject({ created: true })
    expect(await door.submit(bytes)).toMatchObject({ created: false })
    expect(catalogue.artworks()[0]?.versions).toHaveLength(1)
  })
})

function flip(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice()
  const at = bytes.length - 10
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
