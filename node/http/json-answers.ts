import { promisify } from 'node:util'
import { gzip as gzipCallback } from 'node:zlib'
import { acceptsEncoding } from './accept.ts'
import { BoundedMap } from './bounded-map.ts'
import { entityTagOf, matchesEntityTag } from './entity-tag.ts'
import type { HttpLimits } from './limits.ts'
import type { HttpApp } from './valibot-provider.ts'

const gzip = promisify(gzipCallback)
const GZIP_LEVEL = 5

/** JSON of the API is revalidated each time and, when it is worth it, compressed; the same answer only once. */
export function addJsonAnswers(app: HttpApp, limits: HttpLimits): void {
  const compressed = new BoundedMap<string, Buffer>(limits.compressedBytesKept, (bytes) => bytes.length)

  async function compress(tag: string, text: string): Promise<Buffer> {
    const known = compressed.get(tag)
    if (known !== undefined) return known
    const bytes = await gzip(text, { level: GZIP_LEVEL })
    compressed.set(tag, bytes)
    return bytes
  }

  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || reply.statusCode !== 200 || !request.url.startsWith('/api/')) {
      return payload
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return payload
    // What only its asker may see is not kept for another.
    if (reply.getHeader('cache-control') === 'no-store') return payload
    const tag = entityTagOf(payload)
    reply.headers({ etag: `W/${tag}`, 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
    if (matchesEntityTag(request.headers['if-none-match'], tag)) {
      reply.code(304)
      reply.removeHeader('content-length')
      return null
    }
    if (payload.length < limits.compressFromBytes || !acceptsEncoding(request.headers, 'gzip')) return payload
    const bytes = await compress(tag, payload)
    reply.headers({ 'content-encoding': 'gzip', 'content-length': bytes.length })
    return bytes
  })
}
