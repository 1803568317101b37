import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { cidOfBytes } from '../../../artworks/format/envelope.ts'
import { BufferPool } from '../../../node/mesh/buffer-pool.ts'
import { ChunkServer } from '../../../node/mesh/chunk-server.ts'
import type { ChunkServerDependencies } from '../../../node/mesh/chunk-server.ts'
import { GivenChunks } from '../../../node/mesh/given-chunks.ts'
import { RecentChunks } from '../../../node/mesh/recent-chunks.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'
import { decodeChunkFrame } from '../../../node/wire/chunk-messages.ts'

const cids = Array.from({ length: 100 }, (_, i) => cidOfBytes(Uint8Array.of(i)))

/** A neighbour that reads nothing until it is let. */
function deafNeighbour() {
  const frames: Uint8Array[] = []
  const { promise: reads, resolve: read } = Promise.withResolvers<undefined>()
  const channel = {
    read: () => new Promise<null>(() => {}),
    write: async (...parts: Uint8Array[]) => {
      frames.push(Buffer.concat(parts))
      await reads
    },
    abort: () => {},
  }
  const deps: ChunkServerDependencies = {
    chunks: new MemoryChunkStore(),
    peer: new MeshState().peer('deaf', 0),
    logger: pino({ level: 'silent' }),
    given: new GivenChunks(),
    pool: new BufferPool(1024),
    recent: new RecentChunks(),
    steadyNowMs: () => 0,
    isPublic: () => true,
    relay: { fetch: async () => false, passing: () => null },
  }
  return { server: new ChunkServer(channel, deps), frames, read: () => read(undefined) }
}

describe('the answering side of the chunk protocol', () => {
  it('makes no queue for a neighbour that does not read, and leaves nothing out once it does', async () => {
    const { server, frames, read } = deafNeighbour()
    const telling = cids.map((cid) => server.tell([], [cid]))
    await Promise.race([Promise.all(telling), Promise.resolve()])
    expect(frames).toHaveLength(1)
    read()
    await Promise.all(telling)
    expect(frames).toHaveLength(2)
    const told = frames.flatMap((frame) => {
      const message = decodeChunkFrame(frame)
      return message.t === 'have' ? message.c.map(String) : []
    })
    expect(told).toEqual(cids.map(String))
  })
})
