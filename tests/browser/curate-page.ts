import { getRandomValues } from 'node:crypto'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import { sealKeyFile } from '../../artworks/format/key-file.ts'
import type { OpenedRecord, RecordBody } from '../../artworks/format/records.ts'
import { distDirectory } from '../../exhibit-ui/build.ts'
import { dids, exhibition, seal, serverOf } from '../node/http/exhibition-fixture.ts'
import type { Exhibition } from '../node/http/exhibition-fixture.ts'
import { watchWrongs } from './page-faults.ts'

/** A name that is no localhost: an insecure context, as on a hotspot. */
export const HOST = 'kunst.test'
export const passphrase = 'korte golf lange dijk'

const adaKey = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(41))
const boKey = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(42))
export const ada: Did = didFromPublicKey(adaKey.publicKey)
export const bo: Did = didFromPublicKey(boKey.publicKey)
/** The key itself, to look for it where it must not be. */
export const adaSecret = Buffer.from(adaKey.raw.subarray(0, 32))
export const adaFile = await sealKeyFile(adaKey, passphrase, {
  name: 'ada, laptop',
  random: (length) => getRandomValues(new Uint8Array(length)),
})

type Said<B = RecordBody> = B extends RecordBody ? Omit<B, 'v' | 'exhibition'> : never

/** Something said by the other curator. */
export function byBo(body: Said): Promise<OpenedRecord<RecordBody>> {
  return sealRecord({ v: 1, exhibition: dids.steward, ...body }, boKey)
}

export interface CuratedNode {
  readonly show: Exhibition
  /** Ends in no slash; on a name that is no localhost. */
  readonly base: string
}

/** A node of an exhibition that two curators decide on, both of whom must agree. */
export async function curatedNode(): Promise<CuratedNode> {
  const show = await exhibition({ quorum: 2, uiDir: distDirectory })
  await show.accept(
    await seal('steward', {
      kind: 'exhibition',
      sequence: 2,
      title: { nl: 'Proef', en: 'Trial' },
      statement: { nl: 'Een proef.', en: 'A trial.' },
      curators: [
        { did: ada, name: 'Ada' },
        { did: bo, name: 'Bo' },
      ],
      quorum: 2,
    }),
  )
  const { port } = await serverOf(show)
  return { show, base: `http://${HOST}:${port}` }
}

export interface Watched {
  readonly page: Page
  /** Every request with its body, in the bytes it was sent in. */
  readonly sent: string[]
  /** What a page must never do: ask another origin, or break the content security policy. */
  readonly wrongs: string[]
  readonly close: () => Promise<void>
}

export async function watchedPage(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const sent: string[] = []
  const wrongs = watchWrongs(page, base)
  context.on('request', (request) => {
    const headers = JSON.stringify(request.headers())
    const body = request.postDataBuffer()?.toString('latin1') ?? ''
    sent.push(`${request.method()} ${request.url()} ${headers} ${body}`)
  })
  return { page, sent, wrongs, close: () => context.close() }
}

export async function openKey(page: Page, secret = passphrase): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({
    name: 'ada.key',
    mimeType: 'application/json',
    buffer: Buffer.from(adaFile),
  })
  await page.locator('#passphrase').fill(secret)
  await page.keyboard.press('Enter')
}
