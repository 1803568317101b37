import { join } from 'node:path'
import { randomFillSync } from 'node:crypto'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { sha256 } from '../../../node/store/block-hash.ts'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'
import type { StreamResult } from '../peers/stream-result.ts'
import { firstLine, outputOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

const LIMIT_MS = 120_000
const CHUNK_BYTES = 1024 * 1024
const SHA2_256 = 0x12

export interface Moved {
  readonly mebibytesPerSecond: number
  readonly cpuSecondsPerGiB: number
}

/** Moves bytes between two processes with a program of `peers/` that has the roles `receive` and `send`. */
export async function moveBare(
  workspace: Workspace,
  peer: 'raw-tcp' | 'libp2p-stream',
  bytes: number,
): Promise<Moved> {
  const script = join(import.meta.dirname, '..', 'peers', `${peer}.ts`)
  const receiver = workspace.node(script, 'receive')
  const received = outputOf(receiver, LIMIT_MS)
  const address = await firstLine(receiver)
  const sent = parse(await outputOf(workspace.node(script, 'send', address, String(bytes)), LIMIT_MS))
  const got = parse(await received)
  if (got.bytes !== bytes) throw new Error(`${peer}: ${got.bytes} of ${bytes} bytes came`)
  return {
    mebibytesPerSecond: bytes / 2 ** 20 / got.seconds,
    cpuSecondsPerGiB: ((sent.cpuSeconds + got.cpuSeconds) * 2 ** 30) / bytes,
  }
}

function parse(output: string): StreamResult {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as StreamResult
}

/** Puts random chunks into a store of their own, so many at once: the disk's part of a transfer, with every sync it asks for. */
export async function storeChunks(workspace: Workspace, bytes: number, atOnce: number): Promise<Moved> {
  const store = await FileChunkStore.open(workspace.path('store'))
  const before = process.cpuUsage()
  let ms = 0
  for (let left = bytes / CHUNK_BYTES; left > 0; left -= atOnce) {
    const blocks = Array.from({ length: Math.min(atOnce, left) }, () => {
      const block = randomFillSync(Buffer.allocUnsafe(CHUNK_BYTES))
      return [CID.createV1(RAW_CODEC, create(SHA2_256, sha256(block))), block] as const
    })
    const startMs = performance.now()
    await Promise.all(blocks.map(([cid, block]) => store.put(cid, block)))
    ms += performance.now() - startMs
  }
  const { user, system } = process.cpuUsage(before)
  await store.close()
  workspace.delete('store')
  return {
    mebibytesPerSecond: bytes / 2 ** 20 / (ms / 1000),
    cpuSecondsPerGiB: (((user + system) / 1e6) * 2 ** 30) / bytes,
  }
}
