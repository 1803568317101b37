import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { hashPassphrase } from '../../../node/technician/passphrase-hash.ts'
import { PASSPHRASE } from '../../node/technician/passphrase.ts'

/** For what never comes, not a measure of speed. */
export const pageLimitMs = 120_000

/** Settings of a node that technicians may log in to. @returns the path */
export async function technicianSettings(dir: string): Promise<string> {
  const path = join(dir, 'node.yaml')
  writeFileSync(path, `technicians:\n  passphrase: ${await hashPassphrase(PASSPHRASE)}\n`)
  return path
}

/** The technicians' page of a node, in English, with somebody logged in. */
export async function technicianAt(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.setDefaultTimeout(pageLimitMs)
  await page.goto(`${url}/en/tech`)
  await page.locator('order-panel input[type=password]').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('button', { name: 'Log out' }).waitFor()
  return page
}
