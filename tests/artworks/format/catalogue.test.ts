import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, it } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { cidOfBytes } from '../../../artworks/format/envelope.ts'
import type { NodeGrant, OpenedRecord } from '../../../artworks/format/records.ts'
import { artworkBody, didOf, exhibitionBody, exhibitionId, keyNumber, sealed, steward } from './samples.ts'

const [ann, bob, carol, dora] = await Promise.all([11, 12, 13, 14].map(keyNumber))
if (!ann || !bob || !carol || !dora) throw new Error('keys')

function catalogueOf(records: readonly OpenedRecord[]): Catalogue {
  const catalogue = new Catalogue(exhibitionId)
  for (const record of records) catalogue.add(record)
  return catalogue
}

/** What a catalogue shows, as plain data. */
function shownBy(catalogue: Catalogue): unknown {
  return {
    exhibition: catalogue.exhibition?.cid ?? null,
    works: catalogue.artworks().map(({ artist, slug, standing, shown, versions, admittedBy, reasons }) => ({
      artist,
      slug,
      standing,
      shown: shown?.cid ?? null,
      versions: versions.map(({ cid }) => cid),
      admittedBy,
      reasons,
    })),
    members: [ann, bob, carol].map((key) => key && catalogue.isMember(didOf(key))),
  }
}

const curated = exhibitionBody({
  sequence: 2,
  quorum: 2,
  curators: [
    { did: didOf(bob), name: 'B' },
    { did: didOf(carol), name: 'C' },
  ],
})
const first = await sealed(artworkBody(), ann)
const second = await sealed(artworkBody({ sequence: 2, title: { en: 'Second' } }), ann)
const rivals = await Promise.all(
  ['x', 'y'].map((title) => sealed(artworkBody({ sequence: 3, title: { en: title } }), ann)),
)
const base = { v: 1, exhibition: exhibitionId } as const
const link = (record: OpenedRecord): CID => CID.parse(record.cid)

