import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { Phone } from './support/phone.ts'
import { WatchedVenue } from './support/watched-venue.ts'

const MIB = 1024 * 1024
const support = join(import.meta.dirname, 'support')
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const card = mkdtempSync(join(tmpdir(), 'mesh-art-card-'))

/** Whatever happens, it shows on every node that hears of it, on the page of one of them, and is gone when it is mended. */
describe('what technicians see of eight nodes in which things go wrong', () => {
  const mesh = new WatchedVenue(names, { c: join(card, 'data') })
  const { venue } = mesh
  let phone: Phone
  let page: Page

  /** The page at H, in Chromium, has kept itself up to date since it was opened. */
  const onThePage = (text: string, isThere: boolean): Promise<void> =>
    page
      .locator('alert-list')
      .getByText(text)
      .first()
      .waitFor({ state: isThere ? 'visible' : 'detached', timeout: 120_000 })

  beforeAll(async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', card])
    await mesh.start()
    phone = await Phone.in(venue.network.host('phone'))
    page = await phone.browser.newPage({ viewport: { width: 360, height: 800 } })
    await page.goto(`${mesh.at('h').url}/en/tech`)
  }, 900_000)

  afterAll(async () => {
    process.stdout.write(`\n${mesh.timings()}`)
    await phone?.close()
    await venue.close()
    execFileSync('umount', ['-l', card])
    rmSync(card, { recursive: true, force: true })
  })

  it('is that all is well, on every node and on the page, when it is', async () => {
    for (const name of names) {
      await eventually(
        `all is well at ${name}`,
        () => {
          const { problems, heard, works, parts } = mesh.health(name)
          expect({ problems, heard, parts: parts.length }).toEqual({
            problems: 0,
            heard: { nodes: 8, of: 8 },
            parts: 1,
          })
          for (const { whole, of } of works) expect(whole).toBe(of)
        },
        150_000,
      )
    }
    await page.getByRole('heading', { name: 'All is well' }).waitFor({ timeout: 120_000 })
  }, 400_000)

  it('has a technician at A order something of C, and C does it and says so', async () => {
    const order = mesh.technician('a')
    expect(order('c', 'verify')).toMatchObject({
      done: true,
      detail: expect.stringMatching(/^checked\t\d+\t0$/) as string,
    })
    const noted = (name: string): boolean =>
      mesh
        .health(name)
        .timeline.some(
          ({ kind, what, node }) => kind === 'action' && what === 'verify' && node === mesh.did('c'),
        )
    expect([noted('a'), noted('c'), noted('b')]).toEqual([true, true, false])

    expect(order('b', 'identify')).toMatchObject({ done: true })
    await eventually('D shows which one is B', () => {
      const b = mesh.health('d').nodes.find(({ id }) => id === mesh.did('b'))
      if (b?.health?.identify !== true) throw new Error(JSON.stringify(b))
    })

    expect(order('g', 'rename', { name: 'Zolder', place: { nl: 'boven', en: 'upstairs' } })).toMatchObject({
      done: true,
    })
    await eventually('F calls G by its new name', () => {
      const g = mesh.health('f').nodes.find(({ id }) => id === mesh.did('g'))
      expect(g).toMatchObject({ name: 'Zolder', place: { nl: 'boven', en: 'upstairs' } })
    })
    expect(order('g', 'rename', { name: 'g' })).toMatchObject({ done: true })

    const { data = '' } = order('d', 'diagnostics')
    const text = execFileSync('gunzip', {
      input: Buffer.from(data, 'base64'),
      maxBuffer: 64 * MIB,
    }).toString()
    expect(text).toContain('mesh-art diagnostics 1')
    expect(text).not.toContain(mesh.invite)
    expect(text).not.toContain(
      readFileSync(mesh.config, 'utf8').split('passphrase: ')[1]?.split('\n')[0] ?? 'nothing',
    )
  }, 240_000)

  it('is a damaged chunk, on the node that has it, and that it is mended', async () => {
    const chunks = join(mesh.at('b').dataDir, 'chunks')
    const path = readdirSync(chunks, { recursive: true, encoding: 'utf8' })
      .map((name) => join(chunks, name))
      .find((name) => /bafkrei/.test(name) && statSync(name).size === MIB)
    if (path === undefined) throw new Error('no chunk is on the disk')
    const bytes = readFileSync(path)
    bytes[7] = (bytes[7] ?? 0) ^ 1
    writeFileSync(path, bytes)
    mesh.happens('a chunk of B is damaged and read')
    // Whoever reads it finds it: here every file of the exhibition is read.
    for (const { root } of mesh.at('b').works())
      mesh.at('b').get(`/ipfs/${root}?format=car`, { accept: 'application/vnd.ipld.car' })
    // It is an alert for a minute: all are asked at once, page and nodes. That it goes is seen further on.
    await Promise.all([
      onThePage('Damaged chunk found', true),
      ...names.map((name) => mesh.everywhere('damaged', ['b'], true, [name])),
    ])
    await mesh.untilWhole('b')
  }, 400_000)

  it('is a node without a grant that knocks', async () => {
    const { addresses, exhibition } = mesh.at('a').view()
    const [{ root } = { root: '' }] = mesh.at('a').works()
    const args = [join(support, 'stranger.ts'), addresses[0] ?? '', exhibition, root, 'knock']
    mesh.happens('a stranger knocks at A')
    const knocking = venue.network.host('stranger').spawn(process.execPath, args)
    const ended = new Promise((resolve) => knocking.once('exit', resolve))
    await Promise.all([
      onThePage('A stranger knocked', true),
      ...names.map((name) => mesh.everywhere('stranger', ['a'], true, [name])),
    ])
    await ended
  }, 400_000)

  it('is a full card, with that cause for the work that does not fit, until there is room', async () => {
    const filler = join(card, 'filler')
    const room = Number(execFileSync('df', ['--output=avail', '-B1', card]).toString().trim().split('\n')[1])
    writeFileSync(filler, Buffer.alloc(room - 3 * MIB))
    mesh.happens('the card of C fills up, and a work comes')
    mesh.publish('too-large-for-c', 8 * MIB)
    await mesh.everywhere('disk-full', ['c'], true)
    await mesh.causes('too-large-for-c', { c: 'disk-full' })
    await onThePage('Card full', true)
    rmSync(filler)
    mesh.happens('there is room on the card of C')
    await mesh.everywhere('disk-full', ['c'], false)
    await mesh.untilWhole('c')
    await mesh.causes('too-large-for-c', {})
    await onThePage('Card full', false)
  }, 600_000)

  it('is a wrong clock, and that it is right again', async () => {
    await mesh.at('d').stop()
    mesh.happens('D starts with a wrong clock')
    await mesh.startNode('d', {
      preload: join(support, 'wrong-clock.ts'),
      env: { MESH_ART_TEST_YEAR: '2099' },
    })
    await mesh.everywhere('clock-wrong', ['d'], true)
    for (const name of names) {
      const wrong = mesh.health(name).alerts.filter(({ kind }) => kind === 'clock-wrong')
      expect(wrong.map(({ node }) => node)).toEqual([mesh.did('d')])
    }
    await onThePage('Clock is wrong', true)
    await mesh.at('d').stop()
    mesh.happens('D starts with a right clock')
    await mesh.startNode('d')
    await mesh.everywhere('clock-wrong', ['d'], false)
  }, 600_000)

  it('is no more what was a minute ago: a chunk that was fetched anew, a stranger that is gone', async () => {
    await mesh.everywhere('damaged', ['b'], false)
    await mesh.everywhere('stranger', ['a'], false)
    for (const title of ['Damaged chunk found', 'A stranger knocked']) await onThePage(title, false)
  }, 400_000)

  it('is a link that is cut while both its ends are heard, and that it is back', async () => {
    mesh.happens('the link of E and F is cut')
    venue.network.cut('e', 'f')
    await mesh.everywhere('link-lost', ['e', 'f'], true)
    await onThePage('Link lost', true)
    for (const name of names) expect(mesh.health(name).heard).toEqual({ nodes: 8, of: 8 })
    mesh.happens('the link of E and F is mended')
    venue.network.mend()
    await mesh.everywhere('link-lost', ['e', 'f'], false)
  }, 600_000)

  it('is a link of 1 Mbit/s while a work comes in over it', async () => {
    const { host } = mesh.at('b').options
    host.shapeBothWays(1)
    mesh.happens('a work comes to B over 1 Mbit/s')
    mesh.publish('slow-for-b', 6 * MIB)
    await mesh.everywhere('link-slow', ['b'], true)
    host.unshapeBothWays()
    mesh.happens('the links of B are fast again')
    await mesh.everywhere('link-slow', ['b'], false)
    await mesh.untilWhole('b')
  }, 600_000)

  it('is a node without power: late, then lost, its copies unreachable; and that it is back', async () => {
    mesh.happens('E loses its power')
    await mesh.at('e').kill()
    const others = mesh.others('e')
    // Late is over when it is lost: the one after the other, of each node by itself.
    await Promise.all(
      others.map(async (name) => {
        await mesh.everywhere('node-late', ['e'], true, [name])
        await mesh.everywhere('node-lost', ['e'], true, [name])
      }),
    )
    await mesh.causes('slow-for-b', { e: 'unreachable' }, others)
    await onThePage('Node is silent', true)
    for (const name of others) expect(mesh.health(name).heard).toEqual({ nodes: 7, of: 8 })
    mesh.happens('E is started')
    await mesh.at('e').start()
    await mesh.everywhere('node-lost', ['e'], false)
    await page.getByRole('heading', { name: 'All is well' }).waitFor({ timeout: 120_000 })
  }, 600_000)
})
