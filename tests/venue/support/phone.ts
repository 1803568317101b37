import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { chromiumPath, openBrowser } from '../../browser/open-browser.ts'
import type { VenueHost } from './network.ts'

/** Chromium in a host of the venue: it sees the venue's network and nothing else. */
export class Phone {
  readonly browser: Browser
  readonly #folder: string

  private constructor(browser: Browser, folder: string) {
    this.browser = browser
    this.#folder = folder
  }

  static async in(host: VenueHost): Promise<Phone> {
    const folder = mkdtempSync(join(tmpdir(), 'mesh-art-phone-'))
    const wrapper = join(folder, 'chromium-in-host')
    // Playwright speaks to the browser over pipes, which cross into the namespace.
    writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${host.namespace} ${chromiumPath} "$@"\n`)
    chmodSync(wrapper, 0o755)
    const browser = await openBrowser({ path: wrapper })
    return new Phone(browser, folder)
  }

  async close(): Promise<void> {
    await this.browser.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
