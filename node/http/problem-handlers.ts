import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { HttpProblem, problemOf, problems } from './problems.ts'
import type { ProblemCode } from './problems.ts'
import { commonHeaders, dataHeaders } from './security-headers.ts'
import type { HttpApp } from './valibot-provider.ts'

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A page for a person at an address that leads nowhere; undefined where a program asks. */
export type UnknownPage = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

/** Answers every error as a problem (RFC 9457). What a client must not know goes to the log, without who asked. */
export function addProblemHandlers(app: HttpApp, logger: Logger, pageFor?: UnknownPage): void {
  const allowed = collectMethods(app)
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, logger))
  app.setNotFoundHandler(async (request, reply) => {
    const methods = allowed(request.url)
    if (methods.length === 0) {
      const page = await pageFor?.(request, reply)
      return page ?? sendProblem(reply, new HttpProblem('not-found'))
    }
    const allow = methods.join(', ')
    return sendProblem(
      reply,
      new HttpProblem('method-not-allowed', `allowed: ${allow}`, { headers: { allow } }),
    )
  })
}

export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const problem = problemOf(error) ?? new HttpProblem('internal')
  if (problem.status >= 500 && problem.code !== 'still-arriving' && problem.code !== 'busy') {
    // The route, never the address asked for, and nothing of who asked.
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
    logger.error({ route: request.routeOptions?.url, code: problem.code, message, stack }, 'request failed')
  }
  return sendProblem(reply, problem)
}

export function sendProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  // A route may have begun to describe the file it did not come to send.
  for (const name of ['etag', 'content-length', 'content-range', 'accept-ranges', 'content-disposition']) {
    reply.removeHeader(name)
  }
  return reply
    .code(problem.status)
    .headers(commonHeaders)
    .headers(dataHeaders)
    .header('cache-control', 'no-store')
    .headers(problem.headers)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem))
}

/** What could not even be read as a request. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  const code: ProblemCode =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request-timeout'
        : 'bad-request'
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const body = JSON.stringify(new HttpProblem(code))
  const headers = {
    ...commonHeaders,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${problems[code].status} ${problems[code].title}\r\n${head.join('')}\r\n${body}`)
}

/** Methods by address, from the routes as they are added. */
function collectMethods(app: HttpApp): (url: string) => string[] {
  const routes: { pattern: RegExp; methods: string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = url
      .replaceAll(/[.]/g, String.raw`\.`)
      .replaceAll(/:\w+/g, '[^/]+')
      .replaceAll('*', '.*')
    routes.push({ pattern: new RegExp(`^${pattern}$`), methods: [method].flat() })
  })
  return (url) => {
    const path = url.split('?', 1)[0] ?? ''
    const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods)
    return [...new Set(methods)].sort()
  }
}
