import { CID } from 'multiformats/cid'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildUi } from '../../exhibit-ui/build.ts'
import { dids, seal } from '../node/http/exhibition-fixture.ts'
import { ada, adaSecret, byBo, curatedNode, HOST, openKey, passphrase, watchedPage } from './curate-page.ts'
import type { CuratedNode } from './curate-page.ts'
import { openBrowser } from './open-browser.ts'
import { pageFaults } from './page-faults.ts'

let browser: Browser
beforeAll(async () => {
  await buildUi()
  browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
}, 120_000)
afterAll(() => browser.close())

/** A work of an uploader who means harm: it reports what it can reach. */
const hostile = `<!doctype html><html lang="en"><title>x</title><p id="said">trying</p><script>
const tries = {
  parent: () => parent.document.title,
  storage: () => localStorage.length,
  records: () => fetch('/api/v1/records', { method: 'POST', body: 'x' }).then((r) => r.status),
  other: () => fetch('/api/v1/submissions').then((r) => r.status),
  top: () => { top.location = 'about:blank'; return 'moved' },
}
const said = {}
const all = Object.entries(tries).map(async ([name, run]) => {
  try { said[name] = await run() } catch (error) { said[name] = 'refused' }
})
Promise.all(all).then(() => { document.getElementById('said').textContent = JSON.stringify(said) })
</script></html>`

function work(
  show: CuratedNode['show'],
  slug: string,
  html = '<!doctype html><title>golf</title><p>golf',
): Promise<unknown> {
  return show.publish(
    slug,
    { 'index.html': html },
    { manifest: { title: { nl: `Werk ${slug}`, en: `Work ${slug}` } } },
  )
}

const manifestOf = ({ show }: CuratedNode, slug: string): CID =>
  CID.parse(show.deps.catalogue.artwork(dids.artist, slug)?.versions[0]?.cid ?? '')

