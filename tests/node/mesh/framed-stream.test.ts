import type { Stream } from '@libp2p/interface'
import { streamPair } from '@libp2p/utils'
import { describe, expect, it } from 'vitest'
import { FramedStream } from '../../../node/mesh/framed-stream.ts'
import { WireError } from '../../../node/wire/codec.ts'

const MAX = 64 * 1024

async function framedPair(): Promise<[FramedStream, FramedStream]> {
  const [a, b] = await streamPair()
  return [new FramedStream(a, MAX), new FramedStream(b, MAX)]
}

describe('frames on a stream', () => {
  it('come out as they went in, in order, whatever their sizes', async () => {
    const [a, b] = await framedPair()
    const sizes = [0, 1, 127, 128, 16_384, MAX]
    const writing = Promise.all(sizes.map((size) => a.write(new Uint8Array(size).fill(size % 251))))
    for (const size of sizes) {
      const frame = await b.read()
      expect(frame).toHaveLength(size)
      expect(frame?.every((byte) => byte === size % 251)).toBe(true)
    }
    await writing
    await a.close()
    expect(await b.read()).toBeNull()
  })

  it('made of parts are one frame', async () => {
    const [a, b] = await framedPair()
    void a.write(Uint8Array.of(1, 2), Uint8Array.of(3))
    expect([...((await b.read()) ?? [])]).toEqual([1, 2, 3])
  })

  it('beyond the limit are refused before they are read', async () => {
    const [a, b] = await framedPair()
    // A length of 64 KiB + 1, and nothing of it.
    a.stream.send(Uint8Array.of(0x81, 0x80, 0x04))
    await expect(b.read()).rejects.toThrow(WireError)
  })

  it('cut off in the middle are refused', async () => {
    const [a, b] = await framedPair()
    a.stream.send(Uint8Array.of(10, 1, 2, 3))
    void a.close()
    await expect(b.read()).rejects.toThrow(WireError)
  })

  it('of a connection that goes away in the middle are lost, which is what a crash looks like and no lie', async () => {
    const [a, b] = await framedPair()
    a.stream.send(Uint8Array.of(10, 1, 2, 3))
    const reading = b.read().catch((err: unknown) => err)
    await new Promise((resolve) => setTimeout(resolve, 50))
    // As a muxer tells its streams when its socket has ended.
    ;(b.stream as Stream & { onTransportClosed(): void }).onTransportClosed()
    const failure = await reading
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(WireError)
  })
})
