import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { preferredLanguage } from '../accept.ts'
import { encode, encodingFor } from '../content-encoding.ts'
import type { Encoding } from '../content-encoding.ts'
import { mediaTypeOf } from '../content/media-type.ts'
import type { HttpContext } from '../context.ts'
import { entityTagOf, matchesEntityTag } from '../entity-tag.ts'
import { galleryPage } from '../gallery-page/gallery-page.ts'
import { readParts } from '../gallery-page/ui-parts.ts'
import { fallbackLanguage, languages } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import { HttpProblem } from '../problems.ts'
import { hostOf } from '../request-guards.ts'
import type { UnknownPage } from '../problem-handlers.ts'
import { pageHeaders, scriptHeaders } from '../security-headers.ts'
import { immutable } from '../send-file.ts'
import { UiFiles } from '../ui-files.ts'
import type { UiFile } from '../ui-files.ts'
import type { HttpApp } from '../valibot-provider.ts'

/** Pages with a script of their own, for those who work here: `exhibit-ui/{name}.html`. All other addresses are the gallery's. */
const apps = ['studio', 'curate', 'tech', 'kiosk'] as const

/** What an app shows in frames, where it is not the works that visitors see. */
const framed: Readonly<Record<string, readonly string[]>> = {
  curate: ['/works/', '/previews/'],
  studio: ['/preview-frame'],
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Mesh Art Network</title>
<h1>The pages of the exhibition are not built</h1>
<p>The node itself runs. In its folder run <code>node_modules/.bin/node exhibit-ui/build.ts</code>, then load this page again.</p>
<p>What it shows, as data: <a href="/api/v1/exhibition">/api/v1/exhibition</a></p>
</html>
`

const LITE_QUERY = '?lite'

const noDocs = { hide: true }

/** The user interface: one page for every address of it, and its assets, named after their content. */
export function addUiRoutes(app: HttpApp, context: HttpContext): UnknownPage {
  const { deps, limits, ready } = context
  const files = new UiFiles(deps.uiDir, limits)
  const asset = { params: v.object({ '*': v.string() }), ...noDocs }

  for (const name of ['', ...apps]) {
    app.get(`/${name}`, { schema: noDocs }, async (request, reply) => {
      const language = preferredLanguage(request.headers['accept-language'], languages, fallbackLanguage)
      return reply
        .headers({ ...pageHeaders(hostOf(request)), vary: 'Accept-Language', 'cache-control': 'no-cache' })
        .redirect(`/${language}/${name}`, 302)
    })
  }
  for (const language of languages) {
    app.get(`/${language}`, { schema: noDocs }, async (_request, reply) =>
      reply.redirect(`/${language}/`, 308),
    )
    app.get(`/${language}/*`, { schema: noDocs }, async (request, reply) => {
      // Where the page's script does not run, its `noscript` leads here: the same place as a plain page.
      if (request.url.endsWith(LITE_QUERY)) {
        const path = request.url.slice(`/${language}/`.length, -LITE_QUERY.length)
        return reply.header('cache-control', 'no-store').redirect(`/${language}/lite/${path}`, 302)
      }
      return sendGallery(request, reply, language)
    })
    for (const name of apps) {
      const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
        sendPage(request, reply, name, language)
      app.get(`/${language}/${name}`, { schema: noDocs }, send)
      app.get(`/${language}/${name}/*`, { schema: noDocs }, send)
    }
  }
  app.get('/assets/*', { schema: asset }, async (request, reply) => {
    const name = request.params['*']
    if (name.endsWith('.js')) reply.headers(scriptHeaders(hostOf(request), name))
    // Named after its content: what it was once it stays.
    ready.offer(request, () => true)
    return sendNamed(request, reply, 'assets', name, immutable)
  })
  for (const name of ['favicon.ico', 'favicon.svg', 'favicon.png', 'robots.txt']) {
    app.get(`/${name}`, { schema: noDocs }, async (request, reply) => {
      if ((await files.file('', name, 'identity')) === null) return reply.code(204).send()
      return sendNamed(request, reply, '', name, 'public, max-age=86400')
    })
  }

  return async (request, reply) => {
    const { headers, method, url } = request
    const isPerson = method === 'GET' && headers.accept?.includes('text/html') === true
    if (!isPerson || /^\/(?:api|works|ipfs|assets|renditions|metrics)(?:\/|$)/.test(url)) return undefined
    const language = preferredLanguage(headers['accept-language'], languages, fallbackLanguage)
    // The page says in words that there is nothing here, and which ways there are.
    return sendPage(request, reply.code(404), 'index', language)
  }

  /** The gallery's page, with what this address needs first. */
  async function sendGallery(
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
  ): Promise<FastifyReply> {
    const page = await files.pageText('index', language)
    if (page === null) return sendPage(request, reply, 'index', language)
    const parts = readParts(await files.text('parts.json'))
    const path = request.url.slice(`/${language}/`.length)
    const text = await galleryPage(context, { page, parts, path, language })
    const encoding = encodingFor(request.headers)
    const bytes = await encode(Buffer.from(text), encoding, 'quick')
    reply.headers(pageHeaders(hostOf(request))).type('text/html; charset=utf-8')
    reply.headers({ 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
    return sendUiFile(request, reply, { bytes, tag: `W/${entityTagOf(text)}` }, encoding)
  }

  async function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    language: string,
  ): Promise<FastifyReply> {
    const encoding = encodingFor(request.headers)
    const page = await files.page(name, language, encoding)
    const headers = pageHeaders(hostOf(request), framed[name], name === 'studio')
    reply.headers(headers).type('text/html; charset=utf-8')
    reply.headers({ 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
    if (page === null) return reply.code(503).header('cache-control', 'no-store').send(NOT_BUILT)
    return sendUiFile(request, reply, page, encoding)
  }

  async function sendNamed(
    request: FastifyRequest,
    reply: FastifyReply,
    folder: '' | 'assets',
    name: string,
    cacheControl: string,
  ): Promise<FastifyReply> {
    const encoding = files.isCompressible(name) ? encodingFor(request.headers) : 'identity'
    const file = await files.file(folder, name, encoding)
    if (file === null) throw new HttpProblem('not-found')
    reply.header('cache-control', cacheControl)
    reply.header('vary', 'Accept-Encoding').type(mediaTypeOf(name))
    return sendUiFile(request, reply, file, encoding)
  }
}

function sendUiFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: UiFile,
  encoding: Encoding,
): FastifyReply {
  reply.header('etag', file.tag)
  if (matchesEntityTag(request.headers['if-none-match'], file.tag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.send(file.bytes)
}
