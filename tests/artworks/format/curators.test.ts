import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, it } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { openRecord } from '../../../artworks/format/envelope.ts'
import type { OpenedRecord, RecordBody } from '../../../artworks/format/records.ts'
import { artworkBody, didOf, exhibitionBody, exhibitionId, keyNumber, sealed, steward } from './samples.ts'

const [ann, bob, carol, dora] = await Promise.all([11, 12, 13, 14].map(keyNumber))
if (!ann || !bob || !carol || !dora) throw new Error('keys')

const base = { v: 1, exhibition: exhibitionId } as const
const link = (record: OpenedRecord): CID => CID.parse(record.cid)
const named = (key: typeof bob, name: string): { did: ReturnType<typeof didOf>; name: string } => ({
  did: didOf(key),
  name,
})
const rules = (change: Parameters<typeof exhibitionBody>[0]): Promise<OpenedRecord> =>
  sealed(exhibitionBody(change), steward)
const admits = (key: typeof bob, work: OpenedRecord, claimed?: string): Promise<OpenedRecord> =>
  sealed(
    {
      kind: 'admission',
      ...base,
      ...(claimed === undefined ? {} : { claimed }),
      target: { manifest: link(work) },
    },
    key,
  )

const work = await sealed(artworkBody(), ann)
const bobAndCarol = await rules({ quorum: 2, curators: [named(bob, 'B'), named(carol, 'C')] })
const byBob = await admits(bob, work)
const byCarol = await admits(carol, work)

function catalogueOf(records: Iterable<OpenedRecord>): Catalogue {
  const catalogue = new Catalogue(exhibitionId)
  for (const record of records) catalogue.add(record)
  return catalogue
}

/** All that pages say of it, as plain data. */
function told(catalogue: Catalogue): unknown {
  return catalogue.artworks().map(({ artist, slug, standing, shown, admittedBy, reasons }) => ({
    ...{ artist, slug, standing, shown: shown?.cid, admittedBy, reasons },
    decisions: catalogue.decisionsOn(artist, slug),
    names: admittedBy.map((did) => catalogue.curatorName(did)),
  }))
}

describe('when the steward removes a curator', () => {
  const without = { sequence: 2, quorum: 1, curators: [named(carol, 'C')] }

  it('voids what they signed, however it is dated and whenever it arrives', async () => {
    const removed = await rules(without)
    for (const claimed of [undefined, '2001-01-01T00:00:00Z', '2099-01-01T00:00:00Z']) {
      const decision = await admits(bob, work, claimed)
      for (const order of [
        [bobAndCarol, work, decision, removed],
        [removed, bobAndCarol, decision, work],
      ]) {
        expect(catalogueOf(order).artworks()[0]).toMatchObject({ standing: 'submitted', admittedBy: [] })
        expect(catalogueOf(order).decisionsOn(didOf(ann), 'a-work')).toMatchObject([{ counts: false }])
      }
    }
  })

  it('lets stand what the new exhibition record names by its CID, and nothing beside it', async () => {
    const removed = await rules({
      ...without,
      quorum: 2,
      curators: [named(carol, 'C'), named(dora, 'D')],
      upheld: [link(byBob)],
    })
    const other = await sealed(artworkBody({ slug: 'other' }), ann)
    const records = [bobAndCarol, removed, work, other, byBob, byCarol]
    records.push(await admits(bob, other), await admits(carol, other))
    const catalogue = catalogueOf(records)
    expect(catalogue.artwork(didOf(ann), 'a-work')).toMatchObject({
      standing: 'shown',
      admittedBy: [didOf(bob), didOf(carol)].sort(),
    })
    expect(catalogue.artwork(didOf(ann), 'other')?.standing).toBe('submitted')
    expect(catalogue.counts(byBob)).toBe(true)
    expect(catalogue.curatorName(didOf(bob))).toBe('B')
  })

  it('counts upheld removals, and a former curator once', async () => {
    const removal = (reason: string): Promise<OpenedRecord> =>
      sealed({ kind: 'removal', ...base, artist: didOf(ann), slug: 'a-work', reason: { en: reason } }, bob)
    const [one, two] = [await removal('one'), await removal('two')]
    const both = await rules({
      sequence: 2,
      quorum: 2,
      curators: [named(carol, 'C'), named(dora, 'D')],
      upheld: [link(one), link(two)],
    })
    expect(catalogueOf([both, work, one, two]).artworks()[0]?.standing).toBe('submitted')
    const single = await rules({ ...without, upheld: [link(one)] })
    expect(catalogueOf([single, work, one, two]).artworks()[0]).toMatchObject({
      standing: 'removed',
      reasons: [{ en: 'one' }],
    })
  })
})

