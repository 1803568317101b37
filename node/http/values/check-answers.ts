import type { ValueCheck } from '../contracts/values.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { finding } from './finding.ts'

/** Where those who look after the mesh log in; no page that a visitor opens is under it. */
const TECHNICIANS = '/api/v1/admin'
const ROUTES_KEPT = 20
/** Every page, and what each of them asks first; a check asks these itself, so that it has looked at something. */
export const visitorAddresses = [
  '/',
  '/nl/',
  '/en/works',
  '/nl/studio',
  '/nl/curate',
  '/nl/lite',
  '/api/v1/exhibition',
  '/api/v1/artworks',
  '/api/v1/mesh',
  '/api/v1/node',
  '/api/v1/decisions',
] as const
const HOST = 'node.invalid'

/** Sees every answer this node gives, and keeps of them how many there were, and the routes of those that set a cookie. */
export class AnswerWatch {
  #answers = 0
  readonly #withCookie = new Set<string>()

  watch(app: HttpApp): void {
    app.addHook('onSend', async (request, reply) => {
      this.#answers += 1
      if (reply.getHeader('set-cookie') === undefined) return
      const route = request.routeOptions.url ?? 'an unknown route'
      if (!route.startsWith(TECHNICIANS) && this.#withCookie.size < ROUTES_KEPT) this.#withCookie.add(route)
    })
  }

  /** No answer to a visitor has set a cookie since the node started, those that the check asks for among them. */
  async cookies(app: HttpApp): Promise<ValueCheck> {
    for (const url of visitorAddresses) await app.inject({ url, headers: { host: HOST } })
    return finding(
      'cookies',
      this.#answers,
      [...this.#withCookie].map((route) => `${route} sets a cookie`),
    )
  }
}

/** The same question gets the same answer, whoever asks: nothing is chosen for anybody. */
export async function sameForAll(app: HttpApp): Promise<ValueCheck> {
  const people = [
    { 'user-agent': 'one', 'accept-language': 'nl', referer: 'http://elsewhere.invalid/', cookie: 'a=1' },
    { 'user-agent': 'another', 'accept-language': 'de', dnt: '1' },
  ]
  const found: string[] = []
  const asked = ['/api/v1/artworks', '/api/v1/exhibition', '/api/v1/decisions']
  for (const url of asked) {
    const answers = await Promise.all(
      people.map(async (headers) => (await app.inject({ url, headers: { host: HOST, ...headers } })).body),
    )
    if (new Set(answers).size > 1) found.push(`${url} answers differently to different people`)
  }
  return finding('same-for-all', asked.length, found)
}

/** The policy of each page, as it is sent: a browser that honours it asks nobody but this node. */
export async function pagePolicies(app: HttpApp): Promise<string[]> {
  const found: string[] = []
  for (const url of visitorAddresses.filter((address) => /^\/(nl|en)\//.test(address))) {
    const answer = await app.inject({ url, headers: { host: HOST } })
    const policy = answer.headers['content-security-policy']
    if (typeof policy !== 'string' || !/default-src '(?:self|none)'/.test(policy)) {
      found.push(`${url} has no policy that keeps it to this node`)
      continue
    }
    const sources = policy
      .split(';')
      .flatMap((directive) => directive.trim().split(/\s+/).slice(1))
      .filter((source) => /[./*]|^[a-z]+:$/.test(source))
    for (const source of sources)
      if (!['data:', 'blob:'].includes(source) && !source.startsWith(`http://${HOST}/`))
        found.push(`${url} may ask ${source}`)
  }
  return found
}
