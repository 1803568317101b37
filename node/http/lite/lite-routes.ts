import type { FastifyReply, FastifyRequest } from 'fastify'
import { logKinds } from '../curate-schemas.ts'
import { preferredLanguage } from '../accept.ts'
import { readFile } from '../content/unixfs-reader.ts'
import type { HttpContext } from '../context.ts'
import type { ArtworkDetail } from '../contract.ts'
import { HttpProblem } from '../problems.ts'
import { signalOf } from '../request-guards.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { artworkSummaries } from '../views/artwork-view.ts'
import { exhibitionView } from '../views/exhibition-view.ts'
import { logEntry } from '../views/log-view.ts'
import { meshView } from '../views/mesh-view.ts'
import { liteAddress, parseLitePlace } from './address.ts'
import type { LitePlace } from './address.ts'
import { framed } from './frame.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { fallbackLanguage, languages, pickText } from './language.ts'
import type { Language } from './language.ts'
import { artistMain, artistsMain, welcomeMain, worksMain } from './pages/list-pages.ts'
import { aboutMain, decisionsMain, meshMain } from './pages/network-pages.ts'
import { workMain } from './pages/work-page.ts'
import { PlainPages } from './plain-pages.ts'
import { workText } from './work-text.ts'
import { liteWords } from './words.ts'

const noDocs = { hide: true }
/** A text that is longer is a file to open. */
const TEXT_BYTES = 256 * 1024
const RELOAD_SECONDS = 10

interface Shown {
  readonly title: string
  readonly main: Html
  readonly status?: number
  readonly head?: Html
}

/** The whole exhibition as plain pages: no script, no storage, no cookie, one answer a page. */
export function addLiteRoutes(app: HttpApp, context: HttpContext): void {
  const { deps, limits, names, meshSources, content } = context
  const { catalogue, holdings, mesh, records } = deps
  const sources = { holdings, mesh, names }
  const { works } = context
  const pages = new PlainPages(limits)

  for (const path of ['/lite', '/lite/*']) {
    app.get(path, { schema: noDocs }, async (request, reply) => {
      const language = preferredLanguage(request.headers['accept-language'], languages, fallbackLanguage)
      const rest = request.url.replace(/^\/lite\/?/, '')
      return reply
        .headers({ vary: 'Accept-Language', 'cache-control': 'no-cache' })
        .redirect(`/${language}/lite/${rest}`, 302)
    })
  }
  for (const language of languages) {
    app.get(`/${language}/lite`, { schema: noDocs }, async (_request, reply) =>
      reply.redirect(`/${language}/lite/`, 308),
    )
    app.get(`/${language}/lite/*`, { schema: noDocs }, async (request, reply) =>
      send(request, reply, language),
    )
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
  ): Promise<FastifyReply> {
    const [path = '', query = ''] = request.url.slice(`/${language}/lite/`.length).split('?', 2)
    const place = parseLitePlace(path, new URLSearchParams(query))
    const shown = await showOrTell(place, language, signalOf(reply))
    return pages.send(
      request,
      reply,
      framed({ language, place, exhibition: catalogue.exhibition?.body.title, ...shown }),
    )
  }

  async function showOrTell(place: LitePlace, language: Language, signal: AbortSignal): Promise<Shown> {
    const words = liteWords[language].problem
    try {
      return await show(place, language, signal)
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error
      const { code, status } = error
      if (code === 'withdrawn') return told(words.withdrawnTitle, words.withdrawn, status, language)
      if (code === 'removed') return told(words.removedTitle, words.removed, status, language)
      if (code !== 'not-found') throw error
      return place.page === 'work'
        ? told(words.workTitle, words.work, status, language)
        : told(words.unknownTitle, words.unknown, status, language)
    }
  }

  async function show(place: LitePlace, language: Language, signal: AbortSignal): Promise<Shown> {
    const words = liteWords[language]
    const exhibition = exhibitionView(catalogue, names, deps.self.id)
    switch (place.page) {
      case 'welcome':
        if (exhibition === null) return notYet(language)
        return { title: '', main: welcomeMain(exhibition, artworkSummaries(catalogue, sources), language) }
      case 'works':
        return { title: words.works, main: worksMain(artworkSummaries(catalogue, sources), place, language) }
      case 'artists':
        return {
          title: words.artists,
          main: artistsMain(artworkSummaries(catalogue, sources), place.part, language),
        }
      case 'artist': {
        const artist = artistMain(artworkSummaries(catalogue, sources), place.artist, place.part, language)
        if (artist === null) throw new HttpProblem('not-found')
        return { title: artist.name, main: artist.main }
      }
      case 'mesh':
        return {
          title: words.mesh,
          main: meshMain(meshView(meshSources, deps.steadyNowMs(), 'none'), language),
        }
      case 'about':
        return { title: words.about, main: aboutMain(exhibition, language) }
      case 'decisions':
        return { title: words.decisions, main: decisions(place.before, language) }
      case 'work':
        return showWork(place, language, signal)
      case 'unknown':
        throw new HttpProblem('not-found')
    }
  }

  async function showWork(
    { artist, slug, agreed }: LitePlace & { page: 'work' },
    language: Language,
    signal: AbortSignal,
  ): Promise<Shown> {
    const work = await works.detail(artist, slug)
    const all = artworkSummaries(catalogue, sources)
    const at = all.findIndex((one) => one.artist === artist && one.slug === slug)
    const held =
      meshView(meshSources, deps.steadyNowMs(), work.root).works.find(({ root }) => root === work.root)
        ?.held ?? {}
    const text =
      work.medium === 'text' && work.progress.complete ? await readText(work, language, signal) : null
    const facts = { work, agreed, text, before: all[at - 1], after: all[at + 1], held }
    return { title: pickText(work.title, language), main: workMain(facts, language) }
  }

  async function readText(
    work: ArtworkDetail,
    language: Language,
    signal: AbortSignal,
  ): Promise<Html | null> {
    if (!work.entry.mediaType.startsWith('text/') || work.entry.mediaType.startsWith('text/html')) return null
    const words = liteWords[language].work
    const file = (note: string): Html =>
      html`<p>${note} <a href="${work.entry.url}">${work.entry.path}</a></p>`
    const place = await content.find(work.root, work.entry.path.split('/'), signal)
    if (place.kind !== 'file') return file(words.textMissing)
    if (place.size > TEXT_BYTES) return file(words.textLong)
    const parts: Uint8Array[] = []
    for await (const part of readFile((cid) => content.block(cid, signal, work.root), place)) parts.push(part)
    return workText(new TextDecoder().decode(Buffer.concat(parts)), work)
  }

  function decisions(before: number | undefined, language: Language): Html {
    const heard = records.heard({
      kinds: logKinds,
      ...(before === undefined ? {} : { before }),
      limit: limits.decisionsListed + 1,
    })
    const page = heard.slice(0, limits.decisionsListed)
    const entries = page.flatMap((one) => logEntry(one, { catalogue, records, names }) ?? [])
    const next = heard.length > page.length ? (page.at(-1)?.at ?? null) : null
    return decisionsMain({ entries, next }, before, language)
  }
}

function told(title: string, text: string, status: number, language: Language): Shown {
  const address = liteAddress(language, { page: 'works', part: 1 })
  return {
    title,
    status,
    main: html`<h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button" href="${address}">${liteWords[language].problem.toWorks}</a></p>`,
  }
}

function notYet(language: Language): Shown {
  const words = liteWords[language].problem
  return {
    ...told(words.emptyTitle, words.emptyText, 503, language),
    head: html`<meta http-equiv="refresh" content="${RELOAD_SECONDS}" /> `,
  }
}
