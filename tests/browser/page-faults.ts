import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page as it is now. Frames of works are strangers' code in an origin of their own: not looked into. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(async (): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    return axe.run({ iframes: false, resultTypes: ['violations'] })
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`),
  )
}

/** Whether one has to scroll sideways. */
export async function widthFaults(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return wide > 0 ? [`${wide} px too wide`] : []
}

/** What axe finds, and what is too wide. */
export async function pageFaults(page: Page): Promise<string[]> {
  return [...(await axeFaults(page)), ...(await widthFaults(page))]
}

/** Collects what a page must never do: ask another origin, break its content security policy, throw. @param base ends in no slash */
export function watchWrongs(page: Page, base: string): string[] {
  const wrongs: string[] = []
  page.on('request', (request) => {
    const url = request.url().replace(/^blob:/, '')
    if (!url.startsWith(`${base}/`) && !url.startsWith('data:')) wrongs.push(url)
  })
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) wrongs.push(message.text())
  })
  page.on('pageerror', (error) => wrongs.push(String(error)))
  return wrongs
}
