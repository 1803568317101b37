import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { Turnstile } from '../content/turnstile.ts'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { signalOf } from '../request-guards.ts'
import { binary, problemSchema } from '../schemas.ts'
import { sourceArchive } from '../source/source-archive.ts'
import type { HttpApp } from '../valibot-provider.ts'

const WAIT_MS = 2_000
const GZIP_LEVEL = 6

/** A node hands out the program it runs: EUPL-1.2, article 5, and the manifesto's `transparent`. */
export function addSourceRoute(app: HttpApp, { deps, limits }: HttpContext): void {
  const turnstile = new Turnstile(limits.sourceDownloads, WAIT_MS)
  const folder = `mesh-art-network-${deps.version}`
  app.get(
    '/source.tar.gz',
    {
      exposeHeadRoute: false,
      schema: {
        produces: ['application/gzip'],
        response: { 200: binary, 503: problemSchema },
        summary: 'The source of the running program',
        tags: ['health'],
      },
    },
    async (_request, reply) => {
      const signal = signalOf(reply)
      const leave = await turnstile.enter(signal)
      if (leave === null) {
        signal.throwIfAborted()
        throw new HttpProblem('busy', 'others are loading it now', { headers: { 'retry-after': '10' } })
      }
      signal.addEventListener('abort', leave, { once: true })
      const archive = createGzip({ level: GZIP_LEVEL })
      pipeline(
        Readable.from(sourceArchive(deps.sourceDir, folder), { highWaterMark: 4 }),
        archive,
        (error) => {
          leave()
          // A reader that leaves is no failure of ours.
          if (error && !signal.aborted) deps.logger.error({ err: error }, 'the source could not be sent')
        },
      )
      return reply
        .type('application/gzip')
        .headers({
          'cache-control': 'no-cache',
          'content-disposition': `attachment; filename="${folder}.tar.gz"`,
        })
        .send(archive)
    },
  )
}