describe('the catalogue', () => {
  it('shows nothing before there is an exhibition record', () => {
    expect(catalogueOf([first]).shown()).toEqual([])
  })

  it('shows every signed work when the quorum is 0, in its newest version', async () => {
    const open = await sealed(exhibitionBody(), steward)
    const catalogue = catalogueOf([open, second, first])
    expect(catalogue.shown().map(({ shown }) => shown.cid)).toEqual([second.cid])
    expect(catalogue.artwork(didOf(ann), 'a-work')?.versions.map(({ cid }) => cid)).toEqual([
      second.cid,
      first.cid,
    ])
  })

  it('breaks a tie of sequences by the greater CID', async () => {
    const open = await sealed(exhibitionBody(), steward)
    const greater = rivals
      .map(({ cid }) => cid)
      .sort()
      .at(-1)
    expect(catalogueOf([open, ...rivals]).shown()[0]?.shown.cid).toBe(greater)
    expect(catalogueOf([open, ...rivals.toReversed()]).shown()[0]?.shown.cid).toBe(greater)
  })

  it('shows the newest version that enough current curators admitted', async () => {
    const exhibition = await sealed(curated, steward)
    const byBob = await sealed({ kind: 'admission', ...base, target: { manifest: link(first) } }, bob)
    const byCarol = await sealed({ kind: 'admission', ...base, target: { artist: didOf(ann) } }, carol)
    const byDora = await sealed({ kind: 'admission', ...base, target: { manifest: link(second) } }, dora)
    const catalogue = catalogueOf([exhibition, first, second, byBob, byCarol, byDora])
    expect(catalogue.shown().map(({ shown }) => shown.cid)).toEqual([first.cid])
    expect(catalogue.shown()[0]?.admittedBy).toEqual([didOf(bob), didOf(carol)].sort())
    expect(catalogueOf([exhibition, first, byBob]).artworks()[0]?.standing).toBe('submitted')
  })

  it('counts two admissions of one curator once', async () => {
    const exhibition = await sealed(curated, steward)
    const one = await sealed({ kind: 'admission', ...base, target: { manifest: link(first) } }, bob)
    const two = await sealed({ kind: 'admission', ...base, target: { artist: didOf(ann) } }, bob)
    expect(catalogueOf([exhibition, first, one, two]).shown()).toEqual([])
  })

  it('lets a withdrawal beat every version, also one of a higher sequence that comes later', async () => {
    const open = await sealed(exhibitionBody(), steward)
    const withdrawal = await sealed(
      { kind: 'withdrawal', ...base, slug: 'a-work', reason: { en: 'mine' } },
      ann,
    )
    const catalogue = catalogueOf([open, first, withdrawal, second, ...rivals])
    expect(catalogue.artworks()[0]).toMatchObject({
      standing: 'withdrawn',
      shown: null,
      reasons: [{ en: 'mine' }],
    })
  })

  it('does not let anyone withdraw the work of another', async () => {
    const open = await sealed(exhibitionBody(), steward)
    const notMine = await sealed({ kind: 'withdrawal', ...base, slug: 'a-work' }, bob)
    expect(catalogueOf([open, first, notMine]).shown()).toHaveLength(1)
  })

  it('removes a work by the quorum of curators, and not by fewer or by others', async () => {
    const exhibition = await sealed(curated, steward)
    const admissions = await Promise.all(
      [bob, carol].map((key) => sealed({ kind: 'admission', ...base, target: { artist: didOf(ann) } }, key)),
    )
    const removalBy = (key: typeof ann) =>
      sealed({ kind: 'removal', ...base, artist: didOf(ann), slug: 'a-work', reason: { en: 'r' } }, key)
    const [byBob, byCarol, byDora] = await Promise.all([bob, carol, dora].map(removalBy))
    if (!byBob || !byCarol || !byDora) throw new Error('records')
    expect(catalogueOf([exhibition, first, ...admissions, byBob, byDora]).artworks()[0]?.standing).toBe(
      'shown',
    )
    expect(catalogueOf([exhibition, first, ...admissions, byBob, byCarol]).artworks()[0]?.standing).toBe(
      'removed',
    )
  })

  it('ends the membership of a revoked node', async () => {
    const grant = await sealed({ kind: 'node-grant', ...base, node: didOf(bob), name: 'B' }, steward)
    const open = await sealed(exhibitionBody(), steward)
    const revoking = await sealed(exhibitionBody({ sequence: 5, revokedNodes: [didOf(bob)] }), steward)
    expect(catalogueOf([open, grant]).isMember(didOf(bob))).toBe(true)
    expect(catalogueOf([revoking, grant, open]).isMember(didOf(bob))).toBe(false)
  })

  it('calls a node as its newest grant says, in whatever order they come, and old grants have no number', async () => {
    const node = didOf(bob)
    const grants = await Promise.all(
      [undefined, undefined, 1, 2, 2].map(
        (sequence, i) =>
          sealed(
            {
              kind: 'node-grant',
              ...base,
              node,
              name: `name ${i}`,
              ...(sequence === undefined ? {} : { sequence }),
            },
            steward,
          ) as Promise<OpenedRecord<NodeGrant>>,
      ),
    )
    const byNumber = (a: OpenedRecord<NodeGrant>, b: OpenedRecord<NodeGrant>): number =>
      (b.body.sequence ?? 0) - (a.body.sequence ?? 0) || (a.cid > b.cid ? -1 : 1)
    fc.assert(
      fc.property(fc.shuffledSubarray(grants, { minLength: 1 }), (some) => {
        const catalogue = catalogueOf([...some, ...some])
        expect(catalogue.isMember(node)).toBe(true)
        expect(catalogue.grant(node)?.cid).toBe(some.toSorted(byNumber)[0]?.cid)
      }),
    )
  })

  it('takes no notice of a record of another exhibition', async () => {
    const open = await sealed(exhibitionBody(), steward)
    const elsewhere = await sealed(artworkBody({ exhibition: didOf(dora) }), ann)
    expect(catalogueOf([open, elsewhere]).artworks()).toEqual([])
  })

  it('is the same for every order of arrival, with duplicates', async () => {
    const people = [ann, bob, carol, dora]
    const records: OpenedRecord[] = [
      await sealed(exhibitionBody(), steward),
      await sealed(curated, steward),
      await sealed(exhibitionBody({ ...curated, sequence: 2, quorum: 1 } as never), steward),
    ]
    for (const [i, key] of people.entries()) {
      records.push(await sealed({ kind: 'node-grant', ...base, node: didOf(key), name: `n${i}` }, steward))
      for (const sequence of [1, 2, 2]) {
        const root = cidOfBytes(Uint8Array.of(i, sequence, records.length))
        const body = artworkBody({ slug: `w${i % 2}`, sequence, root })
        const work = await sealed(body, key)
        records.push(work)
        for (const curator of [bob, carol]) {
          records.push(
            await sealed({ kind: 'admission', ...base, target: { manifest: link(work) } }, curator),
          )
        }
      }
      if (i === 1) records.push(await sealed({ kind: 'withdrawal', ...base, slug: `w${i % 2}` }, key))
      if (i === 2) {
        for (const curator of [bob, carol]) {
          const body = {
            kind: 'removal',
            ...base,
            artist: didOf(key),
            slug: 'w0',
            reason: { en: 'r' },
          } as const
          records.push(await sealed(body, curator))
        }
      }
    }
    const expected = shownBy(catalogueOf(records))
    fc.assert(
      fc.property(
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.subarray(records),
        (shuffled, again) => {
          expect(shownBy(catalogueOf([...again, ...shuffled, ...again]))).toEqual(expected)
        },
      ),
    )
  })
})
