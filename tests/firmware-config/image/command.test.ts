import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { needsEmulation } from '../../../firmware-config/image/emulation.ts'
import { imageTools, missingTools } from '../../../firmware-config/image/host-tools.ts'

const bin = resolve(import.meta.dirname, '../../../node/bin.js')
const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-image-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const venue = join(scratch, 'venue.yaml')
writeFileSync(
  venue,
  'venue: { id: a, name: A house, country: NL }\nhotspot: { ssid: Art }\nmesh: { wire: true }\nnodes: [{ name: foyer, board: pi-4 }]\n',
)
const out = join(scratch, 'foyer.img')

function image(...args: readonly string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'firmware', 'image', ...args], {
    cwd: scratch,
    encoding: 'utf8',
  })
  return { status, stderr }
}

describe('firmware image', () => {
  it.each([
    ['no venue', [], 'venue.yaml', 2],
    ['no node', [venue, '--out', out], '--node', 2],
    ['a node that is not there', [venue, '--node', 'attic', '--out', out], 'it has foyer', 2],
    ['no place for it', [venue, '--node', 'foyer'], '--out', 2],
    ['another ending', [venue, '--node', 'foyer', '--out', join(scratch, 'foyer.iso')], '.img', 2],
    [
      'a board that nobody knows',
      [venue, '--node', 'foyer', '--board', 'pi-9', '--out', out],
      'pi-zero-2-w',
      2,
    ],
    ['no exhibition', [venue, '--node', 'foyer', '--out', out, '--data-dir', 'none'], 'exhibition create', 1],
  ])('says in one line what is wrong with %s, and makes nothing', (_what, args, word, code) => {
    const said = image(...args)
    expect(said.status, said.stderr).toBe(code)
    expect(said.stderr).toContain(word)
    const lines = said.stderr
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('mesh-art:'))
    expect(lines).toHaveLength(1)
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(scratch)).toEqual(['venue.yaml'])
  })
})

describe('what the machine has to have', () => {
  it('is named where it is missing, by its package', () => {
    const empty = missingTools([{ package: 'nothing-like-it', command: 'no-such-command-anywhere' }], scratch)
    expect(empty.map((tool) => tool.package)).toEqual(['nothing-like-it'])
    expect(missingTools([{ package: 'dash', command: 'sh' }], '/bin')).toEqual([])
    expect(missingTools([{ package: 'keys', command: venue }], '')).toEqual([])
    // A package is named once.
    expect(new Set(imageTools.map((tool) => tool.package)).size).toBe(imageTools.length)
  })

  it("is qemu only for another computer's card", () => {
    expect(needsEmulation('arm64', 'x64')).toBe(true)
    expect(needsEmulation('arm64', 'arm64')).toBe(false)
    expect(needsEmulation('amd64', 'x64')).toBe(false)
  })
})
