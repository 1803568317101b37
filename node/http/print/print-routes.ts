import type { FastifyRequest } from 'fastify'
import { hostname } from 'node:os'
import * as v from 'valibot'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { trackIds } from '../../../artworks/format/records.ts'
import type { HttpContext } from '../context.ts'
import { languages } from '../lite/language.ts'
import { PlainPages } from '../lite/plain-pages.ts'
import { OwnNames } from '../portal/own-names.ts'
import { hostOf } from '../request-guards.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { byTrackAndTitle } from '../views/artwork-view.ts'
import { labelsPage } from './labels-page.ts'
import { printFonts } from './print-fonts.ts'
import { signPage } from './sign-page.ts'

/** Sheets of eight labels: what a browser prints in one go. */
const LABELS_AT_ONCE = 400
/** A network's name has at most 32 bytes, a passphrase 63 characters (IEEE 802.11). */
const wifi = v.object({
  ssid: v.optional(v.pipe(v.string(), v.maxLength(32)), ''),
  password: v.optional(v.pipe(v.string(), v.maxLength(63)), ''),
})
const chosen = v.object({
  track: v.optional(v.picklist(trackIds, `must be one of ${trackIds.join(', ')}`)),
  works: v.optional(v.pipe(v.string(), v.maxLength(LABELS_AT_ONCE * (formatLimits.slugLength + 1)))),
})

/** What a venue hangs on its walls, through the browser's own print. */
export function addPrintRoutes(app: HttpApp, { deps, limits }: HttpContext): void {
  const pages = new PlainPages(limits)
  const names = new OwnNames(deps.listen.shortName, hostname())
  const originOf = (request: FastifyRequest): string =>
    names.origin(
      { host: hostOf(request), localAddress: request.socket.localAddress },
      request.socket.localPort,
      false,
    )

  for (const language of languages) {
    app.get(
      `/${language}/print/labels`,
      { schema: { querystring: chosen, hide: true } },
      async (request, reply) => {
        const { track, works: wanted } = request.query
        const slugs = wanted === undefined ? null : new Set(wanted.split(','))
        const works = deps.catalogue
          .shown()
          .filter(
            ({ slug, shown }) =>
              (slugs?.has(slug) ?? true) && (track ?? shown.body.track) === shown.body.track,
          )
          .sort((a, b) => byTrackAndTitle(a.shown, b.shown))
          .slice(0, LABELS_AT_ONCE)
        return pages.send(
          request,
          reply,
          labelsPage({ works, origin: originOf(request), language, fonts: await printFonts(deps.uiDir) }),
        )
      },
    )
    app.get(
      `/${language}/print/sign`,
      { schema: { querystring: wifi, hide: true } },
      async (request, reply) =>
        pages.send(request, reply, {
          ...signPage({
            ...request.query,
            title: deps.catalogue.exhibition?.body.title,
            origin: originOf(request),
            language,
            fonts: await printFonts(deps.uiDir),
          }),
          headers: { 'cache-control': 'no-store' },
        }),
    )
  }
}
