import type { FastifyRequest } from 'fastify'
import type { HttpLimits } from './limits.ts'
import { HttpProblem } from './problems.ts'
import { isHost, isOwnOrigin } from './request-origin.ts'
import { commonHeaders, dataHeaders } from './security-headers.ts'
import type { HttpApp } from './valibot-provider.ts'

/** What holds for every request before its route is asked; and the headers that every answer carries. */
export function addRequestGuards(app: HttpApp, limits: HttpLimits): void {
  let active = 0

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(commonHeaders)
    // Data unless its route says otherwise: a problem is always data.
    reply.headers(dataHeaders)
    active += 1
    reply.raw.once('close', () => {
      active -= 1
    })
    if (active > limits.requests + limits.eventStreams) {
      throw new HttpProblem('busy', 'try again in a moment', { headers: { 'retry-after': '1' } })
    }
    const { host, origin } = request.headers
    if (!isHost(host) || countOf(request.raw.rawHeaders, 'host') > 1) throw new HttpProblem('bad-host')
    if (request.url.length > limits.urlLength) throw new HttpProblem('url-too-long')
    if (request.url.startsWith('/api/') && !isOwnOrigin(origin, host)) {
      throw new HttpProblem('cross-origin', 'this interface answers pages of this node only')
    }
  })
}

/** The checked Host header. */
export function hostOf(request: FastifyRequest): string {
  return request.headers.host ?? ''
}

/** The reason of every abort here: one object, since an error made for each answer costs more than the answer. */
const answered = new Error('the answer is sent, or its reader is gone')

/** Aborted when the answer is sent or its reader is gone. */
export function signalOf(reply: { raw: NodeJS.EventEmitter & { destroyed: boolean } }): AbortSignal {
  const controller = new AbortController()
  if (reply.raw.destroyed) controller.abort(answered)
  else reply.raw.once('close', () => controller.abort(answered))
  return controller.signal
}

/** Node keeps the first of several Host headers and says nothing of the others. */
function countOf(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((header, i) => i % 2 === 0 && header.toLowerCase() === name).length
}
