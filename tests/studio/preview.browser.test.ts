import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Artist, phoneScreen } from './artist.ts'
import { OneNode } from './one-node.ts'

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** A work that names its own files in the ways works do. */
const honest: Record<string, string | Buffer> = {
  'index.html': `<!doctype html><html lang="nl"><head><title>Werk</title>
<link rel="stylesheet" href="css/main.css"><base href="https://elsewhere.example/">
<script type="importmap">{"imports": {"far": "./js/far.js"}}</script></head>
<body><p id="styled">a</p><img id="still" src="img/p%20x.png" alt=""><div id="html"></div>
<a href="two.html">verder</a>
<script src="js/classic.js"></script><script type="module" src="js/main.js"></script></body></html>`,
  'css/main.css': `@import 'more/colour.css'; #styled { background: url(../img/p%20x.png) }`,
  'css/more/colour.css': '#styled { color: rgb(1, 2, 3) }',
  'js/classic.js': `globalThis.classic = true`,
  'js/main.js': `import { word } from './lib/word.js'
import { far } from 'far'
const loaded = (element) => new Promise((done) => { element.onload = () => done(true); element.onerror = () => done(false) })
const image = new Image()
const made = loaded(image)
image.src = 'img/p%20x.png'
document.getElementById('html').innerHTML = '<img id="inner" src="img/p%20x.png" alt="">'
const inner = new Promise((done) => {
  const look = () => (document.getElementById('inner').naturalWidth > 0 ? done(true) : setTimeout(look, 20))
  look()
})
const worker = new Worker('js/worker.js')
const heard = new Promise((done) => { worker.onmessage = ({ data }) => done(data) })
const said = {
  word, far, classic: globalThis.classic,
  data: (await (await fetch('data/x.json')).json()).a,
  near: (await (await fetch(new URL('../data/x.json', import.meta.url))).json()).a,
  made: await made,
  inner: await inner,
  still: document.getElementById('still').naturalWidth,
  colour: getComputedStyle(document.getElementById('styled')).color,
  paper: getComputedStyle(document.getElementById('styled')).backgroundImage.startsWith('url("blob:'),
  worker: await heard,
}
document.body.dataset.said = JSON.stringify(said)`,
  'js/lib/word.js': `import { other } from '../other.js'; export const word = 'w' + other`,
  'js/other.js': `import { word } from './lib/word.js'; export const other = 'o' + typeof (() => word)`,
  'js/far.js': `export const far = 'far'`,
  'js/worker.js': `postMessage('from a worker')`,
  'data/x.json': '{"a": 1}',
  'img/p x.png': pixel,
  'two.html': '<!doctype html><p id="second">twee</p>',
}

/** A work that means harm to whoever looks at it, or to the node they look from. */
const hostile = `<!doctype html><p id="said"></p><script type="module">
const tries = {
  parent: () => parent.document.title,
  top: () => top.document.title,
  storage: () => localStorage.length,
  database: () => indexedDB.open('mesh-art-studio') && 'asked',
  cookie: () => document.cookie,
  api: async () => (await fetch('/api/v1/node')).status,
  absolute: async () => (await fetch(new URL('/api/v1/node', location.href))).status,
  away: async () => (await fetch('https://example.org/')).status,
  image: () => new Promise((done, fail) => { const i = new Image(); i.onload = () => done('loaded'); i.onerror = fail; i.src = '/favicon.svg' }),
  script: () => import('/assets/x.js'),
  socket: () => new Promise((done, fail) => { const s = new WebSocket('ws://' + location.host); s.onopen = () => done('open'); s.onerror = fail }),
  beacon: () => { if (!navigator.sendBeacon('/api/v1/records', 'x')) throw 0 },
  popup: () => { if (window.open('/') === null) throw 0 },
}
const reached = {}
for (const [name, run] of Object.entries(tries)) {
  try { reached[name] = await run() } catch { reached[name] = 'refused' }
}
document.getElementById('said').textContent = JSON.stringify({ origin: self.origin, reached })
</script>`

