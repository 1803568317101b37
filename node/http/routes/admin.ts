import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { isDid } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { sameText, loginLimits } from '../../technician/login.ts'
import type { Session } from '../../technician/login.ts'
import type { Technician } from '../../technician/technician.ts'
import { actionArgsSchema, actionNames } from '../../wire/action-messages.ts'
import type { HttpContext } from '../context.ts'
import type { ActionResultView, SessionView } from '../contracts/tech.ts'
import { HttpProblem } from '../problems.ts'
import { isOwnOrigin } from '../request-origin.ts'
import { hostOf } from '../request-guards.ts'
import { problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

const COOKIE = 'mesh-art-tech'
/** Nothing but these addresses is ever sent the cookie, so no page that a visitor opens has one. */
const PATH = '/api/v1/admin'
const attributes = `Path=${PATH}; HttpOnly; SameSite=Strict`

const sessionSchema = v.strictObject({
  configured: v.boolean(),
  loggedIn: v.boolean(),
  csrf: v.exactOptional(v.string()),
  waiting: v.exactOptional(v.array(v.strictObject({ id: v.string(), name: v.string() }))),
  joiningClosed: v.exactOptional(v.boolean()),
}) satisfies v.GenericSchema<unknown, SessionView>
const resultSchema = v.strictObject({
  done: v.boolean(),
  underWay: v.boolean(),
  detail: v.string(),
  data: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, ActionResultView>

const loginBody = v.strictObject({
  passphrase: v.pipe(v.string(), v.minLength(1), v.maxLength(loginLimits.passphraseLength)),
})
const actionBody = v.strictObject({
  node: v.custom<Did>(isDid, 'must be the did of a node'),
  action: v.picklist(actionNames),
  args: v.optional(actionArgsSchema, {}),
})
const tags = ['technicians']
const refusals = { 401: problemSchema, 403: problemSchema }

/** Everything a technician can change. Without a session each of these answers 401 and changes nothing. */
export function addAdminRoutes(app: HttpApp, { deps }: HttpContext): void {
  const { technician, mesh } = deps

  app.get(
    `${PATH}/session`,
    { schema: { response: { 200: sessionSchema }, summary: 'Whether this browser is logged in', tags } },
    async (request, reply) => {
      noStore(reply)
      return view(technician?.login.session(tokenOf(request), 'look') ?? null)
    },
  )
  app.post(
    `${PATH}/session`,
    {
      schema: {
        body: loginBody,
        response: { 200: sessionSchema, 409: problemSchema, 429: problemSchema, ...refusals },
        summary: 'Log in with the technicians’ passphrase',
        tags,
      },
    },
    async (request, reply) => {
      noStore(reply)
      assertFromOwnPage(request)
      const login = (await technician?.login.logIn(request.body.passphrase)) ?? { outcome: 'unset' as const }
      switch (login.outcome) {
        case 'unset':
          throw new HttpProblem('no-passphrase', 'make one with `mesh-art tech passphrase`')
        case 'wait':
          throw new HttpProblem('login-wait', `wait ${login.seconds} seconds`, {
            headers: { 'retry-after': String(login.seconds) },
          })
        case 'wrong':
          throw new HttpProblem('login-wrong', '', { headers: challenge })
        case 'in': {
          technician?.noteLogin()
          reply.header('set-cookie', `${COOKIE}=${login.token}; ${attributes}`)
          return view({ csrf: login.csrf })
        }
      }
    },
  )
  app.delete(
    `${PATH}/session`,
    { schema: { response: { 200: sessionSchema, ...refusals }, summary: 'Log out', tags } },
    async (request, reply) => {
      noStore(reply)
      known(request)
      technician?.login.logOut(tokenOf(request))
      reply.header('set-cookie', `${COOKIE}=; ${attributes}; Max-Age=0`)
      return view(null)
    },
  )
  app.post(
    `${PATH}/actions`,
    {
      schema: {
        body: actionBody,
        response: { 200: resultSchema, ...refusals },
        summary: 'Have a node do something; other nodes are asked through the mesh',
        tags,
      },
      // Before the body is looked at: whoever is not logged in learns nothing of what would be taken.
      preValidation: async (request) => {
        known(request)
      },
    },
    async (request, reply): Promise<ActionResultView> => {
      noStore(reply)
      const { session, by } = known(request)
      const { node, action, args } = request.body
      const result = await by.ask(session, node, action, args)
      if (result === null) return { done: false, underWay: true, detail: '' }
      const data = result.data === undefined ? {} : { data: Buffer.from(result.data).toString('base64') }
      return { done: result.done, underWay: false, detail: result.detail, ...data }
    },
  )

  /** @throws {HttpProblem} unless the request is of a technician's page with a session */
  function known(request: FastifyRequest): { session: Session; by: Technician } {
    const session = technician?.login.session(tokenOf(request)) ?? null
    if (technician === undefined || session === null)
      throw new HttpProblem('login-needed', 'log in on the technicians’ page', { headers: challenge })
    assertFromOwnPage(request)
    const token = request.headers['x-csrf-token']
    if (typeof token !== 'string' || !sameText(token, session.csrf)) throw new HttpProblem('not-from-page')
    return { session, by: technician }
  }

  function view(session: Pick<Session, 'csrf'> | null): SessionView {
    const configured = technician?.login.isConfigured === true
    if (session === null) return { configured, loggedIn: false }
    const known = { configured, loggedIn: true, csrf: session.csrf }
    if (technician?.holdsKey !== true) return known
    const waiting = [...mesh.waiting].map(([id, { name }]) => ({ id, name }))
    return { ...known, waiting, joiningClosed: mesh.isJoiningClosed }
  }
}

const challenge = { 'www-authenticate': 'Passphrase realm="technicians"' }

/** A browser says where a change comes from; what says nothing is no page, and a page of elsewhere is not ours. */
function assertFromOwnPage(request: FastifyRequest): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isOwn = origin !== undefined && isOwnOrigin(origin, hostOf(request))
  if (!isOwn || (site !== undefined && site !== 'same-origin')) throw new HttpProblem('not-from-page')
}

function noStore(reply: FastifyReply): void {
  reply.header('cache-control', 'no-store')
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=')
    if (name === COOKIE && value !== undefined && /^[\w-]{43}$/.test(value)) return value
  }
  return undefined
}
