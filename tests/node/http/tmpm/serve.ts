import { FileChunkStore } from '../../../../node/store/file-chunk-store.ts'
import { DagHoldings } from '../../../../node/store/dag-holdings.ts'
import { createHttpServer } from '../../../../node/http/server.ts'
import { exhibition, importFiles, manifestOf, patterned, seal } from '../exhibition-fixture.ts'
import { mkdtemp } from 'node:fs/promises'
const M = 1024 * 1024
const show = await exhibition()
const dir = await mkdtemp('/tmp/chunks-')
const chunks = process.argv[2] === 'memory' ? show.chunks : await (FileChunkStore as any).open(dir, {})
const holdings = new DagHoldings({ chunks, events: show.deps.events })
const work = await importFiles({
  'big.bin': patterned(200 * M),
  'small.txt': patterned(4096),
  'index.html': 'x',
})
await show.holdings.track(work.root.toString(), work)
await holdings.track(work.root.toString(), work)
for (const { cid, bytes } of work.blocks) {
  await show.holdings.add(cid, bytes)
  if (chunks !== show.chunks) await holdings.add(cid, bytes)
}
await show.accept(await seal('artist', manifestOf('w', work)))
if (chunks !== show.chunks) for (const { cid } of work.blocks) await show.chunks.delete(cid)
const server = createHttpServer({ ...show.deps, chunks, holdings })
const { port } = await server.start()
;(work as any).blocks.length = 0
process.on('message', (m) => {
  if (m === 'cpu') {
    ;(globalThis as any).gc?.()
    process.send!({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss, ab: process.memoryUsage().arrayBuffers })
  }
  if (m === 'stop') process.exit(0)
})
process.send!({ port, root: work.root.toString() })
