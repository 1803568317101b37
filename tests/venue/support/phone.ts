import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
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
    writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${host.namespace} /usr/bin/chromium "$@"\n`)
    chmodSync(wrapper, 0o755)
    const browser = await chromium.launch({
      executablePath: wrapper,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    return new Phone(browser, folder)
  }

  async close(): Promise<void> {
    await this.browser.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
