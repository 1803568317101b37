import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { appOf, dids, exhibition, serverOf } from './exhibition-fixture.ts'

interface Heard {
  id?: string
  event?: string
  data?: unknown
}

class Reader {
  readonly response: IncomingMessage
  readonly events: Heard[] = []
  lastId = ''
  #text = ''
  readonly #waiting = new Set<() => void>()

  constructor(response: IncomingMessage) {
    this.response = response
    response.setEncoding('utf8')
    response.on('error', () => {})
    response.on('data', (piece: string) => {
      this.#text += piece
      for (let end = this.#text.indexOf('\n\n'); end !== -1; end = this.#text.indexOf('\n\n')) {
        this.#take(this.#text.slice(0, end))
        this.#text = this.#text.slice(end + 2)
      }
      for (const wake of this.#waiting) wake()
    })
  }

  #take(block: string): void {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => {
        const colon = line.indexOf(': ')
        return [line.slice(0, colon), line.slice(colon + 2)]
      }),
    )
    if (fields['id'] !== undefined) this.lastId = fields['id']
    if (fields['data'] === undefined) return
    this.events.push({ ...fields, data: JSON.parse(fields['data']) })
  }

  async until(predicate: (events: Heard[]) => boolean): Promise<void> {
    while (!predicate(this.events)) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve)
      })
    }
  }
}

async function listen(url: string, lastId?: string): Promise<Reader> {
  const asked = request(`${url}/api/v1/events`, {
    agent: false,
    headers: lastId === undefined ? {} : { 'last-event-id': lastId },
  }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  onTestFinished(() => {
    response.destroy()
  })
  return new Reader(response)
}

const named = (name: string) => (events: Heard[]) => events.some(({ event }) => event === name)

describe('the event stream', () => {
  test('tells of a new work, its progress and the mesh', async () => {
    const show = await exhibition()
    const { url } = await serverOf(show, { progressIntervalMs: 5, meshIntervalMs: 5 })
    const reader = await listen(url)
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const { root } = await show.publish('golf', { 'index.html': 'x' })
    Object.assign(show.mesh.peer(dids.neighbour, 0), { neighbour: true })
    show.deps.events.emit('mesh')
    await reader.until((events) => ['catalogue', 'progress', 'mesh'].every((name) => named(name)(events)))
    await reader.until((events) => events.some(({ data }) => (data as { works?: number }).works === 1))
    expect(reader.events.find(({ event }) => event === 'mesh')?.data).toEqual({ nodes: 2, neighbours: 1 })
    expect(reader.events.findLast(({ event }) => event === 'progress')?.data).toMatchObject({
      root: root.toString(),
      progress: { complete: true },
    })
  })

  test('says nothing of works that are not shown', async () => {
    const show = await exhibition({ quorum: 1 })
    const { url } = await serverOf(show, { progressIntervalMs: 5 })
    const reader = await listen(url)
    await show.publish('geheim', { 'index.html': 'x' })
    await reader.until(named('catalogue'))
    show.deps.events.emit('catalogue')
    await reader.until((events) => events.length >= 2)
    expect(named('progress')(reader.events)).toBe(false)
  })

  test('brings the latest, not every step', async () => {
    const show = await exhibition()
    const { root } = await show.publish('golf', { 'index.html': 'x' })
    const { url } = await serverOf(show, { progressIntervalMs: 100, meshIntervalMs: 100 })
    const reader = await listen(url)
    for (let i = 0; i < 50; i += 1) {
      show.deps.events.emit('progress', root.toString())
      show.deps.events.emit('mesh')
    }
    await reader.until(
      (events) => named('progress')(events) && events.filter(({ event }) => event === 'mesh').length > 1,
    )
    expect(reader.events.filter(({ event }) => event === 'progress')).toHaveLength(1)
    expect(reader.events.filter(({ event }) => event === 'mesh')).toHaveLength(2)
  })

  test('is resumed where it was left', async () => {
    const show = await exhibition()
    const { url } = await serverOf(show, { progressIntervalMs: 5, meshIntervalMs: 1 })
    const first = await listen(url)
    show.deps.events.emit('catalogue')
    await first.until((events) => events.length === 1)
    first.response.destroy()
    show.deps.events.emit('mesh')
    const second = await listen(url, first.lastId)
    await second.until((events) => events.length > 0)
    expect(second.events.map(({ event }) => event)).toEqual(['mesh'])
  })

  test.each(['nonsense', 'other-3', '-1', ''])(
    'starts afresh after an id it does not know: %j',
    async (id) => {
      const { url } = await serverOf(await exhibition())
      const reader = await listen(url, id)
      await reader.until((events) => events.length > 0)
      expect(reader.events).toEqual([{ event: 'reset', data: {} }])
    },
  )

  test('starts afresh when too much was missed', async () => {
    const show = await exhibition()
    const { url } = await serverOf(show, { eventsKept: 3, progressIntervalMs: 1, meshIntervalMs: 1 })
    const first = await listen(url)
    show.deps.events.emit('catalogue')
    await first.until((events) => events.length === 1)
    const { lastId } = first
    for (let i = 0; i < 5; i += 1) {
      show.deps.events.emit('catalogue')
      await first.until((events) => events.length === i + 2)
    }
    const second = await listen(url, lastId)
    await second.until((events) => events.length > 0)
    expect(second.events[0]?.event).toBe('reset')
  })

  test('has a bounded number of readers', async () => {
    const { url } = await serverOf(await exhibition(), { eventStreams: 1 })
    const first = await listen(url)
    const second = await listen(url)
    expect([second.response.statusCode, second.response.headers['retry-after']]).toEqual([503, '30'])
    first.response.destroy()
    await once(first.response, 'close')
    await expect.poll(async () => (await listen(url)).response.statusCode).toBe(200)
  })

  test('drops a reader that does not read', async () => {
    const show = await exhibition()
    const { app, context } = await appOf(show, { eventBacklogBytes: 10_000, progressIntervalMs: 1 })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
    socket.on('error', () => {})
    socket.pause()
    socket.write('GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n')
    await expect.poll(() => context.hub.readers).toBe(1)
    const { root } = await show.publish('golf', { 'index.html': 'x' })
    Object.assign(show.mesh, { sources: new Map([[root.toString(), new Set(['x'.repeat(200_000)])]]) })
    await show.chunks.delete(root)
    show.holdings.untrack(root.toString())
    await expect
      .poll(
        () => {
          for (let i = 0; i < 20; i += 1) show.deps.events.emit('progress', root.toString())
          return context.hub.readers
        },
        { interval: 2, timeout: 20_000 },
      )
      .toBe(0)
    socket.destroy()
  })
})
