import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FramedStream } from '../../../node/mesh/framed-stream.ts'
import type { MeshHost } from '../../../node/mesh/host.ts'
import { connectedStreams, plainHost } from './hosts.ts'

const FRAME_BYTES = 256 * 1024
const FRAMES = 160
/** Window of the stream, what the reader queues, and one frame under way at each end. */
const BOUND_BYTES = 2 * 1024 * 1024 + 1024 * 1024 + 4 * FRAME_BYTES

describe('a stream between two real hosts', () => {
  let hosts: MeshHost[] = []

  beforeAll(async () => {
    hosts = [await plainHost(), await plainHost()]
  })
  afterAll(async () => {
    for (const host of hosts) await host.stop()
  })

  it('holds the writer back while nobody reads, and loses nothing when a slow reader goes on', async () => {
    const [from, to] = hosts
    if (from === undefined || to === undefined) throw new Error('hosts')
    const { near, far } = await connectedStreams(from, to)
    const [writer, reader] = [new FramedStream(near, FRAME_BYTES), new FramedStream(far, FRAME_BYTES)]
    let written = 0
    const writing = (async () => {
      for (let i = 0; i < FRAMES; i++) {
        await writer.write(new Uint8Array(FRAME_BYTES).fill(i % 251))
        written += 1
      }
    })()
    expect(await reader.read()).toHaveLength(FRAME_BYTES)
    let before = -1
    // Until nothing moves any more: the writer waits.
    while (before !== written) {
      before = written
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(written * FRAME_BYTES).toBeLessThanOrEqual(BOUND_BYTES)
    for (let i = 1; i < FRAMES; i++) {
      const frame = await reader.read()
      expect(frame?.[0]).toBe(i % 251)
      // Slower than the writer, so that the stream pauses and resumes many times.
      if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await writing
  })
})