describe('a work of code, seen in the studio before it is signed', () => {
  let place: OneNode
  let artist: Artist

  beforeAll(async () => {
    place = await OneNode.start()
    artist = await place.artist(phoneScreen)
    await artist.open()
    await artist.makeKey('Ilse')
  }, 600_000)

  afterAll(() => place?.close())

  /** Chosen as a folder, looked at, started. */
  async function look(name: string, files: Record<string, string | Buffer>): Promise<FrameLocator> {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(place.dir, name, path)), { recursive: true })
      writeFileSync(join(place.dir, name, path), content)
    }
    await artist.open()
    await artist.openKept()
    await artist.button('Nieuw werk').click()
    await artist.page.locator('files-step input[webkitdirectory]').setInputFiles(join(place.dir, name))
    await artist.page.locator('#medium').waitFor()
    expect(await artist.page.locator('#medium').inputValue()).toBe('interactive')
    await artist.step('Bekijken')
    const start = artist.button('Start het werk')
    await start.waitFor()
    expect(await artist.page.locator('iframe').count()).toBe(0)
    expect(await artist.lacks()).toEqual([])
    await start.click()
    return artist.page.frameLocator('interactive-viewer iframe')
  }

  it('runs from the files on the device, with all it names', { timeout: 180_000 }, async () => {
    const asked: string[] = []
    artist.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const frame = await look('werk', honest)
    const body = frame.locator('body[data-said]')
    await body.waitFor({ state: 'attached', timeout: 60_000 })
    expect(JSON.parse((await body.getAttribute('data-said')) ?? '')).toEqual({
      ...{ word: 'wofunction', far: 'far', classic: true, data: 1, near: 1, made: true, inner: true },
      ...{ still: 1, colour: 'rgb(1, 2, 3)', paper: true, worker: 'from a worker' },
    })
    expect(await artist.lacks()).toEqual([])
    await frame.getByText('verder').click()
    await artist.page.frameLocator('interactive-viewer iframe').getByText('twee').waitFor()
    // Nothing of the draft was asked of, or given to, the node.
    expect(
      asked.filter((path) => !path.startsWith('/assets/') && /\.(css|m?js|json|html)$/.test(path)),
    ).toEqual([])
    expect(asked).toContain('/preview-frame')
    const said = artist.traffic.map((bytes) => bytes.toString('latin1')).join('\n')
    expect(said).not.toContain('mesh-art-work')
  })

  it('is closed when the artist says so, whatever it has said before, and begins anew at its first page', async () => {
    const { page } = artist
    const frame = await look('twee paginas', {
      'index.html': '<!doctype html><p>een</p><a href="two.html">verder</a>',
      // As many asks to be shown anew as a message queue takes, all before anybody can press a button.
      'two.html': `<!doctype html><p>twee</p><script>
onpointerdown = onkeydown = () => {
  for (let i = 0; i < 200; i += 1) parent.postMessage({ meshArtPreviewPage: 'two.html' }, '*')
  parent.postMessage('mesh-art-preview-ready', '*')
}</script>`,
    })
    await frame.getByText('verder').click()
    await frame.getByText('twee').waitFor()
    await frame.getByText('twee').press('a')
    await artist.button('Sluiten').click()
    const start = artist.button('Start het werk')
    await start.waitFor()
    expect(await artist.lacks()).toEqual([])
    // Whoever has no pointer goes on from here: Enter starts it again.
    expect(await start.evaluate((button) => button.matches(':focus'))).toBe(true)
    expect(await page.locator('iframe').count()).toBe(0)
    await page.keyboard.press('Enter')
    await frame.getByText('een').waitFor()
    await artist.button('Sluiten').click()
    await start.waitFor()
    expect(await page.locator('iframe').count()).toBe(0)
  }, 120_000)

  it('reaches neither the studio, nor the node, nor any other place', { timeout: 120_000 }, async () => {
    const before = artist.traffic.length
    const frame = await look('val', { 'index.html': hostile })
    const said = frame.locator('#said').filter({ hasText: '{' })
    await said.waitFor({ timeout: 60_000 })
    const { origin, reached } = JSON.parse((await said.textContent()) ?? '') as {
      origin: string
      reached: Record<string, unknown>
    }
    expect(origin).toBe('null')
    expect(Object.entries(reached).filter(([, outcome]) => outcome !== 'refused')).toEqual([])
    expect(artist.page.url()).toContain('/nl/studio/')
    expect(artist.context.pages()).toHaveLength(1)
    const asked = artist.traffic
      .slice(before)
      .map((bytes) => bytes.toString('latin1'))
      .join('\n')
    expect(asked).not.toMatch(/POST|example\.org/)
  })
})
