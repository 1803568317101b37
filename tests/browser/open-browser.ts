import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** WebGL on a machine without a graphics card. */
export const softwareGraphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] as const

/** Debian's Chromium, told to keep to itself. */
export function openBrowser({
  args = [],
  path = chromiumPath,
}: { args?: string[]; path?: string } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  })
}
