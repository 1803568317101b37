import { describe, expect, it } from 'vitest'
import type { Did } from '../../../artworks/format/did-key.ts'
import { ActionRunner } from '../../../node/technician/action-runner.ts'
import { Login } from '../../../node/technician/login.ts'
import { OrderBook } from '../../../node/technician/order-book.ts'
import { Technician } from '../../../node/technician/technician.ts'
import { actionNames } from '../../../node/wire/action-messages.ts'
import type { HttpApp } from '../../../node/http/valibot-provider.ts'
import { hashOf, PASSPHRASE } from '../technician/passphrase.ts'
import { appOf, dids, exhibition } from './exhibition-fixture.ts'

const hash = await hashOf()
const own = { host: 'node.test', origin: 'http://node.test' }

/** A node whose actions note that they were done. */
async function node(options: { configured?: boolean; holdsKey?: boolean } = {}) {
  const done: string[] = []
  const show = await exhibition()
  const note = (what: string) => async (): Promise<void> => {
    done.push(what)
  }
  const runner = new ActionRunner({
    ...show.deps,
    saveName: note('rename'),
    blink: async () => done.push('identify') > 0,
    restart: () => done.push('restart'),
    admit: options.holdsKey === false ? null : note('admit'),
    setClock: async () => done.push('clock') > 0,
    diagnostics: async () => {
      done.push('diagnostics')
      return new Uint8Array([1, 2, 3])
    },
  })
  const technician = new Technician({
    self: dids.node,
    login: new Login(options.configured === false ? null : hash, () => show.nowMs),
    orders: new OrderBook({ did: dids.node, exhibition: dids.steward, boot: () => '' }, hash.did),
    runner,
    mesh: show.mesh,
    watch: { note: ({ what, kind }) => done.push(`noted ${what ?? kind}`) },
    holdsKey: options.holdsKey ?? true,
  })
  const { app } = await appOf({ ...show, deps: { ...show.deps, technician } })
  return { app, done, show }
}

async function logIn(app: HttpApp): Promise<{ cookie: string; csrf: string }> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/admin/session',
    headers: own,
    payload: { passphrase: PASSPHRASE },
  })
  expect(answer.statusCode).toBe(200)
  const cookie = String(answer.headers['set-cookie'])
  return { cookie: cookie.split(';')[0] ?? '', csrf: answer.json<{ csrf: string }>().csrf }
}

const act = (
  app: HttpApp,
  headers: Record<string, string>,
  payload: object = { node: dids.node, action: 'identify' },
) => app.inject({ method: 'POST', url: '/api/v1/admin/actions', headers, payload })

describe('without a session', () => {
  it.each(actionNames)('%s answers 401 and changes nothing', async (action) => {
    const { app, done, show } = await node()
    show.mesh.addWaiting('did:key:zWaits', 'waits', 0)
    const args = { name: 'x', on: true, seconds: 1_800_000_000 }
    for (const cookie of ['', 'mesh-art-tech=', `mesh-art-tech=${'A'.repeat(43)}`]) {
      const answer = await act(app, { ...own, cookie }, { node: dids.node, action, args })
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['content-type']).toContain('application/problem+json')
    }
    expect(done).toEqual([])
    expect(show.mesh).toMatchObject({ isDraining: false, isJoiningClosed: false })
    expect(show.mesh.ownName).toBeUndefined()
  })

  it('a body that is wrong learns nothing either', async () => {
    const { app } = await node()
    expect((await act(app, own, { nonsense: true })).statusCode).toBe(401)
  })

  it('nobody gets a cookie by looking around', async () => {
    const { app } = await node()
    for (const url of ['/', '/nl/tech', '/api/v1/admin/session', '/api/v1/mesh/health', '/metrics']) {
      expect((await app.inject({ url, headers: own })).headers['set-cookie']).toBeUndefined()
    }
  })
})

describe('logging in over HTTP', () => {
  it('gives a cookie that scripts cannot read and other pages and sites do not send', async () => {
    const { app, done } = await node()
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/admin/session',
      headers: own,
      payload: { passphrase: PASSPHRASE },
    })
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/^mesh-art-tech=[\w-]{43}; Path=\/api\/v1\/admin; HttpOnly; SameSite=Strict$/)
    expect(answer.headers['cache-control']).toContain('no-store')
    expect(done).toEqual(['noted login'])
  })

  it('answers a wrong passphrase with 401, and the next with 429 and how long to wait', async () => {
    const { app } = await node()
    const attempt = (passphrase: string) =>
      app.inject({ method: 'POST', url: '/api/v1/admin/session', headers: own, payload: { passphrase } })
    expect((await attempt('mis')).statusCode).toBe(401)
    const second = await attempt(PASSPHRASE)
    expect(second.statusCode).toBe(429)
    expect(second.headers['retry-after']).toBe('1')
  })

  it('says how to set a passphrase where there is none, and lets nobody in', async () => {
    const { app } = await node({ configured: false })
    const look = await app.inject({ url: '/api/v1/admin/session', headers: own })
    expect(look.json()).toEqual({ configured: false, loggedIn: false })
    const attempt = await app.inject({
      method: 'POST',
      url: '/api/v1/admin/session',
      headers: own,
      payload: { passphrase: PASSPHRASE },
    })
    expect(attempt.statusCode).toBe(409)
    expect(attempt.json<{ detail: string }>().detail).toContain('mesh-art tech passphrase')
  })
})

