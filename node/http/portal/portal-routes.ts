import type { FastifyRequest } from 'fastify'
import { hostname } from 'node:os'
import * as v from 'valibot'
import { preferredLanguage } from '../accept.ts'
import type { HttpContext } from '../context.ts'
import { fallbackLanguage, languages } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import { PlainPages } from '../lite/plain-pages.ts'
import { HttpProblem } from '../problems.ts'
import { hostOf } from '../request-guards.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { Acknowledged } from './acknowledged.ts'
import { hostNameOf, OwnNames } from './own-names.ts'
import { portalPage, readyPage } from './portal-page.ts'
import type { PortalFacts } from './portal-page.ts'
import { portalCall, probeOf } from './probes.ts'

const PORTAL = '/portal'
const READY = '/portal/ready'
const CAPTIVE_TYPE = 'application/captive+json'
const noDocs = { hide: true }
const noStore = { 'cache-control': 'no-store' }

/**
 * The portal: answers what systems ask to find the internet, leads requests for other names here, and tells visitors how to
 * open the exhibition. To be added before all other routes, so that its guard sees every request.
 */
export function addPortalRoutes(app: HttpApp, { deps, limits }: HttpContext): void {
  const names = new OwnNames(deps.listen.shortName, hostname())
  const acknowledged = new Acknowledged(limits, deps.steadyNowMs)
  const pages = new PlainPages(limits)

  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request.url)
    const reached = reachedBy(request)
    const probe = probeOf(hostNameOf(reached.host), path)
    const isForeign = names.isForeign(reached)
    if (probe === undefined && !isForeign && path !== portalCall) return
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (!isForeign) return
      throw new HttpProblem('misdirected', `this is ${originOf(request, false)}`)
    }
    if (probe !== undefined && acknowledged.has(request.ip)) {
      const { status, body, type, headers } = probe.open
      return reply
        .code(status)
        .headers({ ...noStore, ...headers })
        .type(type)
        .send(request.method === 'HEAD' || status === 204 ? undefined : body)
    }
    return reply
      .headers(noStore)
      .redirect(`${originOf(request, probe !== undefined || isForeign)}${PORTAL}`, 302)
  })

  app.get(PORTAL, { schema: noDocs }, async (request, reply) =>
    pages.send(request, reply, { ...portalPage(factsFor(request)), headers: noStore }),
  )
  // A link, not a form: it changes nothing but what probes of this very phone hear for some minutes, and it works in every window.
  app.get('/portal/stay', { schema: noDocs }, async (request, reply) => {
    acknowledged.add(request.ip)
    return reply.headers(noStore).redirect(`${READY}?lang=${languageOf(request)}`, 302)
  })
  app.get(READY, { schema: noDocs }, async (request, reply) =>
    pages.send(request, reply, { ...readyPage(factsFor(request)), headers: noStore }),
  )
  // RFC 8908. Clients must ask over TLS (section 4.1), so only where a venue has a certificate will one come.
  app.get(
    '/captive-portal/api',
    {
      schema: {
        produces: [CAPTIVE_TYPE],
        response: { 200: captiveSchema },
        summary: 'Whether this network is captive (RFC 8908)',
        tags: ['portal'],
      },
    },
    async (request, reply) => {
      const origin = originOf(request, false)
      return reply
        .headers({ 'cache-control': 'private, no-store' })
        .type(CAPTIVE_TYPE)
        .send({
          captive: !acknowledged.has(request.ip),
          'user-portal-url': `${origin}${PORTAL}`,
          'venue-info-url': `${origin}/`,
        })
    },
  )

  function originOf(request: FastifyRequest, isProbe: boolean): string {
    return names.origin(reachedBy(request), request.socket.localPort, isProbe)
  }

  function factsFor(request: FastifyRequest): PortalFacts {
    return {
      title: deps.catalogue.exhibition?.body.title,
      origin: originOf(request, false),
      language: languageOf(request),
    }
  }
}

const captiveSchema = v.strictObject({
  captive: v.boolean(),
  'user-portal-url': v.string(),
  'venue-info-url': v.string(),
})

function reachedBy(request: FastifyRequest): { host: string; localAddress: string | undefined } {
  return { host: hostOf(request), localAddress: request.socket.localAddress }
}

function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}

/** As the link says, else as the browser does. */
function languageOf(request: FastifyRequest): Language {
  const asked = new URLSearchParams(request.url.slice(pathOf(request.url).length)).get('lang')
  return (
    languages.find((language) => language === asked) ??
    preferredLanguage(request.headers['accept-language'], languages, fallbackLanguage)
  )
}
