import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { projectDir } from '../../integration/support/command.ts'
import type { Shot } from './shot.ts'

const collection = join(projectDir, 'artworks/collection')
const passphrase = 'molen fiets regenjas zeven'

async function step(page: Page, name: string): Promise<void> {
  await page.locator(`draft-page nav a[href$="/${name}"]`).click()
  await page.locator(`${name}-step h1`).waitFor()
}

/** An artist's first hour: a key, a work in five steps, and where it is. */
export async function firstHour(page: Page, snap: (name: string) => Promise<void>): Promise<void> {
  await snap('studio')
  await page.locator('key-page .pill.full').first().click()
  await page.locator('#name').fill('Noor Bakker')
  await page.locator('#passphrase').fill(passphrase)
  await page.locator('#again').fill(passphrase)
  await snap('studio-key')
  await page.locator('key-make button[type=submit]').click()
  await page.locator('key-make .mark').waitFor({ timeout: 120_000 })
  const saving = page.waitForEvent('download')
  await page.locator('key-make .pill.full').click()
  await (await saving).cancel()
  await page.locator('key-make summary').first().click()
  await snap('studio-key-made')
  await page.locator('key-make .actions').last().locator('button').click()
  await page.locator('home-page h1').waitFor()
  await snap('studio-home-empty')
  await page.locator('home-page .pill.full').first().click()
  await page.locator('files-step').waitFor()
  await snap('studio-files-none')
  const poster = await readFile(join(collection, 'peil/work/poster.webp'))
  await page.locator('#files').setInputFiles([
    { name: 'getij.webp', mimeType: 'image/webp', buffer: poster },
    { name: 'getij-toelichting.md', mimeType: 'text/markdown', buffer: Buffer.from('# Getij\n') },
  ])
  await page.locator('#medium').waitFor()
  await snap('studio-files')
  await step(page, 'about')
  await snap('studio-about-empty')
  await page.locator('#title-nl').fill('Getij')
  await page.locator('#title-en').fill('Tide')
  await page.locator('#statement-nl').fill('Het water komt, en vraagt niet van wie het land is.')
  await page.locator('#statement-en').fill('The water comes, and does not ask whose land it is.')
  await page.locator('label[data-track=digital-autonomy]').click()
  await snap('studio-about')
  await step(page, 'access')
  await snap('studio-access-empty')
  for (const field of await page.locator('access-step :is(input[type=text], textarea)').all()) {
    if ((await field.getAttribute('id'))?.includes('alt') === true)
      await field.fill('Een polder onder water.')
  }
  await snap('studio-access')
  await step(page, 'look')
  await snap('studio-look')
  await step(page, 'send')
  await snap('studio-send')
  await page.locator('send-step .pill.full').click()
  await page.locator('send-step work-seal').first().waitFor({ timeout: 60_000 })
  await snap('studio-sealed')
  await page.locator('send-step .pill.full').click()
  await page.locator('send-step a[href*="/studio/work/"]').waitFor({ timeout: 60_000 })
  await snap('studio-sent')
  await page.goto(page.url().replace(/\/studio.*/, '/studio'))
  await page.locator('key-page h1').waitFor()
  await snap('studio-locked')
  await page.locator('#passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await page.locator('home-page h1').waitFor({ timeout: 60_000 })
  await snap(`studio-home`)
  await page.locator('home-page a[href*="/studio/work/"]').first().click()
  await page.locator('work-state-page h1').waitFor()
}

/** From the page of a work: it is withdrawn. */
export async function withdrawing(page: Page, snap: (name: string) => Promise<void>): Promise<void> {
  await page.locator('work-state-page section.actions button').last().click()
  await page.locator('dialog[open]').waitFor()
  await snap('studio-withdraw')
  await page.locator('dialog .danger').click()
  await page.locator('work-state-page withdrawal-receipts').waitFor()
}

export const studioShots: Shot[] = [
  {
    name: 'studio-withdrawn',
    path: 'studio',
    before: async (page, snap) => {
      await firstHour(page, snap)
      await snap('studio-work')
      await withdrawing(page, snap)
    },
  },
]
