import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { appOf, exhibition, patterned, serverOf } from './exhibition-fixture.ts'

const MIB = 1024 * 1024
const film = patterned(3 * MIB)

async function open(url: string): Promise<IncomingMessage> {
  const asked = request(url, { agent: false }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return response
}

/** What is read until the connection ends, and whether it ended as announced. */
async function readAll(response: IncomingMessage): Promise<{ bytes: number; whole: boolean }> {
  let bytes = 0
  try {
    for await (const piece of response) bytes += (piece as Buffer).length
  } catch {
    // Cut off: that is what `whole` says.
  }
  return { bytes, whole: response.complete }
}

describe('a file that is still arriving', () => {
  test('is sent on as soon as the missing chunk comes', async () => {
    const show = await exhibition()
    let late
    const work = await show.publish('film', { 'film.webm': film }, { store: (_cid, i) => i !== 1 })
    late = work.blocks[1]
    const { url } = await serverOf(show)
    const response = await open(`${url}/works/${work.root.toString()}/film.webm`)
    expect(response.statusCode).toBe(200)
    const reading = readAll(response)
    if (late !== undefined) await show.holdings.add(late.cid, late.bytes)
    expect(await reading).toEqual({ bytes: film.length, whole: true })
  })

  test('is a problem that says so when its first chunk does not come in time', async () => {
    const show = await exhibition()
    const work = await show.publish('film', { 'film.webm': film }, { store: (_cid, i) => i !== 0 })
    const { app } = await appOf(show, { chunkWaitMs: 20 })
    const answer = await app.inject(`/works/${work.root.toString()}/film.webm`)
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.json()).toMatchObject({ type: '/problems/still-arriving', status: 503 })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers.etag).toBeUndefined()
    const part = await app.inject({
      url: `/works/${work.root.toString()}/film.webm`,
      headers: { range: `bytes=${MIB}-${MIB + 9}` },
    })
    expect([part.statusCode, part.rawPayload.length]).toEqual([206, 10])
  })

  test('is cut off, not ended, when a later chunk does not come', async () => {
    const show = await exhibition()
    const work = await show.publish('film', { 'film.webm': film }, { store: (_cid, i) => i !== 2 })
    const { url } = await serverOf(show, { chunkWaitMs: 50 })
    const response = await open(`${url}/works/${work.root.toString()}/film.webm`)
    const { bytes, whole } = await readAll(response)
    expect(whole).toBe(false)
    expect(bytes).toBeLessThanOrEqual(2 * MIB)
  })

  test('never gives out a damaged chunk, and heals when it is fetched anew', async () => {
    const show = await exhibition()
    const work = await show.publish('film', { 'film.webm': film })
    const { url } = await serverOf(show, { chunkWaitMs: 5_000 })
    const damaged = work.blocks[1]
    if (damaged === undefined) throw new Error('the film has three chunks')
    show.chunks.damage(damaged.cid)
    // As the mesh does: a chunk found damaged is fetched again.
    show.deps.events.on('chunk:damaged', () => {
      setImmediate(() => {
        show.holdings.add(damaged.cid, damaged.bytes).catch(() => {})
      })
    })
    const response = await open(`${url}/works/${work.root.toString()}/film.webm`)
    const pieces: Buffer[] = []
    for await (const piece of response) pieces.push(piece as Buffer)
    expect(Buffer.compare(Buffer.concat(pieces), film)).toBe(0)
  })

  test('waits for its directory as well', async () => {
    const show = await exhibition()
    const work = await show.publish('film', { 'a.txt': 'a' }, { store: () => false })
    const { app } = await appOf(show)
    const asked = app.inject(`/works/${work.root.toString()}/a.txt`)
    for (const { cid, bytes } of work.blocks) await show.holdings.add(cid, bytes)
    expect((await asked).body).toBe('a')
  })

  test('takes turns: more readers than places wait, and are told when it takes long', async () => {
    const show = await exhibition()
    const work = await show.publish('film', { 'film.webm': patterned(30 * MIB) })
    const { url } = await serverOf(show, { contentStreams: 1, contentTurnMs: 100 })
    const address = `${url}/works/${work.root.toString()}/film.webm`
    // The first reads nothing and keeps its place.
    const first = await open(address)
    const second = await open(address)
    expect(second.statusCode).toBe(503)
    expect(second.headers['retry-after']).toBe('3')
    second.resume()
    first.destroy()
    await once(first, 'close')
    const third = await open(address)
    expect(third.statusCode).toBe(200)
    third.destroy()
  })
})
