import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ArtworkDetail, Progress, ServerEvent } from '../../node/http/contract.ts'
import { houseArtist, lateWork, mediaTypeOf, progressOf, sampleWorks, summaryOf } from './fixture-data.ts'
import { sampleExhibition } from './fixture-exhibition.ts'
import { pageHeaders, scriptHeaders, workHeaders } from '../../node/http/security-headers.ts'
import { sampleFound } from './fixture-search.ts'
import { manyWorks } from './fixture-many.ts'
import { sampleMesh, sampleWay } from './fixture-mesh.ts'
import { fixtureFile } from './fixture-files.ts'

/** `many`: five thousand works; `none`: a node without an exhibition; `broken`: every answer of the interface is an error. */
export type Scenario = 'full' | 'many' | 'empty' | 'none' | 'broken'

export interface Fixture {
  url: string
  /** A work joins the catalogue. */
  arrive(): ArtworkDetail
  hang(work: ArtworkDetail): void
  progress(slug: string, progress: Progress): void
  /** Paths asked for so far, with their method. */
  asked: readonly string[]
  /** Closes every connection and answers no new one; the port stays taken. */
  goAway(): void
  comeBack(): void
  close(): Promise<void>
}

const dist = fileURLToPath(new URL('../../exhibit-ui/dist/', import.meta.url))
const assetTypes: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

export async function startFixture(options: { scenario?: Scenario; port?: number } = {}): Promise<Fixture> {
  const scenario = options.scenario ?? 'full'
  let works = scenario === 'full' ? sampleWorks() : scenario === 'many' ? manyWorks() : []
  const asked: string[] = []
  const streams = new Set<ServerResponse>()
  let away = false
  let lastId = 0

  const send = ({ event, data }: ServerEvent): void => {
    lastId += 1
    for (const stream of streams)
      stream.write(`id: ${lastId}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const json = (response: ServerResponse, body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const problem = (response: ServerResponse, status: number, code: string): void => {
    const body = JSON.stringify({ type: `/problems/${code}`, title: code, status })
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(body)
  }

  async function api(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (scenario === 'broken') return problem(response, 500, 'internal')
    if (path === 'events') {
      response
        .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        .write(':\n\n')
      streams.add(response)
      request.on('close', () => streams.delete(response))
      return
    }
    if (path === 'exhibition' && scenario === 'none') return problem(response, 503, 'no-exhibition')
    if (path === 'exhibition') return json(response, sampleExhibition(works))
    if (path === 'artworks') return json(response, { artworks: works.map(summaryOf) })
    if (path === 'search') {
      const found = sampleFound(works, new URL(request.url ?? '/', 'http://fixture').searchParams)
      return found === undefined ? problem(response, 400, 'bad-request') : json(response, found)
    }
    if (path === 'mesh') {
      const asked = new URL(request.url ?? '/', 'http://fixture').searchParams.get('works') ?? 'all'
      const view = sampleMesh(works, scenario !== 'full' && scenario !== 'many')
      const wanted = view.works.filter((work) => asked === 'all' || work.root === asked)
      return json(response, { ...view, works: wanted })
    }
    const followed = /^artworks\/[^/]+\/([^/]+)\/provenance$/.exec(path)?.[1]
    if (followed !== undefined) return json(response, sampleWay(followed))
    const match = /^artworks\/([^/]+)\/([^/]+)$/.exec(path)
    if (match === null) return problem(response, 404, 'not-found')
    if (match[2] === 'teruggetrokken') return problem(response, 410, 'withdrawn')
    if (match[2] === 'verwijderd') return problem(response, 410, 'removed')
    if (match[2] === 'kapot') return problem(response, 500, 'internal')
    const work = works.find((one) => one.artist === match[1] && one.slug === match[2])
    return work === undefined ? problem(response, 404, 'not-found') : json(response, work)
  }

  async function file(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [root = '', ...rest] = path.split('/')
    const body = await fixtureFile(root, rest.join('/'))
    if (body === undefined) return problem(response, 404, 'not-here-yet')
    const headers = {
      'content-type': mediaTypeOf(path),
      ...workHeaders(request.headers.host ?? '', `/works/${root}/`),
      'accept-ranges': 'bytes',
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    if (range === null) {
      response.writeHead(200, { ...headers, 'content-length': body.length }).end(body)
      return
    }
    const start = Number(range[1])
    const end = range[2] === '' ? body.length - 1 : Math.min(Number(range[2]), body.length - 1)
    response
      .writeHead(206, { ...headers, 'content-range': `bytes ${start}-${end}/${body.length}` })
      .end(body.subarray(start, end + 1))
  }

  async function page(path: string, host: string, response: ServerResponse): Promise<void> {
    const language = /^\/(nl|en)(\/|$)/.exec(path)?.[1]
    if (path === '/') {
      response.writeHead(302, { location: '/nl/' }).end()
      return
    }
    const headers = { ...pageHeaders(host), 'x-content-type-options': 'nosniff' }
    if (path.startsWith('/assets/')) {
      const body = await readFile(join(dist, path))
      response
        .writeHead(200, {
          ...scriptHeaders(host, basename(path)),
          'content-type': assetTypes[extname(path)] ?? '',
        })
        .end(body)
      return
    }
    const html = await readFile(join(dist, 'index.html'), 'utf8')
    response
      .writeHead(language === undefined ? 404 : 200, {
        ...headers,
        'content-type': 'text/html; charset=utf-8',
      })
      .end(html.replace('<html lang="nl">', `<html lang="${language ?? 'nl'}">`))
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://fixture').pathname)
    try {
      if (path.startsWith('/api/v1/')) await api(path.slice(8), request, response)
      else if (path.startsWith('/works/')) await file(path.slice(7), request, response)
      else if (path.startsWith('/renditions/')) {
        // As a node that has none: the original.
        const original = path.replace(/^\/renditions\/([^/]+)\/\d+\//, '/works/$1/')
        response.writeHead(302, { location: encodeURI(original) }).end()
      } else await page(path, request.headers.host ?? '', response)
    } catch {
      // A file that is not there, or a test that closed the connection.
      if (!response.headersSent) problem(response, 404, 'not-found')
    }
  }

  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (away) request.socket.destroy()
    else void answer(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrive() {
      const work = lateWork()
      works = [work, ...works]
      send({ event: 'catalogue', data: { works: works.length } })
      return work
    },
    hang(work) {
      works = [work, ...works]
    },
    asked,
    progress(slug, progress) {
      works = works.map((work) => (work.slug === slug ? { ...work, progress } : work))
      const root = works.find((work) => work.slug === slug)?.root ?? ''
      send({ event: 'progress', data: { root, progress } })
    },
    goAway() {
      away = true
      server.closeAllConnections()
    },
    comeBack() {
      away = false
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** By hand, for work on the pages: one work keeps coming in, over and over. */
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const fixture = await startFixture({ scenario: (process.argv[2] ?? 'full') as Scenario, port: 8090 })
  process.stdout.write(`${fixture.url}/nl/ (works of ${houseArtist})\n`)
  let have = 0
  setInterval(() => {
    have = (have + 1) % 64
    fixture.progress('tijdlijn-zonder-eigenaar', progressOf(have, 63, [{ id: 'n-waag', name: 'Waag' }]))
  }, 500)
}
