import type { Page } from 'playwright-core'
import { watchWrongs } from '../browser/page-faults.ts'
import type { Phone } from '../venue/support/phone.ts'
import { phoneScreen } from './artist.ts'
import { curatorsWords } from './curated-venue.ts'

export interface Visitor {
  readonly page: Page
  /** What a page must never do: ask another origin, break its own policy. */
  readonly wrongs: string[]
  readonly close: () => Promise<void>
}

/** A visitor or a curator, with the browser of a phone at one node. */
export async function visitor({ browser }: Phone, base: string): Promise<Visitor> {
  const context = await browser.newContext(phoneScreen)
  const page = await context.newPage()
  const wrongs = watchWrongs(page, base)
  return { page, wrongs, close: () => context.close() }
}

/** Plays the film on the page and goes to a later part of it. @returns the width of its picture and where it is */
export function playFilm(page: Page): Promise<{ width: number; at: number }> {
  return page.locator('video').evaluate(async (video: HTMLVideoElement) => {
    video.muted = true
    await video.play()
    const seeked = new Promise((done) => video.addEventListener('seeked', done, { once: true }))
    video.currentTime = video.duration * 0.6
    await seeked
    return { width: video.videoWidth, at: video.currentTime / video.duration }
  })
}

/** On the curators' page. */
export async function openCuratorsKey(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file)
  await page.locator('#passphrase').fill(curatorsWords)
  await page.keyboard.press('Enter')
}
