import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream'

/** Streams the files of a folder and does nothing else: what serving costs in this runtime at least. */
const dir = process.argv[2] ?? '.'
const server = createServer((request, response) => {
  const path = join(dir, basename(request.url ?? ''))
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': statSync(path).size,
  })
  pipeline(createReadStream(path), response, () => {
    // A reader that goes in the middle is no trouble of ours.
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
