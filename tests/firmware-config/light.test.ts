import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LightState } from '../../node/lifecycle/light-state.ts'
import { draftOf, renderDraft, textOf } from './venues.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/technicians.md'), 'utf8')

/** Milliseconds on and off, and the words of the technicians' guide. */
const patterns: readonly (readonly [LightState | 'identify', number, number, string])[] = [
  ['booting', 100, 100, 'flickers, five times a second'],
  ['alone', 100, 1900, 'a short flash every two seconds'],
  ['replicating', 500, 500, 'on and off, once a second'],
  ['fault', 1900, 100, 'on, with a short gap every two seconds'],
  ['identify', 50, 50, 'trembles, ten times a second'],
]

describe("the board's light", () => {
  let led: string
  beforeEach(() => {
    led = mkdtempSync(join(tmpdir(), 'mesh-art-led-'))
    writeFileSync(join(led, 'max_brightness'), '255\n')
    const script = textOf(renderDraft(draftOf('nemo')).get('entrance')?.get('/etc/mesh-art/light.sh'))
    writeFileSync(join(led, 'light.sh'), script)
  })
  afterEach(() => rmSync(led, { recursive: true, force: true }))

  const show = (state: string): void => {
    writeFileSync(join(led, 'state'), `${state}\n`)
    execFileSync('sh', [join(led, 'light.sh'), led, join(led, 'state')])
  }
  const read = (name: string): string => readFileSync(join(led, name), 'utf8').trim()

  it.each(patterns)('shows %s: %i ms on, %i off, as the guide says', (state, on, off, words) => {
    show(state)
    expect([read('trigger'), read('delay_on'), read('delay_off')]).toEqual(['timer', `${on}`, `${off}`])
    expect(guide).toContain(`| ${words} |`)
  })

  it('is on, and stays on, in the mesh', () => {
    show('in-mesh')
    expect([read('trigger'), read('brightness')]).toEqual(['none', '255'])
    expect(guide).toContain('| on | in the mesh, and every work is here |')
  })

  it('is left as it is by a word that it does not know', () => {
    const before = readdirSync(led)
    show('unheard-of')
    expect(readdirSync(led)).toEqual([...before, 'state'].toSorted())
  })
})
