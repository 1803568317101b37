import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CID } from 'multiformats/cid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBlock } from '../../artworks/format/dag.ts'
import { buildUi } from '../../exhibit-ui/build.ts'
import { eventually } from '../venue/support/eventually.ts'
import type { VenueHost } from '../venue/support/network.ts'
import { Phone } from '../venue/support/phone.ts'
import type { RunningNode } from '../venue/support/running-node.ts'
import { Venue } from '../venue/support/venue.ts'
import { Artist, phoneScreen } from './artist.ts'
import { writeLongFilm } from './long-film.ts'

const workMib = 16

/** Three nodes, one of them with a card of 96 MiB; every hotspot has the same address, as docs/decisions/0032 says. */
describe('an upload from a phone, when things go wrong', () => {
  let venue: Venue
  let a: RunningNode
  let b: RunningNode
  let small: RunningNode
  let phone: Phone
  let host: VenueHost
  let artist: Artist
  let card: string
  let hotspot: string
  let keyFile = ''

  beforeAll(async () => {
    await buildUi()
    card = mkdtempSync(join(tmpdir(), 'mesh-art-card-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', card])
    venue = new Venue()
    const dataDir = join(venue.folder, 'a')
    const texts = ['--title-nl', 'Proef', '--title-en', 'Trial', '--statement-nl', 'P', '--statement-en', 'T']
    venue.cli(venue.network.host('a'), 'exhibition', 'create', '--data-dir', dataDir, ...texts)
    a = await venue.node('a', { collection: false, dataDir })
    const invite = venue.invite(a)
    b = await venue.node('b', { join: invite, collection: false })
    mkdirSync(join(card, 'data'))
    small = await venue.node('small', { join: invite, collection: false, dataDir: join(card, 'data') })
    host = venue.network.host('phone')
    hotspot = a.options.host.address.replace(/\d+$/, '200')
    phone = await Phone.in(host)
    artist = await Artist.at(await phone.browser.newContext(phoneScreen), `http://${hotspot}:8080`)
    for (const name of ['een', 'twee']) writeLongFilm(join(venue.folder, `${name}.webm`), workMib)
  }, 600_000)

  afterAll(async () => {
    await phone?.close()
    await venue?.close()
    execFileSync('umount', ['--lazy', card])
    rmSync(card, { recursive: true, force: true })
  })

  /** The phone is at this node's hotspot from now on. */
  const joinHotspotOf = (node: RunningNode): void => {
    for (const one of [a, b]) {
      const { host: at } = one.options
      at.run('sh', '-c', `ip address delete ${hotspot}/24 dev eth0 2>/dev/null || true`)
    }
    node.options.host.run('ip', 'address', 'add', `${hotspot}/24`, 'dev', 'eth0')
    host.run('ip', 'neigh', 'flush', 'dev', 'eth0')
  }

  const sent = async (): Promise<number> =>
    Number(await artist.page.locator('progress#sending').getAttribute('value'))

  const untilSent = (share: number): Promise<void> =>
    eventually(`${share * 100}% is there`, async () => {
      if ((await sent()) < share * workMib) throw new Error(`${await sent()}`)
    })

  const untilSeen = (text: string): Promise<void> =>
    artist.page.getByText(text).first().waitFor({ timeout: 120_000 })

  /** A film described, signed, and on its way. */
  const begin = async (name: string): Promise<void> => {
    await artist.button('Nieuw werk').click()
    await artist.page.locator('files-step #files').setInputFiles(join(venue.folder, `${name}.webm`))
    await artist.page.locator('#medium').waitFor()
    await artist.describe(`Film ${name}`)
    await artist.page.locator('#no-words').selectOption('nothing-spoken')
    await artist.step('Versturen')
    await artist.button('Bereken het zegel').click()
    await artist.button('Onderteken en verstuur').click({ timeout: 120_000 })
  }

  it('a node that loses its power in the midst of it has what had arrived, and the rest follows', async () => {
    joinHotspotOf(a)
    await artist.open()
    keyFile = (await artist.makeKey('Noor')).file
    host.shape(8)
    await begin('een')
    await untilSent(0.15)
    await a.kill()
    await untilSeen('Het knooppunt antwoordt niet. Het gaat vanzelf verder')
    const before = await sent()
    await a.start()
    await untilSeen('Onderweg naar dit knooppunt')
    await untilSent(0.4)
    expect(before).toBeGreaterThan(1)
  }, 300_000)

  it('goes on at another node of the mesh, when the artist walks over to its hotspot', async () => {
    host.shape(3)
    joinHotspotOf(b)
    // The other has nothing of it yet, and the page says so: what it counts is what this node has.
    await eventually('it counts afresh', async () => expect(await sent()).toBeLessThan(0.4 * workMib))
    host.unshape()
    await untilSeen('Je werk is aangekomen')
    for (const node of [a, b]) {
      expect(await node.untilWhole(1, 120_000)).toMatchObject([{ slug: 'film-een', maker: 'Noor' }])
    }
  }, 300_000)

  it('at a node whose card is full says so, keeps nothing half, and goes on when there is room', async () => {
    await small.untilWhole(1, 120_000)
    // Another node is another address to a browser: there the key file opens the studio, and the works are in it.
    await artist.page.close()
    artist = await Artist.at(await phone.browser.newContext(phoneScreen), small.url)
    await artist.open()
    await artist.openFile(keyFile)
    await artist.page.getByText('Film een').waitFor()
    host.shape(8)
    await begin('twee')
    await untilSent(0.2)
    const filler = join(card, 'filler')
    expect(spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M']).status).not.toBe(0)
    await untilSeen('Dit knooppunt heeft geen plaats meer')
    expect(await artist.lacks()).toEqual([])
    const chunks = readdirSync(join(small.dataDir, 'chunks'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    expect(chunks.length).toBeGreaterThan(workMib)
    for (const path of chunks) {
      expect([path, isBlock(CID.parse(basename(path)), readFileSync(path))]).toEqual([path, true])
    }
    expect(small.works()).toMatchObject([{ slug: 'film-een', progress: { complete: true } }])
    rmSync(filler)
    host.unshape()
    await artist.button('Ga verder').click()
    await untilSeen('Je werk is aangekomen')
    for (const node of [a, b, small]) await node.untilWhole(2, 120_000)
    expect(artist.wrongs).toEqual([])
  }, 300_000)
})