describe('with a session', () => {
  it('does what is asked, says so and notes it', async () => {
    const { app, done } = await node()
    const { cookie, csrf } = await logIn(app)
    const answer = await act(app, { ...own, cookie, 'x-csrf-token': csrf })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ done: true, underWay: false })
    expect(done).toEqual(['noted login', 'identify', 'noted identify'])
  })

  it.each([
    ['another page', { origin: 'http://evil.test' }],
    ['a work, whose origin is opaque', { origin: 'null' }],
    ['something that is no page', { origin: '' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a page without the token', { 'x-csrf-token': '' }],
    ['a page with a guessed token', { 'x-csrf-token': 'A'.repeat(43) }],
  ])('refuses %s, and changes nothing', async (_who, change) => {
    const { app, done } = await node()
    const { cookie, csrf } = await logIn(app)
    const headers = { ...own, cookie, 'x-csrf-token': csrf, ...change }
    const answer = await act(app, headers)
    expect(answer.statusCode).toBe(403)
    expect(done).toEqual(['noted login'])
  })

  it('ends it when asked, and the cookie is worth nothing then', async () => {
    const { app } = await node()
    const { cookie, csrf } = await logIn(app)
    const headers = { ...own, cookie, 'x-csrf-token': csrf }
    const out = await app.inject({ method: 'DELETE', url: '/api/v1/admin/session', headers })
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0')
    expect((await act(app, headers)).statusCode).toBe(401)
  })

  it('asks nothing of a node that was never heard', async () => {
    const { app } = await node()
    const { cookie, csrf } = await logIn(app)
    const headers = { ...own, cookie, 'x-csrf-token': csrf }
    const answer = await act(app, headers, { node: dids.neighbour satisfies Did, action: 'gc' })
    expect(answer.json()).toMatchObject({ done: false })
  })

  it('checks every byte, drops what nothing refers to, renames, drains and closes joining', async () => {
    const { app, show } = await node()
    await show.publish('werk', { 'index.html': 'x' })
    const { cookie, csrf } = await logIn(app)
    const ask = async (action: string, args: object = {}) =>
      (await act(app, { ...own, cookie, 'x-csrf-token': csrf }, { node: dids.node, action, args })).json<{
        done: boolean
        detail: string
      }>()
    expect(await ask('verify')).toMatchObject({
      done: true,
      detail: 'checked\t2\t0',
    })
    expect(await ask('gc')).toMatchObject({ done: true })
    expect(await ask('rename', { name: 'Zolder', place: { nl: 'boven' } })).toMatchObject({ done: true })
    const { node: self } = (await app.inject({ url: '/api/v1/exhibition', headers: own })).json<{
      node: { name: string; place: object }
    }>()
    expect(self).toMatchObject({ name: 'Zolder', place: { nl: 'boven' } })
    expect(await ask('joining', { on: false })).toMatchObject({ done: true })
    expect(show.mesh.isJoiningClosed).toBe(true)
    expect(await ask('admit', { node: dids.neighbour })).toMatchObject({ done: false })
    expect(await ask('drain', { on: true })).toMatchObject({ done: true })
    const upload = await app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: own,
      payload: { root: (await show.publish('b', { a: 'b' })).root.toString(), size: 10, chunks: 2 },
    })
    expect(upload.statusCode).toBe(503)
  })

  it('opens and closes no door, nor lets anybody in, where the exhibition’s key is not', async () => {
    const { app, done, show } = await node({ holdsKey: false })
    show.mesh.addWaiting(dids.neighbour, 'waits', 0)
    const { cookie, csrf } = await logIn(app)
    const headers = { ...own, cookie, 'x-csrf-token': csrf }
    for (const [action, args] of [
      ['joining', { on: false }],
      ['admit', { node: dids.neighbour }],
    ] as const)
      expect((await act(app, headers, { node: dids.node, action, args })).json()).toMatchObject({
        done: false,
        detail: 'no-exhibition-key',
      })
    expect(show.mesh.isJoiningClosed).toBe(false)
    expect(done).not.toContain('admit')
    const session = await app.inject({ url: '/api/v1/admin/session', headers })
    expect(session.json()).toEqual({ configured: true, loggedIn: true, csrf })
  })
})