describe('a curator with a phone, over plain HTTP', () => {
  test('opens a key, looks, admits; with the other curator the work is shown; no secret leaves the browser', async () => {
    const node = await curatedNode()
    await work(node.show, 'golf')
    const { page, sent, wrongs, close } = await watchedPage(browser, node.base, {
      viewport: { width: 360, height: 740 },
    })
    await page.goto(`${node.base}/en/curate`)
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await page.getByText('0 of 2 admit it').waitFor()
    expect(await pageFaults(page)).toEqual([])
    await openKey(page, 'not the passphrase')
    await page.getByText('This passphrase does not open the file').waitFor()
    await openKey(page)
    await page.getByText('You sign as Ada.').waitFor()
    await page.getByRole('heading', { name: 'Work golf' }).click()
    await page.locator('[data-seal=good]').waitFor()
    await page.getByRole('button', { name: 'Look at the work' }).click()
    await page.getByRole('button', { name: 'Start the work' }).click()
    const frame = page.frameLocator('interactive-viewer iframe')
    await frame.getByText('golf').waitFor()
    expect(await page.locator('interactive-viewer iframe').getAttribute('src')).toMatch(/^\/previews\//)
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Close', exact: true }).press('Enter')
    const start = page.getByRole('button', { name: 'Start the work' })
    await start.waitFor()
    expect(await start.evaluate((button) => button.matches(':focus'))).toBe(true)
    expect(await page.locator('iframe').count()).toBe(0)
    await page.getByRole('radio', { name: 'Admit this version' }).check()
    await page.getByRole('button', { name: 'Sign and send' }).click()
    await page.getByText('Your decision was signed and sent.').waitFor()
    await page.getByText('1 of 2 admit it').waitFor()
    expect(node.show.deps.catalogue.shown()).toEqual([])
    const admission = node.show.deps.catalogue.decisionsOn(dids.artist, 'golf')
    expect(admission).toMatchObject([{ kind: 'admission', curator: ada, counts: true }])
    await node.show.accept(await byBo({ kind: 'admission', target: { manifest: manifestOf(node, 'golf') } }))
    await page.getByText('This no longer waits for curators.').waitFor()
    expect(node.show.deps.catalogue.shown()).toHaveLength(1)
    const all = sent.join('\n')
    expect(all).toContain('POST')
    for (const secret of [
      passphrase,
      encodeURIComponent(passphrase),
      adaSecret.toString('latin1'),
      adaSecret.toString('hex'),
      adaSecret.toString('base64url'),
    ]) {
      expect(all).not.toContain(secret)
    }
    expect(wrongs).toEqual([])
    await close()
  })

  test('declines and removes with reasons in both languages, by keyboard alone, in Dutch', async () => {
    const node = await curatedNode()
    await work(node.show, 'golf')
    const { page, wrongs, close } = await watchedPage(browser, node.base, { colorScheme: 'dark' })
    await page.goto(`${node.base}/nl/curate/${dids.artist}/golf`)
    await openKey(page)
    await page.getByText('Je tekent als Ada.').waitFor()
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focus = async (name: string): Promise<void> => {
      for (let steps = 0; steps < 40; steps += 1) {
        const here = await page.evaluate(() => {
          let element = document.activeElement
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
          return `${(element as HTMLInputElement | null)?.value ?? ''} ${element?.id ?? ''} ${element?.textContent ?? ''}`
        })
        if (here.includes(name)) return
        await press('Tab')
      }
      throw new Error(`no way to '${name}' by keyboard`)
    }
    await page.locator('decide-form').waitFor()
    await page.evaluate(() => {
      const active = document.activeElement as HTMLElement | null
      active?.blur()
    })
    await focus('version')
    await press('ArrowDown', 'ArrowDown', 'Space')
    await focus('reason-nl')
    await page.keyboard.type('Het geluid ontbreekt.')
    await focus('Onderteken')
    await press('Enter')
    expect(node.show.deps.catalogue.decisionsOn(dids.artist, 'golf')).toEqual([])
    await page.locator('#reason-en').focus()
    await page.keyboard.type('The sound is missing.')
    await focus('Onderteken')
    await press('Enter')
    await page.getByText('Je besluit is ondertekend en verstuurd.').waitFor()
    await page.getByText('Het geluid ontbreekt.').waitFor()
    expect(node.show.deps.catalogue.decisionsOn(dids.artist, 'golf')).toMatchObject([
      { kind: 'decline', reason: { nl: 'Het geluid ontbreekt.', en: 'The sound is missing.' } },
    ])
    await page.getByRole('radio', { name: 'Verwijder het werk' }).check()
    await page.locator('#reason-nl').fill('Niet van deze maker.')
    await page.locator('#reason-en').fill('Not by this maker.')
    await page.getByRole('button', { name: 'Onderteken' }).click()
    await page.getByText('wil het werk weg').waitFor()
    const reason = { nl: 'x', en: 'x' }
    await node.show.accept(await byBo({ kind: 'removal', artist: dids.artist, slug: 'golf', reason }))
    await page.getByText('Dit wacht niet meer op curatoren.').waitFor()
    expect(node.show.deps.catalogue.artwork(dids.artist, 'golf')?.standing).toBe('removed')
    expect(await pageFaults(page)).toEqual([])
    expect(wrongs).toEqual([])
    await close()
  })

  test('sees a work that means harm, which reaches nothing of the page, the node or the curator', async () => {
    const node = await curatedNode()
    await work(node.show, 'val', hostile)
    const { page, sent, close } = await watchedPage(browser, node.base)
    await page.goto(`${node.base}/en/curate/${dids.artist}/val`)
    await openKey(page)
    await page.getByRole('button', { name: 'Look at the work' }).click()
    await page.getByRole('button', { name: 'Start the work' }).click()
    const said = page.frameLocator('interactive-viewer iframe').locator('#said')
    await said.filter({ hasText: '{' }).waitFor()
    expect(JSON.parse((await said.textContent()) ?? '')).toEqual({
      ...{ parent: 'refused', storage: 'refused', records: 'refused', other: 'refused' },
      top: expect.stringMatching(/refused|moved/),
    })
    expect(page.url()).toContain('/en/curate/')
    expect(sent.filter((line) => line.startsWith(`POST ${node.base}/api/v1/records`))).toEqual([])
    expect(node.show.deps.records.list({ kind: 'admission' })).toEqual([])
    await close()
  })

  test('with the key of nobody who curates can look at nothing', async () => {
    const node = await curatedNode()
    await work(node.show, 'golf')
    await node.show.accept(
      await seal('steward', {
        ...{ kind: 'exhibition', sequence: 3, quorum: 1, title: { en: 'T' }, statement: { en: 'S' } },
        curators: [{ did: dids.curator, name: 'C' }],
      }),
    )
    const { page, close } = await watchedPage(browser, node.base)
    await page.goto(`${node.base}/en/curate/${dids.artist}/golf`)
    await openKey(page)
    await page.getByText('This key belongs to nobody who curates').waitFor()
    expect(await page.getByRole('button', { name: 'Look at the work' }).count()).toBe(0)
    expect(await page.locator('decide-form').count()).toBe(0)
    await close()
  })
})
