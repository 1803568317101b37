import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ChunkSockets, connectChunkSocket } from '../../../node/mesh/chunk-sockets.ts'
import { FrameSocket } from '../../../node/mesh/frame-socket.ts'
import { meshLimits } from '../../../node/mesh/limits.ts'
import { paceLimits } from '../../../node/mesh/read-pace.ts'
import { WireError } from '../../../node/wire/codec.ts'

const MAX = 256 * 1024
const silent = pino({ level: 'silent' })

describe('frames on a socket', () => {
  let server: Server

  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => server.close())

  async function pair(): Promise<{ raw: Socket; reader: FrameSocket }> {
    const accepted = once(server, 'connection') as Promise<[Socket]>
    const raw = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [other] = await accepted
    return { raw, reader: new FrameSocket(other, MAX) }
  }

  it('come out as they went in, however the bytes are cut', async () => {
    const frames = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 17 }), async (sent, step) => {
        const { raw, reader } = await pair()
        // What a FrameSocket writes, taken from the wire …
        const writer = new FrameSocket(raw, MAX)
        for (const frame of sent) await writer.write(frame)
        for (const frame of sent) expect(await reader.read()).toEqual(Buffer.from(frame))
        raw.destroy()
        // … and read again from pieces of `step` bytes.
        const bytes = Buffer.concat(sent.map((frame) => Buffer.concat([Buffer.from(lengthOf(frame)), frame])))
        const cut = await pair()
        for (let at = 0; at < bytes.length; at += step) cut.raw.write(bytes.subarray(at, at + step))
        cut.raw.end()
        for (const frame of sent) expect(await cut.reader.read()).toEqual(Buffer.from(frame))
        expect(await cut.reader.read()).toBeNull()
      }),
      { numRuns: 30 },
    )
  })

  it('come out as they went in when they are read to where they belong, and never over one that is done', async () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 100, max: 90_000 }), async (sent, step) => {
        const { raw, reader } = await pair()
        const frames = sent.map((length, i) => Buffer.alloc(length, `${i}: ${length}`))
        const bytes = Buffer.concat(
          frames.map((frame) => Buffer.concat([Buffer.from(lengthOf(frame)), frame])),
        )
        for (let at = 0; at < bytes.length;) {
          const space = reader.space().subarray(0, step)
          const length = bytes.copy(space, 0, at)
          reader.take(space.subarray(0, length))
          at += length
        }
        for (const frame of frames) expect(frame.equals((await reader.read()) ?? Buffer.of())).toBe(true)
        raw.destroy()
      }),
      { numRuns: 50 },
    )
  })

  it('beyond the limit are refused before they are read', async () => {
    const { raw, reader } = await pair()
    raw.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f))
    await expect(reader.read()).rejects.toThrow(WireError)
  })

  it('with a length that does not end are refused', async () => {
    const { raw, reader } = await pair()
    raw.write(new Uint8Array(20).fill(0x80))
    await expect(reader.read()).rejects.toThrow(WireError)
  })

  it('cut off in the middle are lost, which is what a crash looks like and no lie', async () => {
    const { raw, reader } = await pair()
    raw.end(Uint8Array.of(10, 1, 2, 3))
    const failure = await reader.read().catch((err: unknown) => err)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(WireError)
  })

  it('hold the writer back while nobody reads', async () => {
    const { raw, reader } = await pair()
    const writer = new FrameSocket(raw, MAX)
    let written = 0
    const writing = (async () => {
      for (let i = 0; i < 400; i++) {
        await writer.write(new Uint8Array(MAX))
        written += 1
      }
    })()
    let before = -1
    while (before !== written) {
      before = written
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    // The kernel's buffers for loopback hold some MiB each way; 100 MiB are not held.
    expect(written).toBeLessThan(200)
    for (let i = 0; i < 400; i++) expect(await reader.read()).toHaveLength(MAX)
    await writing
  })
})

describe('the plain sockets of a node', () => {
  const here = '/ip4/127.0.0.1/tcp/0'

  async function connected() {
    const sockets = new ChunkSockets([here], silent)
    await sockets.start()
    const arrived = Promise.withResolvers<FrameSocket>()
    const ticket = sockets.expect((socket) => arrived.resolve(socket))
    if (ticket === null) throw new Error('no ticket')
    const client = await connectChunkSocket(multiaddr(here), ticket)
    return { sockets, ticket, client, accepted: await arrived.promise }
  }

  it('let in who shows a token, once', async () => {
    const { sockets, ticket, client, accepted } = await connected()
    await accepted.write(Uint8Array.of(7))
    expect([...((await client.read()) ?? [])]).toEqual([7])
    const again = await connectChunkSocket(multiaddr(here), ticket)
    await expect(endOf(again)).resolves.toBe('closed')
    await sockets.stop()
  })

  it('close on a wrong token, on garbage, and on one who says nothing', async () => {
    const sockets = new ChunkSockets([here], silent)
    await sockets.start()
    const ticket = sockets.expect(() => expect.fail('let in'))
    if (ticket === null) throw new Error('no ticket')
    const wrong = await connectChunkSocket(multiaddr(here), { port: ticket.port, token: new Uint8Array(32) })
    await expect(endOf(wrong)).resolves.toBe('closed')
    const garbage = connect(ticket.port, '127.0.0.1')
    garbage.on('error', () => undefined)
    garbage.write(new Uint8Array(5000).fill(0xff))
    await once(garbage, 'close')
    const silentOne = connect(ticket.port, '127.0.0.1')
    silentOne.on('error', () => undefined)
    await once(silentOne, 'close')
    await sockets.stop()
  }, 20_000)

  it('are read a few hundred times a second, however many packets come, and give all that came', async () => {
    const { sockets, client: reader, accepted: writer } = await connected()
    const reads = vi.spyOn(reader, 'take')
    const frames = Array.from({ length: 400 }, (_, i) => Buffer.alloc(1400, `${i} `))
    const startMs = performance.now()
    const writing = (async () => {
      for (const frame of frames) {
        await writer.write(frame)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()
    for (const frame of frames) expect(frame.equals((await reader.read()) ?? Buffer.of())).toBe(true)
    const tookMs = performance.now() - startMs
    await writing
    expect(reads.mock.calls.length).toBeLessThan((2 * tookMs) / paceLimits.restMs + 10)
    await sockets.stop()
  }, 20_000)

  it('keep only so many strangers waiting', async () => {
    const sockets = new ChunkSockets([here], silent)
    await sockets.start()
    const ticket = sockets.expect(() => undefined)
    if (ticket === null) throw new Error('no ticket')
    const closed: Promise<unknown>[] = []
    const strangers = Array.from({ length: meshLimits.chunkSocketStrangers + 20 }, () => {
      const stranger = connect(ticket.port, '127.0.0.1')
      stranger.on('error', () => undefined)
      closed.push(once(stranger, 'close'))
      return stranger
    })
    // Those beyond the limit are closed at once, long before the others run out of time.
    await Promise.any(closed)
    await Promise.all(closed)
    expect(strangers.every(({ destroyed }) => destroyed)).toBe(true)
    await sockets.stop()
  }, 20_000)
})

async function endOf(socket: FrameSocket): Promise<string> {
  try {
    return (await socket.read()) === null ? 'closed' : 'a frame'
  } catch {
    // Reset: closed, less politely.
    return 'closed'
  }
}

function lengthOf({ length }: { length: number }): number[] {
  return length < 128 ? [length] : [(length % 128) | 0x80, ...lengthOf({ length: Math.floor(length / 128) })]
}
