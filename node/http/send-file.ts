import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { parseByteRange } from './byte-range.ts'
import type { WorkContent, WorkFile } from './content/work-content.ts'
import { matchesEntityTag } from './entity-tag.ts'
import { HttpProblem } from './problems.ts'
import { signalOf } from './request-guards.ts'

/** Content under a CID never changes. */
export const immutable = 'public, max-age=31536000, immutable'

/**
 * Answers with a file or the part of it that is asked for (RFC 9110, section 14). Nothing is sent before its first chunk is
 * here; if a later one does not come, the connection is cut, so that no reader takes a part for the whole.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  content: WorkContent,
  file: WorkFile,
  { mediaType, cacheControl }: { readonly mediaType: string; readonly cacheControl: string },
): Promise<FastifyReply> {
  const tag = `"${file.cid.toString()}"`
  const { 'if-none-match': ifNoneMatch, 'if-range': ifRange } = request.headers
  reply.headers({ etag: tag, 'cache-control': cacheControl, 'accept-ranges': 'bytes' })
  if (matchesEntityTag(ifNoneMatch, tag)) return reply.code(304).send()

  // If-Range compares strongly; we give no dates, so a date never matches (RFC 9110, section 13.1.5).
  const wantsRange = typeof ifRange !== 'string' || ifRange.trim() === tag
  const range = wantsRange ? parseByteRange(request.headers.range, file.size) : null
  if (range === 'unsatisfiable') {
    throw new HttpProblem('range-not-satisfiable', `the file has ${file.size} bytes`, {
      headers: { 'content-range': `bytes */${file.size}` },
    })
  }
  const { start, end } = range ?? { start: 0, end: file.size }
  reply.type(mediaType).header('content-length', end - start)
  if (range !== null) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${file.size}`)
  if (request.method === 'HEAD') return reply.send()
  const signal = signalOf(reply)
  const whole = await content.readWhole(file, signal)
  if (whole !== null) return reply.send(whole.subarray(start, end))
  return sendBlocks(reply, await content.read(file, start, end, signal))
}

/** Sends blocks as their reader takes them. The stream reads one ahead: two are in memory, never more. */
export function sendBlocks(reply: FastifyReply, blocks: AsyncIterable<Uint8Array>): FastifyReply {
  return reply.send(Readable.from(blocks, { objectMode: false, highWaterMark: 1 }))
}
