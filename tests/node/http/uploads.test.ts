import { describe, expect, test } from 'vitest'
import { appOf, exhibition, importFiles, manifestOf, patterned, seal } from './exhibition-fixture.ts'
import type { Exhibition, ImportedWork } from './exhibition-fixture.ts'
import type { HttpLimits } from '../../../node/http/limits.ts'
import type { UploadView } from '../../../node/http/contract.ts'

const MIB = 1024 * 1024

async function door(options: { show?: Exhibition; limits?: Partial<HttpLimits> } = {}) {
  const show = options.show ?? (await exhibition())
  const { app, context } = await appOf(show, options.limits)
  const announce = (work: Pick<ImportedWork, 'root' | 'size' | 'chunks'>) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      payload: { root: work.root.toString(), size: work.size, chunks: work.chunks },
    })
  const put = (work: ImportedWork, cid: string, bytes: Uint8Array) =>
    app.inject({
      method: 'PUT',
      url: `/api/v1/uploads/${work.root.toString()}/chunks/${cid}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(bytes),
    })
  const bring = async (work: ImportedWork, until = Number.POSITIVE_INFINITY): Promise<UploadView> => {
    let view: UploadView = (await announce(work)).json()
    for (let i = 0; i < until && !view.complete; i += 1) {
      const [cid = ''] = view.wanted
      const block = work.blocks.find((block) => block.cid.toString() === cid)
      const answer = await put(work, cid, block?.bytes ?? new Uint8Array())
      expect(answer.statusCode).toBe(200)
      view = answer.json()
    }
    return view
  }
  return { show, app, context, announce, put, bring }
}

describe('an upload', () => {
  test('asks for what it wants, parents first, until all is here', async () => {
    const { app, bring, announce } = await door()
    const work = await importFiles({ 'film.webm': patterned(3 * MIB), 'sub/a.txt': 'a', 'b.txt': 'b' })
    const announced = await announce(work)
    expect(announced.statusCode).toBe(201)
    expect(announced.json()).toMatchObject({ complete: false, wanted: [work.root.toString()] })
    const done = await bring(work)
    expect(done).toEqual({
      root: work.root.toString(),
      have: work.chunks,
      total: work.chunks,
      complete: true,
      wanted: [],
    })
    expect((await app.inject(`/api/v1/uploads/${work.root.toString()}`)).json()).toEqual(done)
    // Not shown before a record says so.
    expect((await app.inject(`/works/${work.root.toString()}/b.txt`)).statusCode).toBe(404)
  })

  test('goes on where it was, after a break and after a restart', async () => {
    const first = await door()
    const work = await importFiles({ 'film.webm': patterned(4 * MIB) })
    const half = await first.bring(work, 3)
    const again: UploadView = (await first.announce(work)).json()
    expect(again).toEqual(half)
    const second = await door({ show: first.show })
    expect((await second.app.inject(`/api/v1/uploads/${work.root.toString()}`)).statusCode).toBe(404)
    expect((await second.announce(work)).json().have).toBe(3)
    expect((await second.bring(work)).complete).toBe(true)
  })

  test('takes only what it wants, and only the right bytes', async () => {
    const { put, announce, show } = await door()
    const work = await importFiles({ 'a.txt': 'a' })
    const other = await importFiles({ 'b.txt': 'b' })
    await announce(work)
    const [leaf] = other.blocks
    if (leaf === undefined) throw new Error('a file has a block')
    const unwanted = await put(work, leaf.cid.toString(), leaf.bytes)
    expect([unwanted.statusCode, unwanted.json().type]).toEqual([409, '/problems/not-wanted'])
    const wrong = await put(work, work.root.toString(), leaf.bytes)
    expect([wrong.statusCode, wrong.json().type]).toEqual([422, '/problems/block-mismatch'])
    const large = await put(work, work.root.toString(), new Uint8Array(2 * MIB))
    expect([large.statusCode, large.json().type]).toEqual([413, '/problems/too-large'])
    const unknown = await put(other, other.root.toString(), leaf.bytes)
    expect(unknown.statusCode).toBe(404)
    expect(show.chunks.usage().chunks).toBe(0)
  })

  test('a chunk sent twice is no mistake', async () => {
    const { put, announce } = await door()
    const work = await importFiles({ 'a.txt': 'a' })
    await announce(work)
    const root = work.blocks.find(({ cid }) => cid.equals(work.root))
    const twice = [
      await put(work, work.root.toString(), root?.bytes ?? new Uint8Array()),
      await put(work, work.root.toString(), root?.bytes ?? new Uint8Array()),
    ]
    expect(twice.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  })

  test('that is more than it said is refused', async () => {
    const { put, announce } = await door()
    const work = await importFiles({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
    await announce({ ...work, chunks: 2 })
    const root = work.blocks.find(({ cid }) => cid.equals(work.root))
    const answer = await put(work, work.root.toString(), root?.bytes ?? new Uint8Array())
    expect([answer.statusCode, answer.json().type]).toEqual([422, '/problems/refused'])
  })

  test('needs room on the disk', async () => {
    const show = await exhibition()
    show.storage = { freeBytes: 3 * MIB, reserveBytes: 2 * MIB }
    const { announce, put } = await door({ show })
    const large = await importFiles({ 'film.webm': patterned(2 * MIB) })
    const full = await announce(large)
    expect([full.statusCode, full.json().type]).toEqual([507, '/problems/disk-full'])
    const work = await importFiles({ 'a.txt': 'a' })
    expect((await announce(work)).statusCode).toBe(201)
    show.storage = { freeBytes: 2 * MIB, reserveBytes: 2 * MIB }
    const root = work.blocks.find(({ cid }) => cid.equals(work.root))
    expect((await put(work, work.root.toString(), root?.bytes ?? new Uint8Array())).statusCode).toBe(507)
  })

  test('has a place among a bounded number, and loses it when it brings nothing', async () => {
    const show = await exhibition()
    const { announce } = await door({ show, limits: { uploads: 2 } })
    const works = await Promise.all(['a', 'b', 'c'].map((name) => importFiles({ [name]: name })))
    const answers = await Promise.all(works.map((work) => announce(work)))
    expect(answers.map(({ statusCode }) => String(statusCode)).sort()).toEqual(['201', '201', '503'])
    show.nowMs += 3 * 60_000
    const [, , third] = works
    if (third === undefined) throw new Error('three works')
    expect((await announce(third)).statusCode).toBe(201)
  })

  test('that is never signed is deleted; one that is signed stays', async () => {
    const { show, bring, context } = await door()
    const work = await importFiles({ 'a.txt': patterned(5000, 7) })
    const kept = await importFiles({ 'b.txt': patterned(5000, 8) })
    await bring(work)
    await bring(kept)
    await show.accept(await seal('artist', manifestOf('blijft', kept)))
    show.nowMs += 2 * 3_600_000
    await context.uploads.tidy()
    expect(show.chunks.has(work.root)).toBe(false)
    expect(show.chunks.usage().chunks).toBe(kept.chunks)
    expect(show.holdings.progress(work.root.toString())).toBeUndefined()
    expect(show.holdings.progress(kept.root.toString())?.complete).toBe(true)
  })
})
