import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { EmulatedBoard } from './emulator.ts'

const bin = resolve(import.meta.dirname, '../../node/bin.js')

/** A venue of one node on an emulated board, with an exhibition of its own. */
export class EmulatedVenue {
  readonly folder: string
  readonly venueFile: string
  readonly steward: string

  constructor(folder: string, board: EmulatedBoard) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    this.venueFile = join(folder, 'venue.yaml')
    this.steward = join(folder, 'steward')
    writeFileSync(
      this.venueFile,
      `venue: { id: emulated, name: A venue that is emulated, country: NL }
hotspot: { ssid: Mesh Art, radio: { driver: mac80211_hwsim }, clients: 8 }
mesh: { wire: true }
# A machine that emulates another while it has other work is slower than any watchdog waits.
services: { watchdog: false }
nodes:
  - { name: foyer, board: ${board}, place: { nl: In de foyer, en: In the foyer } }
`,
    )
    if (existsSync(this.steward)) return
    const texts = [
      '--title-nl',
      'Proef',
      '--title-en',
      'Trial',
      '--statement-nl',
      'Een.',
      '--statement-en',
      'A.',
    ]
    this.cli('exhibition', 'create', '--data-dir', this.steward, ...texts)
  }

  cli(...args: readonly string[]): string {
    return execFileSync(process.execPath, [bin, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 64 * 1024 * 1024,
    })
  }

  /** Makes the node's image. @returns the hash that the command says */
  image(out: string, cache: string, options: readonly string[] = ['--no-xz']): string {
    const base = ['firmware', 'image', this.venueFile, '--node', 'foyer', '--out', out, '--json', '--install']
    const said = this.cli(...base, '--cache', cache, '--data-dir', this.steward, ...options)
    return (JSON.parse(said) as { sha256: string }).sha256
  }
}
