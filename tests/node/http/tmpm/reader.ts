import { exporter } from 'ipfs-unixfs-exporter'
import { importFiles, patterned } from '../exhibition-fixture.ts'
import { readFile } from '../../../../node/http/content/unixfs-reader.ts'
import { setTimeout as sleep } from 'node:timers/promises'
const M = 1024 * 1024
const big = new Uint8Array(200 * M)
const p = patterned(M)
for (let i = 0; i < 200; i++) {
  p[0] = i
  big.set(p, i * M)
}
const { blocks, root } = await importFiles({ 'a.bin': big })
const map = new Map(blocks.map((b) => [b.cid.toString(), b.bytes]))
let reads = 0
const get = async (cid: any) => {
  reads++
  const b = map.get(cid.toString())!
  return new Uint8Array(b)
}
const which = process.argv[2],
  slow = process.argv[3]
const entry: any = await (async () => {
  const { parseUnixfsNode } = await import('../../../../node/http/content/unixfs-node.ts')
  const n: any = parseUnixfsNode(root, await get(root))
  return { cid: n.entries[0].cid, size: 200 * M }
})()
const bs = {
  get: async function* (cid: any) {
    yield await get(cid)
  },
}
async function open(off: number, len: number) {
  if (which === 'own') return readFile(get, entry, off, off + len)
  const e: any = await exporter(entry.cid, bs as any)
  return e.content({
    offset: off,
    length: len,
    ...(process.argv[4] ? { blockReadConcurrency: Number(process.argv[4]) } : {}),
  })
}
if (slow === 'slow') {
  reads = 0
  const it = (await open(0, 200 * M))[Symbol.asyncIterator]()
  await it.next()
  await sleep(1500)
  await it.next()
  await sleep(500)
  console.log(
    which,
    'after taking 2 blocks and pausing, reads:',
    reads,
    'rss',
    Math.round(process.memoryUsage().rss / M),
  )
} else {
  for (let r = 0; r < 3; r++) {
    reads = 0
    const c = process.cpuUsage()
    const t = performance.now()
    let n = 0
    for (let k = 0; k < 3; k++) for await (const b of await open(0, 200 * M)) n += b.length
    const u = process.cpuUsage(c)
    console.log(
      which,
      'full',
      Math.round(n / M / ((performance.now() - t) / 1000)),
      'MiB/s cpu',
      Math.round((u.user + u.system) / 1000),
      'ms',
    )
  }
  const t = performance.now()
  const c = process.cpuUsage()
  reads = 0
  for (let k = 0; k < 2000; k++)
    for await (const _ of await open(((k * 37) % 200) * M + 5, 65536)) {
    }
  const u = process.cpuUsage(c)
  console.log(
    which,
    '2000 ranges of 64K',
    Math.round(performance.now() - t),
    'ms cpu',
    Math.round((u.user + u.system) / 1000),
    'reads',
    reads,
  )
}
