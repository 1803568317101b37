// Run as a child process: puts blocks until it is killed, and prints the CID of each one that is durable.
import { writeSync } from 'node:fs'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'
import { block, bytesOf } from './blocks.ts'

const [dir = '', seed = '1'] = process.argv.slice(2)
const store = await FileChunkStore.open(dir, { reserveBytes: 0 })
for (let i = 0; ; i += 8) {
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      const { cid, bytes } = block(bytesOf(20_000 + 1000 * lane, Number(seed) * 1_000_003 + i + lane))
      await store.put(cid, bytes)
      writeSync(1, `${cid.toString()}\n`)
    }),
  )
}
