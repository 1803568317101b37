import { Agent, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { LoadRequest, LoadResult } from '../support/load.ts'

/** Reads over so many kept connections for so long, and prints what it read. The request comes as JSON in its argument. */
const { url, paths, connections, seconds } = JSON.parse(process.argv[2] ?? '') as LoadRequest
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const startMs = performance.now()
const endMs = startMs + seconds * 1000
let requests = 0
let bytes = 0
let failures = 0
let next = 0

function read(path: string): Promise<void> {
  return new Promise((resolve) => {
    const request = get(new URL(path, url), { agent }, (response: IncomingMessage) => {
      response.on('data', (piece: Buffer) => {
        bytes += piece.length
        // A large answer is not waited for beyond the end.
        if (performance.now() > endMs) request.destroy()
      })
      response.once('close', () => {
        if (response.statusCode !== 200) failures += 1
        else if (response.complete) requests += 1
        resolve()
      })
    })
    request.once('error', () => {
      if (performance.now() <= endMs) failures += 1
      resolve()
    })
  })
}

async function visitor(): Promise<void> {
  while (performance.now() < endMs) await read(paths[next++ % paths.length] ?? '/')
}

await Promise.all(Array.from({ length: connections }, visitor))
const { user, system } = process.cpuUsage()
const result: LoadResult = {
  requests,
  bytes,
  seconds: (performance.now() - startMs) / 1000,
  cpuSeconds: (user + system) / 1e6,
  failures,
}
console.log(JSON.stringify(result))
agent.destroy()
