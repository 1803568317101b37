import { beforeEach, describe, expect, it } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { FormatError } from '../../../artworks/format/errors.ts'
import { sealIntake } from '../../../artworks/format/intake.ts'
import { openRecord, sealValue } from '../../../artworks/format/envelope.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { MemoryRecordStore } from '../../../node/store/memory-record-store.ts'
import { RecordKeeper } from '../../../node/store/record-keeper.ts'
import type { Carried } from '../../../node/store/record-keeper.ts'
import {
  artworkBody,
  didOf,
  exhibitionBody,
  exhibitionId,
  keyNumber,
  sealed,
  steward,
} from '../../artworks/format/samples.ts'

const [artist, node, stranger] = await Promise.all([21, 22, 23].map(keyNumber))
if (!artist || !node || !stranger) throw new Error('keys')
const exhibition = await sealed(exhibitionBody(), steward)
const grant = await sealed(
  { kind: 'node-grant', v: 1, exhibition: exhibitionId, node: didOf(node), name: 'n' },
  steward,
)
const works = await Promise.all([1, 2, 3].map((sequence) => sealed(artworkBody({ sequence }), artist)))
const stewards = [exhibition, grant].map(({ bytes }): Carried => ({ sealed: bytes, intake: null }))
const carried = await Promise.all(
  works.map(async ({ bytes, cid }): Promise<Carried> => ({
    sealed: bytes,
    intake: await sealIntake(cid, node),
  })),
)

describe('what a node takes from another', () => {
  let keeper: RecordKeeper
  let added: string[] = []

  beforeEach(() => {
    const events = createEventBus()
    keeper = new RecordKeeper(new MemoryRecordStore(), new Catalogue(exhibitionId), events)
    added = []
    events.on('record', ({ cid }) => added.push(cid))
  })

  it('is kept whatever the order in the batch, and told once', async () => {
    await keeper.acceptAll([...carried, ...stewards], 'mesh')
    await keeper.acceptAll([...stewards, ...carried], 'mesh')
    expect(keeper.store.size()).toBe(5)
    expect(added).toHaveLength(5)
    expect(keeper.catalogue.shown().map(({ shown }) => shown.body.sequence)).toEqual([3])
    expect(keeper.digests.size).toBe(5)
  })

  it('waits for another time when the intake node is not known yet', async () => {
    const [one] = carried
    if (one === undefined) throw new Error('carried')
    expect((await keeper.accept(one.sealed, one.intake, 'mesh')).judgement).toBe('later')
    expect(keeper.store.size()).toBe(0)
    await keeper.acceptAll([...stewards, one], 'mesh')
    expect(keeper.store.size()).toBe(3)
  })

  it('is refused without an intake, with one of a stranger, or with one for another record', async () => {
    await keeper.acceptAll(stewards, 'mesh')
    const [work, other] = works
    if (work === undefined || other === undefined) throw new Error('works')
    expect((await keeper.accept(work.bytes, null, 'mesh')).judgement).toBe('no-intake')
    const forOther = await sealIntake(other.cid, node)
    expect((await keeper.accept(work.bytes, forOther, 'mesh')).judgement).toBe('no-intake')
    const byStranger = await sealIntake(work.cid, stranger)
    expect((await keeper.accept(work.bytes, byStranger, 'mesh')).judgement).toBe('later')
    await expect(keeper.acceptAll([{ sealed: work.bytes, intake: forOther }], 'mesh')).rejects.toThrow(
      /may not travel/,
    )
    expect(keeper.store.size()).toBe(2)
  })

  it('of another exhibition is refused', async () => {
    const elsewhere = await sealed(artworkBody({ exhibition: didOf(stranger) }), artist)
    const intake = await sealIntake(elsewhere.cid, node)
    expect((await keeper.accept(elsewhere.bytes, intake, 'mesh')).judgement).toBe('wrong-exhibition')
  })

  it('up to a bad one is kept, and the bad one is told', async () => {
    const bad = {
      sealed: (carried[0]?.sealed ?? new Uint8Array()).slice(0, -1),
      intake: carried[0]?.intake ?? null,
    }
    await expect(
      keeper.acceptAll([...stewards, ...carried.slice(0, 2), bad, ...carried.slice(2)], 'mesh'),
    ).rejects.toThrow(FormatError)
    expect(keeper.store.size()).toBe(4)
  })

  it('of a newer program is kept and passed on, and not shown', async () => {
    await keeper.acceptAll(stewards, 'mesh')
    const bytes = await sealValue({ kind: 'applause', v: 3, exhibition: exhibitionId, loud: true }, artist)
    const { cid } = await openRecord(bytes)
    expect((await keeper.accept(bytes, await sealIntake(cid, node), 'mesh')).judgement).toBe('accept')
    expect(keeper.store.get(cid)?.record.bytes).toEqual(bytes)
    expect(keeper.catalogue.artworks()).toEqual([])
  })
})
