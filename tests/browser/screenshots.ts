import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { buildUi } from '../../exhibit-ui/build.ts'
import { openBrowser, softwareGraphics } from './open-browser.ts'
import { galleryScenes } from './shots/gallery-scenes.ts'
import { nodeScenes } from './shots/node-scenes.ts'
import { contactSheet } from './shots/contact-sheet.ts'
import type { Language, Shot } from './shots/shot.ts'
import { techScenes } from './shots/tech-scenes.ts'

/**
 * Pictures of every page into tests/screenshots, for a person to look at, and index.html to look through them.
 * `npm run screenshots -- [part of a name]…` makes those only: `tech`, `phone-dark-nl`.
 */
const directory = fileURLToPath(new URL('../screenshots/', import.meta.url))

const sizes = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1280, height: 800 },
} as const
interface Look {
  readonly size: keyof typeof sizes
  readonly dark: boolean
  readonly language: Language
}
const looks: Look[] = (Object.keys(sizes) as Look['size'][]).flatMap((size) =>
  [false, true].flatMap((dark) => (['nl', 'en'] as const).map((language) => ({ size, dark, language }))),
)
const lookName = ({ size, dark, language }: Look): string => `${size}-${dark ? 'dark' : 'light'}-${language}`

async function take(browser: Browser, base: string, shot: Shot, look: Look): Promise<string[]> {
  const context = await browser.newContext({
    viewport: sizes[look.size],
    colorScheme: look.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const taken: string[] = []
  const snap = async (name: string): Promise<void> => {
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.waitForTimeout(350)
    if (shot.screen !== true) {
      // Pictures further down come only when they are near the screen.
      await page.evaluate(async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
          window.scrollTo(0, y)
          await new Promise((resolve) => setTimeout(resolve, 40))
        }
        window.scrollTo(0, 0)
      })
      await page.waitForTimeout(150)
    }
    const file = `${name}--${lookName(look)}.png`
    await page.screenshot({ path: join(directory, file), fullPage: shot.screen !== true })
    taken.push(file)
  }
  try {
    const path = shot.path.replace('LANG', look.language)
    await page.goto(path.startsWith('/') ? base + path : `${base}/${look.language}/${path}`)
    await page
      .locator(shot.until ?? 'h1')
      .first()
      .waitFor({ timeout: 20_000 })
    await shot.before?.(page, snap)
    await snap(shot.name)
  } catch (error) {
    process.stderr.write(`${shot.name} ${lookName(look)}: ${String(error).split('\n')[0]}\n`)
    process.exitCode = 1
    await snap(`${shot.name}-FAILED`)
  } finally {
    await context.close()
  }
  return taken
}

const wanted = process.argv.slice(2)
await buildUi()
if (wanted.length === 0) await rm(directory, { recursive: true, force: true })
await mkdir(directory, { recursive: true })
const browser = await openBrowser({ args: [...softwareGraphics] })
const taken: string[] = []
for (const { shots, open } of [...galleryScenes, ...nodeScenes, ...techScenes]) {
  const asked = shots.flatMap((shot) =>
    looks
      .filter(
        (look) =>
          wanted.length === 0 || wanted.some((part) => `${shot.name}--${lookName(look)}`.includes(part)),
      )
      .map((look) => ({ shot, look })),
  )
  if (asked.length === 0) continue
  const scene = await open()
  for (const { shot, look } of asked) taken.push(...(await take(browser, scene.url, shot, look)))
  await scene.close()
}
await browser.close()
await writeFile(join(directory, 'index.html'), contactSheet(taken))
process.stdout.write(`${taken.length} pictures in tests/screenshots\n`)
