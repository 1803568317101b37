import type { FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { gzip as gzipCallback } from 'node:zlib'
import { acceptsEncoding } from '../accept.ts'
import { BoundedMap } from '../bounded-map.ts'
import { entityTagOf, matchesEntityTag } from '../entity-tag.ts'
import type { HttpLimits } from '../limits.ts'
import { html, trusted } from './html.ts'
import type { Html } from './html.ts'
import type { Language } from './language.ts'
import { style, styleSource } from './style.ts'

const gzip = promisify(gzipCallback)
const GZIP_LEVEL = 6
/** Of all pages kept compressed, a share of what is kept in all. */
const KEPT_SHARE = 8

export interface PlainPage {
  readonly language: Language
  readonly title: string
  readonly body: Html
  /** Instead of the style that every page has: a page for paper has its own. */
  readonly css?: string
  readonly status?: number
  /** For the head of the document: nothing but elements that a browser takes there. */
  readonly head?: Html
  /** Headers beside those of every page. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends pages that need no script, no storage and no second answer. */
export class PlainPages {
  readonly #limits: Pick<HttpLimits, 'compressFromBytes'>
  readonly #compressed: BoundedMap<string, Buffer>

  constructor(limits: Pick<HttpLimits, 'compressFromBytes' | 'compressedBytesKept'>) {
    this.#limits = limits
    this.#compressed = new BoundedMap(limits.compressedBytesKept / KEPT_SHARE, (bytes) => bytes.length)
  }

  async send(request: FastifyRequest, reply: FastifyReply, page: PlainPage): Promise<FastifyReply> {
    const text = documentOf(page)
    reply
      .code(page.status ?? 200)
      .headers(plainPageHeaders(page.css ?? style))
      .headers({ 'cache-control': 'no-cache', vary: 'Accept-Encoding, Accept-Language' })
      .headers({ ...page.headers })
      .type('text/html; charset=utf-8')
    const tag = entityTagOf(text)
    if (reply.statusCode === 200) {
      reply.header('etag', `W/${tag}`)
      if (matchesEntityTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
    }
    if (text.length < this.#limits.compressFromBytes || !acceptsEncoding(request.headers, 'gzip')) {
      return reply.send(text)
    }
    let bytes = this.#compressed.get(tag)
    if (bytes === undefined) {
      bytes = await gzip(text, { level: GZIP_LEVEL })
      this.#compressed.set(tag, bytes)
    }
    return reply.header('content-encoding', 'gzip').send(bytes)
  }
}

function documentOf({ language, title, body, css = style, head }: PlainPage): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${head} ${trusted(`<style>${css}</style>`)}
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup
}

/** Nothing runs, nothing is fetched but pictures, sound and captions of works, and no other page may frame it. */
function plainPageHeaders(css: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `style-src ${styleSource(css)}`,
      "img-src 'self' data:",
      "media-src 'self'",
      "font-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  }
}
