import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import { PASSPHRASE } from '../node/technician/passphrase.ts'
import { openBrowser } from './open-browser.ts'
import { simulatedMesh } from './simulated-mesh.ts'

const dist = fileURLToPath(new URL('../../exhibit-ui/dist', import.meta.url))
/** Tries to have a technician's browser order something, with all that a page has; says what came of it. */
const forger = (target: string, node: string): string => `
const body = JSON.stringify({ node: '${node}', action: 'drain', args: { on: true } })
const said = []
const attempt = (name, init) =>
  fetch('${target}/api/v1/admin/actions', { method: 'POST', credentials: 'include', body, ...init }).then(
    (r) => said.push(name + ' ' + (r.type === 'opaque' ? 'opaque' : r.status)),
    () => said.push(name + ' refused'),
  )
Promise.all([
  attempt('json', { headers: { 'content-type': 'application/json' } }),
  attempt('plain', { mode: 'no-cors', headers: { 'content-type': 'text/plain' } }),
  attempt('blank', { mode: 'no-cors' }),
  fetch('${target}/api/v1/admin/session', { credentials: 'include' })
    .then((r) => r.json())
    .then((session) => said.push('session ' + session.csrf), () => said.push('session refused')),
]).then(() => {
  document.title = said.sort().join(', ')
  const form = document.createElement('form')
  form.method = 'post'
  form.enctype = 'text/plain'
  form.action = '${target}/api/v1/admin/actions'
  const field = document.createElement('input')
  field.name = body.slice(0, -1) + ',"x":"'
  field.value = '"}'
  form.append(field)
  document.body.append(form)
  if (location.hash === '#form') form.submit()
})
`

let browser: Browser
let mesh: Awaited<ReturnType<typeof simulatedMesh>>
let context: BrowserContext
let evil: Server

beforeAll(async () => {
  await buildUi()
  browser = await openBrowser()
  mesh = await simulatedMesh({ nodes: 3, works: 1 }, dist)
  context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${mesh.url}/en/tech`)
  await page.locator('input[type=password]').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('button', { name: 'Log out' }).waitFor({ timeout: 60_000 })
  evil = createServer((request, response) => {
    const isScript = request.url === '/forger.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript
        ? forger(mesh.url, mesh.ids[0] ?? '')
        : '<!doctype html><title>…</title><body><script src="/forger.js"></script>',
    )
  })
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
}, 180_000)

afterAll(async () => {
  await browser.close()
  await mesh.close()
  evil.close()
})

const ordered = (): unknown[] => mesh.watch.timeline.since(0).filter(({ kind }) => kind === 'action')

it('orders nothing for another page in the browser of a technician who is logged in, whatever it sends', async () => {
  // Another port of the same name: the same site for cookies, and another origin.
  const url = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => document.title !== '…')
  // It hears nothing of what the node answered, not even of a token.
  expect(await page.title()).toBe('blank refused, json refused, plain refused, session refused')
  const posted = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.goto(`${url}again#form`)
  expect([401, 403, 415]).toContain((await posted).status())
  expect(ordered()).toEqual([])
  expect(mesh.show.mesh.isDraining).toBe(false)
}, 120_000)

it('orders nothing for a work that the technician looks at', async () => {
  const { root } = await mesh.show.publish('vals', {
    'index.html': '<!doctype html><title>…</title><body><script src="forger.js"></script>',
    'forger.js': forger(mesh.url, mesh.ids[0] ?? ''),
  })
  const page = await context.newPage()
  await page.goto(`${mesh.url}/works/${root.toString()}/index.html#form`)
  await page.waitForFunction(() => document.title !== '…')
  expect(await page.title()).not.toMatch(/\d{3}|opaque|session [^r]/)
  expect(ordered()).toEqual([])
  expect(mesh.show.mesh.isDraining).toBe(false)
}, 120_000)