describe('an exhibition record', () => {
  it('of before upheld decisions is what it was, byte for byte', async () => {
    const { body } = await openRecord(bobAndCarol.bytes)
    expect(body).not.toBeNull()
    expect(body).not.toHaveProperty('upheld')
    expect((await sealed(body as RecordBody, steward)).cid).toBe(bobAndCarol.cid)
  })

  it('with upheld decisions opens as what was sealed', async () => {
    const record = await rules({ upheld: [link(byBob)] })
    expect((await openRecord(record.bytes)).body).toEqual(record.body)
  })

  it('with an empty list, or one beyond its limit, is refused', async () => {
    await expect(rules({ upheld: [] })).rejects.toThrow('upheld')
    await expect(rules({ upheld: Array.from({ length: 1025 }, () => link(byBob)) })).rejects.toThrow('upheld')
  })
})

describe('histories', async () => {
  const works = await Promise.all(
    [1, 2].flatMap((sequence) =>
      ['a-work', 'other'].map((slug) => sealed(artworkBody({ slug, sequence }), ann)),
    ),
  )
  const decisions: OpenedRecord[] = []
  for (const curator of [bob, carol, dora]) {
    for (const one of works) decisions.push(await admits(curator, one))
    decisions.push(await sealed({ kind: 'admission', ...base, target: { artist: didOf(ann) } }, curator))
    const [first] = works
    if (first === undefined) throw new Error('works')
    decisions.push(
      await sealed({ kind: 'decline', ...base, manifest: link(first), reason: { en: 'no' } }, curator),
      await sealed(
        { kind: 'removal', ...base, artist: didOf(ann), slug: 'other', reason: { en: 'r' } },
        curator,
      ),
    )
  }
  const people = [named(bob, 'B'), named(carol, 'C'), named(dora, 'D')]
  const exhibitions = await Promise.all([
    rules({ quorum: 2, curators: people }),
    rules({ sequence: 2, quorum: 2, curators: people.slice(1), upheld: decisions.slice(0, 2).map(link) }),
    rules({
      sequence: 3,
      quorum: 1,
      curators: people.slice(2),
      upheld: decisions.filter((_, i) => i % 3 === 0).map(link),
    }),
    rules({ sequence: 3, quorum: 2, curators: [] }),
  ])
  const withdrawal = await sealed({ kind: 'withdrawal', ...base, slug: 'other' }, ann)
  const all = [...exhibitions, ...works, ...decisions, withdrawal]

  it('lead to the same exhibition whatever is late, doubled, or lost and brought by a sync', () => {
    fc.assert(
      fc.property(
        fc.subarray(all),
        fc.array(fc.nat({ max: all.length - 1 }), { maxLength: 80 }),
        fc.infiniteStream(fc.nat({ max: 1000 })),
        (history, deliveries, shuffle) => {
          const known = new Set(history)
          // What gossip brought: any order, some twice, some never. Then a sync brings what is lacking.
          const gossip = deliveries.flatMap((at) =>
            all[at] !== undefined && known.has(all[at]) ? [all[at]] : [],
          )
          const rest = history
            .map((record) => ({ record, key: shuffle.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ record }) => record)
          expect(told(catalogueOf([...gossip, ...rest]))).toEqual(told(catalogueOf(history)))
        },
      ),
    )
  })

  it('of two curators who cannot hear each other become one when they meet', () => {
    fc.assert(
      fc.property(
        fc.subarray(exhibitions, { minLength: 1 }),
        fc.subarray(decisions),
        fc.subarray(decisions),
        (shared, here, there) => {
          const [one, other] = [
            catalogueOf([...shared, ...works, ...here]),
            catalogueOf([...shared, ...works, ...there]),
          ]
          for (const record of there) one.add(record)
          for (const record of here) other.add(record)
          expect(told(one)).toEqual(told(other))
        },
      ),
    )
  })
})
