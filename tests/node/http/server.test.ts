import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHttpServer, HttpListenError } from '../../../node/http/server.ts'
import { exhibition, patterned, serverOf } from './exhibition-fixture.ts'

async function socketTo(port: number, text = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  if (text !== '') socket.write(text)
  return socket
}

describe('the server', () => {
  test('starts and stops any number of times', async () => {
    const show = await exhibition()
    const server = createHttpServer(show.deps)
    await server.stop()
    const { port } = await server.start()
    expect(await server.start()).toEqual({ host: '127.0.0.1', port })
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    await server.stop()
    await server.stop()
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
    const again = await server.start()
    expect((await fetch(`http://127.0.0.1:${again.port}/healthz`)).status).toBe(200)
    await server.stop()
    show.deps.reads.stop()
    expect(show.deps.events.eventNames()).toEqual([])
  })

  test('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => {
      other.close()
    })
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const show = await exhibition()
    const server = createHttpServer({ ...show.deps, listen: { host: '127.0.0.1', port } })
    const starting = server.start()
    await expect(starting).rejects.toThrow(HttpListenError)
    await expect(starting).rejects.toThrow(
      `port ${port} on 127.0.0.1 is in use; stop the other program or choose another with --http HOST:PORT`,
    )
    show.deps.reads.stop()
    expect(show.deps.events.eventNames()).toEqual([])
    await server.stop()
  })

  test('says that an address is not its own', async () => {
    const show = await exhibition()
    const server = createHttpServer({ ...show.deps, listen: { host: '192.0.2.1', port: 0 } })
    await expect(server.start()).rejects.toThrow('192.0.2.1 is not an address of this machine')
  })

  test('stops, whoever is connected', async () => {
    const show = await exhibition()
    const { root } = await show.publish('film', { 'film.webm': patterned(20 * 1024 * 1024) })
    const { server, port } = await serverOf(show)
    const sockets: Socket[] = []
    const texts = [
      '',
      'GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHo',
      `GET /works/${root.toString()}/film.webm HTTP/1.1\r\nHost: a\r\n\r\n`,
      'POST /api/v1/records HTTP/1.1\r\nHost: a\r\nContent-Type: application/vnd.mesh-art.record\r\nContent-Length: 100\r\n\r\n',
    ]
    for (const text of texts) {
      const socket = await socketTo(port, text)
      sockets.push(socket)
      // The film's reader does not read; the others do.
      if (!text.includes('film')) socket.resume()
    }
    await expect.poll(() => show.deps.events.listenerCount('chunk')).toBe(1)
    await server.stop()
    await Promise.all(sockets.map(async (socket) => socket.closed || once(socket.resume(), 'close')))
  })

  test('cuts a client that sends its headers too slowly', async () => {
    const { port } = await serverOf(await exhibition(), {
      headersTimeoutMs: 100,
      requestTimeoutMs: 200,
      connectionsCheckMs: 50,
    })
    const socket = await socketTo(port, 'GET / HTTP/1.1\r\nHost: a\r\nX-A: ')
    let answer = ''
    socket.setEncoding('latin1').on('data', (piece: string) => {
      answer += piece
    })
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toContain('/problems/request-timeout')
  })

  test('cuts a connection on which nothing moves', async () => {
    const show = await exhibition()
    const { root } = await show.publish('film', { 'film.webm': patterned(20 * 1024 * 1024) })
    const { port, url } = await serverOf(show, { stalledConnectionMs: 150, contentStreams: 1 })
    const stalled = await socketTo(port)
    stalled.pause()
    stalled.write(`GET /works/${root.toString()}/film.webm HTTP/1.1\r\nHost: a\r\n\r\n`)
    // Its place becomes free for another.
    await expect
      .poll(async () => {
        try {
          const answer = await fetch(`${url}/works/${root.toString()}/film.webm`)
          return (await answer.arrayBuffer()).byteLength
        } catch {
          // Waiting for its turn is nothing moving as well, with so short a bound.
          return 0
        }
      })
      .toBe(20 * 1024 * 1024)
    stalled.destroy()
  })

  test('answers that it is busy when too many ask at once', async () => {
    const show = await exhibition()
    const { root } = await show.publish('film', { 'a.txt': 'a' }, { store: () => false })
    const { url } = await serverOf(show, { requests: 2, eventStreams: 0, chunkWaitMs: 300 })
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => fetch(`${url}/works/${root.toString()}/a.txt`)),
    )
    const types = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { type: string }).type),
    )
    expect(types.sort()).toEqual([
      '/problems/busy',
      '/problems/busy',
      '/problems/still-arriving',
      '/problems/still-arriving',
    ])
  })

  test('takes a bounded number of connections', async () => {
    const { port } = await serverOf(await exhibition(), { connections: 2 })
    const kept = [await socketTo(port), await socketTo(port)]
    const third = connect(port, '127.0.0.1')
    third.on('error', () => {})
    const [hadError] = await once(third, 'close')
    expect([hadError, third.bytesRead]).toEqual([false, 0])
    for (const socket of kept) socket.destroy()
  })
})

describe('the log', () => {
  test('knows nothing of visitors, at any level', async () => {
    const show = await exhibition()
    const { root } = await show.publish('film', { 'a.txt': 'a' })
    const { url, port } = await serverOf(show)
    const headers = {
      'user-agent': 'Onderscheidend/1.0',
      'accept-language': 'fy-NL',
      'x-forwarded-for': '203.0.113.9',
    }
    const paths = [
      '/',
      '/nl/?zoek=woord',
      '/api/v1/node',
      '/api/v1/nothing',
      `/works/${root.toString()}/a.txt`,
      `/works/${root.toString()}/..%2fx`,
      '/api/v1/records?limit=x',
    ]
    for (const path of paths) await (await fetch(`${url}${path}`, { headers, redirect: 'manual' })).text()
    await fetch(`${url}/api/v1/records`, { method: 'POST', headers, body: 'x' })
    const broken = await socketTo(port, 'nonsense\r\n\r\n')
    await once(broken.resume(), 'close')
    for (const word of ['127.0.0.1', '::1', 'Onderscheidend', 'fy-NL', '203.0.113.9', 'woord']) {
      expect(show.log()).not.toContain(word)
    }
  })
})
