import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyFile } from '../../artworks/format/key-file.ts'
import { buildUi } from '../../exhibit-ui/build.ts'
import { eventually } from '../venue/support/eventually.ts'
import { Phone } from '../venue/support/phone.ts'
import type { RunningNode } from '../venue/support/running-node.ts'
import { Venue } from '../venue/support/venue.ts'
import { Artist, passphrase } from './artist.ts'

const MIB = 1024 * 1024
/** 300 with `STUDIO_MIB=300`, as before a release. */
const workMib = Number(process.env['STUDIO_MIB'] ?? 24)
const secretWords = 'dit-blijft-een-geheim-tot-het-ondertekend-is'

describe('an artist with a phone, over plain HTTP', () => {
  let venue: Venue
  let a: RunningNode
  let b: RunningNode
  let phone: Phone
  let artist: Artist
  let file = ''
  let shots = 0

  /** With `STUDIO_SHOTS=folder`, pictures to look at. */
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['STUDIO_SHOTS']
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    shots += 1
    await artist.page.waitForTimeout(300)
    await artist.page.screenshot({
      path: join(folder, `${String(shots).padStart(2, '0')}-${name}.png`),
      fullPage: true,
    })
  }
  const lacks: Record<string, string[]> = {}
  const look = async (name: string): Promise<void> => {
    await shot(name)
    const found = await artist.lacks()
    if (found.length > 0) lacks[name] = found
  }

  beforeAll(async () => {
    await buildUi()
    venue = new Venue()
    const dataDir = join(venue.folder, 'a')
    const texts = ['--title-nl', 'Proef', '--title-en', 'Trial', '--statement-nl', 'P', '--statement-en', 'T']
    venue.cli(venue.network.host('a'), 'exhibition', 'create', '--data-dir', dataDir, ...texts)
    a = await venue.node('a', { collection: false, dataDir })
    b = await venue.node('b', { join: venue.invite(a), collection: false })
    const host = venue.network.host('phone')
    phone = await Phone.in(host)
    const context = await phone.browser.newContext({
      viewport: { width: 360, height: 740 },
      deviceScaleFactor: 2,
      hasTouch: true,
      colorScheme: process.env['STUDIO_DARK'] === undefined ? 'light' : 'dark',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    artist = await Artist.at(context, a.url)
    const content = randomBytes(workMib * MIB)
    writeFileSync(join(venue.folder, 'lang.pdf'), Buffer.concat([Buffer.from('%PDF-1.7\n'), content]))
    writeFileSync(join(venue.folder, 'kort.pdf'), '%PDF-1.7\nkort')
    writeFileSync(join(venue.folder, 'bijlage.txt'), 'Een bijlage.')
  }, 120_000)

  afterAll(async () => {
    await phone?.close()
    await venue?.close()
  })

  it('makes a key that the command line can open, and that opens again from paper', async () => {
    await artist.open()
    expect(await artist.page.evaluate(() => isSecureContext)).toBe(false)
    await look('welcome')
    const made = await artist.makeKey('Noor')
    file = made.file
    const opened = await openKeyFile(file, passphrase)
    expect(opened.name).toBe('Noor')
    await look('empty-home')
    await artist.button('Sluit de sleutel').click()
    await artist.button(/herstelblad/).waitFor()
    await look('locked')
    await artist.button(/herstelblad/).click()
    await artist.fill('code', made.code.replace(/\S/, 'U'))
    await artist.page.getByText('Regel 1 klopt niet').waitFor()
    await artist.fill('code', made.code.toLowerCase())
    await artist.fill('recover-name', 'Noor')
    await artist.fill('passphrase', 'een andere wachtzin')
    await artist.button('Open').click()
    await artist.page.getByText('Met deze wachtzin gaat de sleutel niet open').waitFor({ timeout: 60_000 })
    await artist.fill('passphrase', passphrase)
    await artist.button('Open').click()
    await artist.page.locator('home-page h1').waitFor({ timeout: 60_000 })
  }, 120_000)

  it('describes a work, and the draft is still there when the tab was closed', async () => {
    await artist.button('Nieuw werk').click()
    await artist.page
      .locator('files-step #files')
      .setInputFiles([join(venue.folder, 'lang.pdf'), join(venue.folder, 'bijlage.txt')])
    await artist.page.locator('#medium').waitFor()
    expect(await artist.page.locator('#medium').inputValue()).toBe('pdf')
    await look('files')
    await artist.step('Het werk')
    await artist.fill('title-nl', 'Lange brief')
    await artist.fill('statement-nl', secretWords)
    await artist.page.getByText('Public AI').click()
    await look('about')
    await artist.step('Voor iedereen')
    await look('access')
    await artist.step('Bekijken')
    await artist.page.getByText('Beschrijf het werk voor wie').waitFor()
    await look('look')
    await artist.page.close()
    await artist.reopen()
    await artist.openKept()
    await artist.page.getByText('Lange brief').click()
    await artist.step('Voor iedereen')
    await artist.fill('alt-nl', 'Een brief van zeer veel bladzijden.')
    await artist.fill('alt-en', 'A letter of very many pages.')
    await artist.page.waitForTimeout(800)
    const said = artist.traffic.map((bytes) => bytes.toString('latin1')).join('\n')
    expect(said).not.toContain(secretWords)
  }, 120_000)

  it('signs and sends it, over a connection that is cut twice and a tab that is closed once', async () => {
    const host = venue.network.host('phone')
    await artist.step('Versturen')
    await artist.button('Bereken het zegel').click()
    await artist.button('Onderteken en verstuur').waitFor({ timeout: 60_000 })
    await look('sealed')
    host.shape(40)
    await artist.button('Onderteken en verstuur').click()
    const sent = artist.page.locator('progress#sending')
    const have = async (): Promise<number> => Number(await sent.getAttribute('value'))
    for (const part of [0.15, 0.4]) {
      await eventually('a part of it is there', async () => {
        if ((await have()) < part * workMib) throw new Error(`${await have()}`)
      })
      host.unplug()
      await artist.page
        .getByText('Het knooppunt antwoordt niet. Het gaat vanzelf verder')
        .waitFor({ timeout: 300_000 })
      if (part < 0.2) await look('waiting')
      host.plugIn()
      await artist.page.getByText('Onderweg naar dit knooppunt').waitFor({ timeout: 60_000 })
    }
    await eventually('more of it is there', async () => {
      if ((await have()) < 0.55 * workMib) throw new Error(`${await have()}`)
    })
    const before = await have()
    await artist.page.close()
    host.unshape()
    await artist.reopen()
    await artist.openKept()
    await look('home-on-its-way')
    await artist.page.getByText('Lange brief').click()
    await artist.page.getByText('Je werk is aangekomen').waitFor({ timeout: 300_000 })
    await look('arrived')
    const bytes = artist.traffic.reduce((sum, part) => sum + part.length, 0)
    // What had arrived before was not sent again: a few chunks were under way at each cut.
    expect(before).toBeGreaterThan(workMib / 2)
    expect(bytes).toBeLessThan((workMib + 16) * MIB)
  }, 600_000)

  it('sees it on show, and where it is; a visitor at another node has it', async () => {
    const [work] = await b.untilWhole(1, 120_000)
    expect(work).toMatchObject({ slug: 'lange-brief', maker: 'Noor', sequence: 1, medium: 'pdf' })
    await artist.page.getByText('Volg je werk').click()
    await artist.page.getByText('op 2 van 2 knooppunten').waitFor({ timeout: 60_000 })
    await look('work')
  }, 180_000)

  it('brings a new version, prefilled from the one there is', async () => {
    await artist.button('Nieuwe versie').click()
    await artist.page.locator('files-step #files').setInputFiles(join(venue.folder, 'kort.pdf'))
    await artist.page.locator('#medium').waitFor()
    await artist.step('Het werk')
    expect(await artist.page.locator('#title-nl').inputValue()).toBe('Lange brief')
    await artist.fill('title-nl', 'Korte brief')
    await artist.step('Versturen')
    await artist.button('Bereken het zegel').click()
    await artist.button('Onderteken en verstuur').click({ timeout: 60_000 })
    await artist.page.getByText('Je werk is aangekomen').waitFor({ timeout: 60_000 })
    await eventually('version 2 is shown at b', () => {
      const [work] = b.works()
      if (work?.sequence !== 2) throw new Error(JSON.stringify(work?.sequence))
    })
  }, 120_000)

  it('withdraws it, and it is gone from the disks', async () => {
    await artist.page.getByText('Volg je werk').click()
    await artist.button('Trek terug').click()
    await artist.page.locator('#reason-nl').fill('Het hangt nu ergens anders.')
    await look('withdraw')
    await artist.button(/Ja, trek/).click()
    await artist.page.getByText('Je intrekking is ondertekend').waitFor({ timeout: 60_000 })
    await artist.page.getByText('2 van 2 knooppunten hebben het gewist').waitFor({ timeout: 60_000 })
    await look('withdrawn')
    for (const node of [a, b]) {
      await eventually(`${node.options.name} has let go of every chunk`, () => {
        const { storage } = node.view()
        if (storage.chunks !== 0) throw new Error(`${storage.chunks} chunks`)
      })
    }
  }, 120_000)

  it('let neither passphrase nor key nor draft out of the browser', async () => {
    const { key } = await openKeyFile(file, passphrase)
    const seed = Buffer.from(key.raw.subarray(0, 32))
    const secrets = [
      Buffer.from(passphrase),
      seed,
      Buffer.from(seed.toString('hex')),
      Buffer.from(seed.toString('base64').slice(0, 40)),
      Buffer.from(seed.toString('base64url').slice(0, 40)),
      Buffer.from('mesh-art-key'),
    ]
    const all = Buffer.concat(artist.traffic)
    for (const secret of secrets) {
      expect(all.includes(secret)).toBe(false)
      expect(Buffer.from(a.said).includes(secret)).toBe(false)
    }
    // A search that cannot find anything would prove nothing: the name of the work went over the air, and is on the disk.
    expect(all.includes(Buffer.from('lange-brief'))).toBe(true)
    const onDisk = (text: string): number =>
      Number(
        execFileSync('sh', [
          '-c',
          `grep -rFc -a -- "$1" "$2" | awk -F: '{n+=$NF} END {print n}'`,
          'sh',
          text,
          a.dataDir,
        ]).toString(),
      )
    expect(onDisk('lange-brief')).toBeGreaterThan(0)
    expect(onDisk(passphrase)).toBe(0)
    expect(onDisk(seed.toString('base64url').slice(0, 40))).toBe(0)
    const stored = await artist.page.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name)
      return { names, local: localStorage.length, session: sessionStorage.length, cookie: document.cookie }
    })
    expect(stored).toEqual({ names: ['mesh-art-studio'], local: 0, session: 0, cookie: '' })
    expect(artist.wrongs).toEqual([])
  }, 60_000)

  it('met nothing that axe can find, and nothing wider than a phone of 360 px', () => {
    expect(lacks).toEqual({})
  })
})
