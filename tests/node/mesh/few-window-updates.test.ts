import type { Logger } from '@libp2p/interface'
import { StreamState, YamuxStream } from '@libp2p/yamux/stream'
import fc from 'fast-check'
import { Uint8ArrayList } from 'uint8arraylist'
import { describe, expect, it } from 'vitest'
import { fewWindowUpdates } from '../../../node/mesh/few-window-updates.ts'
import type { MeshHost } from '../../../node/mesh/host.ts'
import { plainHost } from './hosts.ts'

const WINDOW = 256 * 1024
const DATA_FRAME = 0

const silent: Logger = Object.assign(() => undefined, {
  error: () => undefined,
  trace: () => undefined,
  enabled: false,
  newScope: () => silent,
})

/** A stream that was opened from afar, and what it lets its other end send. */
function openedStream(): { stream: YamuxStream; updates: number[]; receive: (bytes: number) => void } {
  const updates: number[] = []
  const stream = new YamuxStream({
    id: '1',
    streamId: 1,
    state: StreamState.SYNReceived,
    direction: 'inbound',
    log: silent,
    getRTT: () => -1,
    // It has nothing else to send.
    sendFrame: ({ length }) => {
      updates.push(length)
      return true
    },
  })
  stream.addEventListener('message', () => undefined)
  fewWindowUpdates(stream)
  const receive = (bytes: number): void =>
    stream.handleData({
      header: { type: DATA_FRAME, flag: 0, streamID: 1, length: bytes },
      data: new Uint8ArrayList(new Uint8Array(bytes)),
    })
  return { stream, updates, receive }
}

describe('a stream that seldom tells its window', () => {
  it('says at once that it is open, and then nothing of short messages', () => {
    const { updates, receive } = openedStream()
    for (let n = 0; n < 100; n++) receive(100)
    expect(updates).toHaveLength(1)
  })

  it('never leaves its other end less than half a window, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: WINDOW / 2 }), { maxLength: 40 }), (frames) => {
        const { updates, receive } = openedStream()
        let received = 0
        for (const bytes of frames) {
          receive(bytes)
          received += bytes
          const allowed = WINDOW + updates.reduce((sum, more) => sum + more, 0)
          expect(allowed - received).toBeGreaterThan(WINDOW / 2)
          expect(allowed - received).toBeLessThanOrEqual(WINDOW)
        }
      }),
    )
  })

  it('is no stream of another kind', () => {
    expect(() => fewWindowUpdates({} as YamuxStream)).toThrow(TypeError)
  })
})

describe('two nodes', () => {
  it('move much more than a window over one stream, in both directions', async () => {
    const hosts: MeshHost[] = [await plainHost(), await plainHost()]
    const [a, b] = hosts
    if (a === undefined || b === undefined) throw new Error('hosts')
    try {
      const bytes = 8 * WINDOW
      await b.handle('/test/echo', async (stream) => {
        for await (const chunk of stream) if (!stream.send(chunk)) await stream.onDrain()
        await stream.close()
      })
      const stream = await (await a.dial(b.getMultiaddrs())).newStream('/test/echo')
      let came = 0
      const reading = (async () => {
        for await (const chunk of stream) {
          came += chunk.byteLength
          if (came === bytes) break
        }
      })()
      for (let sent = 0; sent < bytes; sent += WINDOW / 4)
        if (!stream.send(new Uint8Array(WINDOW / 4))) await stream.onDrain()
      await reading
      expect(came).toBe(bytes)
    } finally {
      for (const host of hosts) await host.stop()
    }
  }, 60_000)
})
