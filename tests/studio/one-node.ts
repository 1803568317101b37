import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { buildUi } from '../../exhibit-ui/build.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { Command } from '../integration/support/command.ts'
import { startLastingNode } from '../integration/support/node.ts'
import type { LoopbackNode } from '../integration/support/node.ts'
import { Artist } from './artist.ts'

/** A name that is no localhost: an insecure context, as on a hotspot. */
const HOST = 'kunst.test'

/** A node in a process of its own, with an exhibition that shows every signed work, and a browser that is its only visitor. */
export class OneNode {
  /** For files of the test. */
  readonly dir: string
  readonly node: LoopbackNode
  readonly browser: Browser

  private constructor(dir: string, node: LoopbackNode, browser: Browser) {
    this.dir = dir
    this.node = node
    this.browser = browser
  }

  static async start(): Promise<OneNode> {
    await buildUi()
    const dir = mkdtempSync(join(tmpdir(), 'mesh-art-'))
    const data = join(dir, 'data')
    const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
    await new Command(['exhibition', 'create', '--data-dir', data, ...texts]).ended
    const node = await startLastingNode(['--data-dir', data, '--no-collection'])
    const browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] })
    return new OneNode(dir, node, browser)
  }

  /** Ends in no slash. */
  get base(): string {
    return `http://${HOST}:${new URL(this.node.url).port}`
  }

  async artist(options: BrowserContextOptions): Promise<Artist> {
    return Artist.at(await this.browser.newContext(options), this.base)
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.node.command.kill('SIGKILL')
    rmSync(this.dir, { recursive: true, force: true })
  }
}
