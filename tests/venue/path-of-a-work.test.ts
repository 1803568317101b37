import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { Phone } from './support/phone.ts'
import type { RunningNode } from './support/running-node.ts'
import { Venue } from './support/venue.ts'

const HOUSE_WORKS = 4
const PUBLISHED = ['an-image', 'a-video', 'an-interactive']

describe('a work published at one node', () => {
  let venue: Venue
  let a: RunningNode
  let b: RunningNode
  let c: RunningNode
  let phone: Phone
  let artist = ''

  beforeAll(async () => {
    venue = new Venue()
    a = await venue.node('a')
    const invite = venue.invite(a)
    ;[b, c] = await Promise.all([venue.node('b', { join: invite }), venue.node('c', { join: invite })])
    phone = await Phone.in(venue.network.host('phone'))
    await a.untilWhole(HOUSE_WORKS)
    const key = venue.artistKey()
    const desk = venue.network.host('desk')
    for (const [of, slug] of [
      ['gemiddeld-genomen', 'an-image'],
      ['peil', 'a-video'],
      ['omweg', 'an-interactive'],
    ] as const) {
      const folder = venue.artworkFolder(of, slug)
      const printed = venue.cli(desk, 'artwork', 'publish', folder, '--node', a.url, ...key, '--json')
      artist = (JSON.parse(printed) as { artist: string }).artist
    }
  }, 120_000)

  afterAll(async () => {
    await phone?.close()
    await venue?.close()
  })

  it('is whole on the two others, found by mDNS', async () => {
    const onA = (await a.untilWhole(HOUSE_WORKS + PUBLISHED.length)).map(({ manifest }) => manifest)
    for (const node of [b, c]) {
      const shown = await node.untilWhole(HOUSE_WORKS + PUBLISHED.length)
      expect(shown.map(({ manifest }) => manifest).sort()).toEqual(onA.toSorted())
      expect(shown.map(({ slug }) => slug)).toEqual(expect.arrayContaining(PUBLISHED))
    }
  }, 60_000)

  it('shows as an image in a browser at B', async () => {
    const page = await phone.browser.newPage()
    await page.goto(`${b.url}/en/works/${artist}/an-image`)
    const image = page.locator('img').first()
    await image.waitFor()
    await eventually('the image is drawn', async () => {
      const width = await image.evaluate((element: HTMLImageElement) =>
        element.complete ? element.naturalWidth : 0,
      )
      if (width === 0) throw new Error('not yet')
    })
    await page.close()
  }, 60_000)

  it('plays as a video in a browser at C, and seeks by Range', async () => {
    const page = await phone.browser.newPage()
    const ranges: string[] = []
    page.on('request', (request) => {
      const range = request.headers()['range']
      if (range !== undefined) ranges.push(range)
    })
    await page.goto(`${c.url}/en/works/${artist}/a-video`)
    const video = page.locator('video').first()
    await video.waitFor()
    const position = await video.evaluate(async (element: HTMLVideoElement) => {
      element.muted = true
      if (element.readyState < 1)
        await new Promise((ready) => element.addEventListener('loadedmetadata', ready))
      const seeked = new Promise((done) => element.addEventListener('seeked', done, { once: true }))
      element.currentTime = element.duration * 0.8
      await seeked
      return { at: element.currentTime / element.duration, width: element.videoWidth }
    })
    expect(position.at).toBeCloseTo(0.8, 1)
    expect(position.width).toBeGreaterThan(0)
    expect(ranges.some((range) => /^bytes=\d+-/.test(range))).toBe(true)
    await page.close()
  }, 60_000)

  it('answers a Range of the video with just those bytes', () => {
    const entry = JSON.parse(c.get(`/api/v1/artworks/${artist}/a-video`).body.toString()) as {
      entry: { url: string }
    }
    const whole = c.get(entry.entry.url)
    const part = c.get(entry.entry.url, { range: 'bytes=1048570-1048590' })
    expect(part.status).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 1048570-1048590/${whole.body.length}`)
    expect(part.body).toEqual(whole.body.subarray(1048570, 1048591))
  }, 60_000)

  it('runs as an interactive work that reaches neither the page around it nor the API', async () => {
    const page = await phone.browser.newPage()
    await page.goto(`${b.url}/en/works/${artist}/an-interactive`)
    await page.getByRole('button', { name: /start/i }).first().click()
    const frame = await eventually('the work runs in its frame', async () => {
      const inner = page.frames().find((one) => one !== page.mainFrame() && one.url().includes('/works/'))
      if (inner === undefined) throw new Error('no frame yet')
      if (!(await inner.evaluate(() => document.readyState === 'complete' && document.scripts.length > 0)))
        throw new Error('loading')
      return inner
    })
    expect(await frame.evaluate(() => self.origin)).toBe('null')
    const reached = await frame.evaluate(async () => {
      const tried: Record<string, string> = {}
      const attempt = async (name: string, act: () => unknown): Promise<void> => {
        try {
          tried[name] = `reached ${String(await act())}`
        } catch {
          tried[name] = 'refused'
        }
      }
      await attempt('parent', () => window.parent.document.title)
      await attempt('top', () => (window.top as Window).document.title)
      await attempt('api', async () => (await fetch('/api/v1/node')).status)
      await attempt('storage', () => localStorage.length)
      await attempt('cookie', () => document.cookie)
      return tried
    })
    expect(reached).toEqual({
      parent: 'refused',
      top: 'refused',
      api: 'refused',
      storage: 'refused',
      cookie: 'refused',
    })
    await page.close()
  }, 60_000)

  it('appears in an open page without a reload', async () => {
    const page = await phone.browser.newPage()
    await page.goto(`${b.url}/en/works`)
    await page.getByText('On Average').first().waitFor()
    const key = venue.artistKey('another')
    const folder = venue.artworkFolder('omweg', 'comes-later')
    venue.cli(venue.network.host('desk'), 'artwork', 'publish', folder, '--node', c.url, ...key)
    await eventually('the new work is on the page', async () => {
      const links = await page.locator('a[href*="comes-later"]').count()
      if (links === 0) throw new Error('not yet')
    })
    await page.close()
  }, 60_000)

  it('shows a new version in place of the old, and goes everywhere when it is withdrawn', async () => {
    const desk = venue.network.host('desk')
    const key = [
      '--key',
      `${venue.folder}/artist.key.json`,
      '--passphrase-file',
      `${venue.folder}/artist.pass`,
    ]
    const folder = venue.artworkFolder('om-de-beurt', 'an-image')
    venue.cli(desk, 'artwork', 'publish', folder, '--node', b.url, ...key)
    await eventually('version 2 is shown at C', () => {
      const work = c.works().find(({ slug }) => slug === 'an-image')
      if (work?.sequence !== 2 || work.medium !== 'audio') throw new Error(JSON.stringify(work))
    })
    const { chunks } = a.view().storage
    venue.cli(desk, 'artwork', 'withdraw', 'an-interactive', '--node', c.url, ...key)
    for (const node of [a, b, c]) {
      await eventually(`${node.options.name} lets go of it`, () => {
        const answer = node.get(`/api/v1/artworks/${artist}/an-interactive`)
        if (answer.status !== 410) throw new Error(`${answer.status}`)
      })
    }
    expect(chunks).toBeGreaterThan(0)
  }, 60_000)
})
