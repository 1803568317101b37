import { Agent, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { ArtworkDetail, ArtworkSummary } from '../../../node/http/contract.ts'
import type { VisitKind, VisitsRequest, VisitsResult } from '../support/visits.ts'

/** Visitors as browsers behave, in a process of their own. The request comes as JSON in its argument. */
const {
  url,
  visitors,
  arrivalMs,
  thinkMs,
  works: worksSeen,
  seeks,
  seekBytes,
} = JSON.parse(process.argv[2] ?? '') as VisitsRequest
/** What a browser opens at once to one host. */
const CONNECTIONS_OF_BROWSER = 6
const latencies: Record<VisitKind, number[]> = { page: [], json: [], asset: [], file: [], seek: [] }
const errors: string[] = []
let bytes = 0
const startMs = performance.now()

interface Answer {
  readonly status: number
  readonly body: Buffer
}

function read(
  agent: Agent,
  kind: VisitKind,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const askedMs = performance.now()
  return new Promise((resolve) => {
    const failed = (why: string): void => {
      errors.push(`${path}: ${why}`)
      resolve({ status: 0, body: Buffer.alloc(0) })
    }
    const request = get(
      new URL(path, url),
      { agent, headers: { accept: 'text/html,image/webp,*/*', ...headers } },
      (response: IncomingMessage) => {
        const parts: Buffer[] = []
        let came = 0
        response.on('data', (part: Buffer) => {
          bytes += part.length
          came += part.length
          // Only what is looked into is kept.
          if (kind === 'json' || kind === 'page') parts.push(part)
        })
        response.once('close', () => {
          const status = response.statusCode ?? 0
          if (!response.complete || status >= 400) return failed(`status ${status}`)
          if (kind === 'seek' && (status !== 206 || came !== seekBytes))
            return failed(`a seek with status ${status} and ${came} bytes`)
          latencies[kind].push(performance.now() - askedMs)
          resolve({ status, body: Buffer.concat(parts) })
        })
      },
    )
    request.once('error', (error) => failed(error.message))
  })
}

async function json<T>(agent: Agent, path: string): Promise<T | null> {
  const { status, body } = await read(agent, 'json', path)
  return status === 200 ? (JSON.parse(body.toString()) as T) : null
}

async function visit(number: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_OF_BROWSER })
  await delay((arrivalMs * number) / visitors)
  const { body } = await read(agent, 'page', '/nl/')
  const assets = [...body.toString().matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
    ([, path = '']) => path,
  )
  const compressed = { 'accept-encoding': 'gzip, br' }
  await Promise.all(assets.map((path) => read(agent, 'asset', path, compressed)))
  const found = await json<{ works: ArtworkSummary[] }>(agent, '/api/v1/search?from=0&limit=60')
  const works = found?.works ?? []
  for (let i = 0; i < worksSeen; i += 1) {
    await delay(thinkMs * (0.5 + Math.random()))
    const work = works[(number * 7 + i) % Math.max(1, works.length)]
    if (work === undefined) continue
    const detail = await json<ArtworkDetail>(agent, `/api/v1/artworks/${work.artist}/${work.slug}`)
    const file = detail?.files.find(({ size }) => size < seekBytes)
    await Promise.all([
      work.poster && read(agent, 'file', work.poster.url),
      file && read(agent, 'file', file.url),
    ])
  }
  const videos = await json<{ works: ArtworkSummary[] }>(agent, '/api/v1/search?medium=video')
  const video = videos?.works[0]
  const film = video && (await json<ArtworkDetail>(agent, `/api/v1/artworks/${video.artist}/${video.slug}`))
  const size = film?.files.find(({ url: address }) => address === film.entry.url)?.size ?? 0
  if (!film || size <= seekBytes) {
    errors.push('there is no video to seek in')
    return agent.destroy()
  }
  for (let i = 0; i < seeks; i += 1) {
    await delay(thinkMs * (0.25 + Math.random() / 2))
    const from = Math.floor(Math.random() * (size - seekBytes))
    await read(agent, 'seek', film.entry.url, { range: `bytes=${from}-${from + seekBytes - 1}` })
  }
  agent.destroy()
}

await Promise.all(Array.from({ length: visitors }, (_, number) => visit(number)))
const { user, system } = process.cpuUsage()
const result: VisitsResult = {
  latencies,
  errors: errors.slice(0, 20),
  failures: errors.length,
  bytes,
  seconds: (performance.now() - startMs) / 1000,
  cpuSeconds: (user + system) / 1e6,
}
console.log(JSON.stringify(result))
