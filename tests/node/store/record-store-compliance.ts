import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordStore, StoredRecord } from '../../../node/store/record-store.ts'
import { artworkRecord, grantRecord } from './records.ts'

export interface RecordStoreSubject {
  readonly store: RecordStore
  remove(): Promise<void>
}

/** What every RecordStore does. */
export function describeRecordStore(name: string, create: () => Promise<RecordStoreSubject>): void {
  describe(`${name} as a RecordStore`, () => {
    let subject: RecordStoreSubject
    let store: RecordStore
    beforeEach(async () => {
      subject = await create()
      store = subject.store
    })
    afterEach(async () => {
      store.close()
      await subject.remove()
    })

    const cidsOf = (records: Iterable<StoredRecord>): string[] => [...records].map((it) => it.record.cid)

    test('gives back what was added, with and without an intake', async () => {
      for (const stored of [await artworkRecord('wave'), await grantRecord('Waag')]) {
        expect(store.add(stored)).toBe(true)
        expect(store.has(stored.record.cid)).toBe(true)
        expect(store.get(stored.record.cid)).toEqual(stored)
      }
      expect(store.size()).toBe(2)
    })

    test('tells in which order records were heard, the last one first, page by page', async () => {
      const heard = [await artworkRecord('wave'), await grantRecord('Waag'), await artworkRecord('sea')]
      store.addAll(heard.slice(0, 2))
      store.add(heard[2] as StoredRecord)
      store.add(heard[0] as StoredRecord)
      const names = (records: readonly StoredRecord[]): string[] => records.map(({ record }) => record.cid)
      const kinds = ['artwork', 'node-grant']
      const all = store.heard({ kinds, limit: 9 })
      expect(names(all)).toEqual(names(heard).reverse())
      expect(names(store.heard({ kinds: ['artwork'], limit: 9 }))).toEqual(
        names([all[0], all[2]] as StoredRecord[]),
      )
      const [last] = store.heard({ kinds, limit: 1 })
      expect(names(store.heard({ kinds, before: last?.at ?? 0, limit: 1 }))).toEqual(names(all.slice(1, 2)))
      expect(store.heard({ kinds: [], limit: 9 })).toEqual([])
    })

    test('answers absence with undefined', async () => {
      const { record } = await artworkRecord('wave')
      expect(store.has(record.cid)).toBe(false)
      expect(store.get(record.cid)).toBeUndefined()
      expect(store.list()).toEqual([])
      expect([...store.all()]).toEqual([])
    })

    test('leaves a record that is there as it is', async () => {
      const stored = await artworkRecord('wave')
      store.add(stored)
      expect(store.add({ ...stored, intake: null, intakeNode: null })).toBe(false)
      expect(store.get(stored.record.cid)?.intake).toEqual(stored.intake)
      expect(store.size()).toBe(1)
    })

    test('adds many at once and says which were new', async () => {
      const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(async (slug) => artworkRecord(slug)))
      if (a === undefined || b === undefined || c === undefined) throw new Error('three records')
      store.add(b)
      expect(cidsOf(store.addAll([a, b, c, a]))).toEqual([a.record.cid, c.record.cid])
      expect(store.addAll([])).toEqual([])
      expect(store.size()).toBe(3)
    })

    test('lists in the order of CIDs, by page and by kind', async () => {
      const artworks = await Promise.all(
        Array.from({ length: 7 }, async (_, i) => artworkRecord(`work-${i}`)),
      )
      const grants = await Promise.all(['Waag', 'OBA'].map(async (name) => grantRecord(name)))
      store.addAll([...artworks, ...grants])
      const sorted = cidsOf([...artworks, ...grants]).sort()
      expect(cidsOf(store.list())).toEqual(sorted)
      expect(cidsOf(store.list({ kind: 'node-grant' }))).toEqual(cidsOf(grants).sort())
      expect(store.list({ kind: 'unheard-of' })).toEqual([])
      const paged: string[] = []
      for (;;) {
        const after = paged.at(-1)
        const page = store.list({ limit: 4, ...(after === undefined ? {} : { after }) })
        if (page.length === 0) break
        paged.push(...cidsOf(page))
      }
      expect(paged).toEqual(sorted)
      expect(store.list({ limit: 0 })).toEqual([])
      expect(cidsOf(store.all()).sort()).toEqual(sorted)
    })

    test('takes records while all of them are being read', async () => {
      const more = await Promise.all(Array.from({ length: 5 }, async (_, i) => artworkRecord(`late-${i}`)))
      store.add(await artworkRecord('early'))
      const seen = new Set<string>()
      for (const { record } of store.all()) {
        expect(seen.has(record.cid)).toBe(false)
        seen.add(record.cid)
        store.addAll(more)
      }
      expect(store.size()).toBe(6)
    })
  })
}
