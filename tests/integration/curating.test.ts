import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Command, meshArt } from './support/command.ts'
import type { Ended } from './support/command.ts'
import { artworkFolder } from './support/folders.ts'
import { startLastingNode } from './support/node.ts'
import type { LoopbackNode } from './support/node.ts'

let dir = ''
let data = ''
let node: LoopbackNode
const dids: Record<string, string> = {}

const keyOf = (name: string): string => join(dir, `${name}.key`)

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mesh-art-'))
  data = join(dir, 'data')
  for (const name of ['ada', 'bo', 'noor', 'zed']) {
    const made = await new Command(['key', 'create', keyOf(name), '--name', name, '--json']).ended
    dids[name] = (JSON.parse(made.stdout) as { did: string }).did
  }
  const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
  const curators = ['ada', 'bo'].flatMap((name) => ['--curator', `${dids[name]}=${name}`])
  await new Command(['exhibition', 'create', '--data-dir', data, ...texts, '--quorum', '2', ...curators])
    .ended
  node = await startLastingNode(['--data-dir', data])
})
afterAll(async () => {
  await node.command.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

const curate = (...args: string[]): Promise<Ended> => meshArt(['curate', ...args, '--node', node.url])
const as = (name: string): string[] => ['--key', keyOf(name)]
const why = ['--reason-nl', 'Daarom.', '--reason-en', 'Because.']
const steward = (...args: string[]): Promise<Ended> =>
  meshArt(['exhibition', 'curators', ...args, '--data-dir', data, '--node', node.url])

async function publish(slug: string): Promise<string> {
  const folder = artworkFolder(slug, { 'index.txt': `${slug}\n` })
  const args = ['artwork', 'publish', folder, '--key', keyOf('noor'), '--node', node.url, '--json']
  return (JSON.parse((await meshArt(args)).stdout) as { manifest: string }).manifest
}

async function shownSlugs(): Promise<string[]> {
  return (await node.works()).map(({ slug }) => slug)
}

function expectOneLine(ended: Ended, code: 1 | 2, line: RegExp): void {
  expect(ended).toMatchObject({ code, stdout: '', mistakes: [expect.stringMatching(line)] })
}

describe('curators without a browser', () => {
  test('two of two admit a work; one says no in the open; both remove it', async () => {
    const manifest = await publish('golf')
    expect(await shownSlugs()).toEqual([])
    const listed = JSON.parse((await curate('list', '--json')).stdout) as { submissions: unknown[] }
    expect(listed.submissions).toMatchObject([{ slug: 'golf', waiting: [{ manifest, admittedBy: [] }] }])
    expect((await curate('list')).stdout).toMatch(/golf +1 +0 of 2 /)
    expect((await curate('decline', 'golf', ...as('bo'), ...why)).code).toBe(0)
    expect((await curate('show', 'golf')).stdout).toContain(
      `bo declines this version (${manifest}): Because.`,
    )
    expect((await curate('admit', 'golf', ...as('ada'))).code).toBe(0)
    expect(await shownSlugs()).toEqual([])
    expect((await curate('list')).stdout).toMatch(/golf +1 +1 of 2 /)
    expect((await curate('admit', manifest, ...as('bo'))).code).toBe(0)
    expect(await shownSlugs()).toEqual(['golf'])
    expect((await curate('remove', 'golf', ...as('ada'), ...why)).code).toBe(0)
    expect(await shownSlugs()).toEqual(['golf'])
    expect((await curate('remove', 'golf', ...as('bo'), ...why)).code).toBe(0)
    expect(await shownSlugs()).toEqual([])
  })

  test('an artist who is admitted is so for works to come', async () => {
    await publish('wad')
    for (const name of ['ada', 'bo']) await curate('admit', 'wad', '--artist', ...as(name))
    await publish('zee')
    expect((await shownSlugs()).sort()).toEqual(['wad', 'zee'])
    expect((await curate('list')).stdout).toBe('Nothing waits for curators.\n')
  })

  test('of a curator who is removed stands what the steward names', async () => {
    expectOneLine(await steward('remove', dids['bo'] ?? '', '--uphold', 'all'), 2, /quorum of 2 needs/)
    expectOneLine(await steward('remove', dids['zed'] ?? '', '--uphold', 'all'), 1, /is no curator now/)
    expectOneLine(
      await steward('remove', dids['bo'] ?? '', '--uphold', 'bafkreigh2akiscaildc', '--quorum', '1'),
      1,
      /knows no decision/,
    )
    expect((await shownSlugs()).sort()).toEqual(['wad', 'zee'])
    expect((await steward('add', `${dids['zed']}=Zed`)).stdout).toContain('2 of 3 curators must agree')
    expect((await steward('remove', dids['bo'] ?? '', '--uphold', 'all')).stderr).toContain(
      'decisions that this node knows stand',
    )
    expect((await shownSlugs()).sort()).toEqual(['wad', 'zee'])
    expectOneLine(await curate('remove', 'wad', ...as('bo'), ...why), 1, /is no curator of this exhibition/)
    expect((await steward('add', `${dids['bo']}=bo`)).code).toBe(0)
    expect((await steward('remove', dids['bo'] ?? '', '--uphold', 'none')).code).toBe(0)
    expect(await shownSlugs()).toEqual([])
    expect((await steward('quorum', '1')).code).toBe(0)
    expect((await shownSlugs()).sort()).toEqual(['wad', 'zee'])
  })

  test('a mistake is one line, and changes nothing', async () => {
    const before = await node.records()
    expectOneLine(await curate('admit', 'nothing', ...as('ada')), 1, /nothing waits under 'nothing'/)
    expectOneLine(await curate('admit', 'wad', ...as('noor')), 1, /is no curator of this exhibition/)
    const oneReason = ['remove', 'wad', ...as('ada'), '--reason-nl', 'x']
    expectOneLine(await curate(...oneReason), 2, /reason-en/)
    expectOneLine(await curate(...oneReason, '--reason-en', 'x'.repeat(1001)), 1, /at most 1000/)
    expectOneLine(await steward('quorum', 'many'), 2, /whole number/)
    expectOneLine(await steward('remove', dids['ada'] ?? ''), 2, /uphold/)
    expect(await node.records()).toEqual(before)
  })
})

describe('the steward', () => {
  test('gives a node another name and place, again and again, and the last one holds', async () => {
    const rename = (...args: string[]): Promise<Ended> =>
      meshArt(['exhibition', 'rename', ...args, '--data-dir', data, '--node', node.url])
    const { node: before } = await node.exhibition()
    for (const name of ['Foyer', 'Zaal 2', 'Foyer', 'Zolder', 'Kelder']) {
      const ended = await rename(before.id, name, '--place-nl', `bij ${name}`)
      expect(ended).toMatchObject({ code: 0, mistakes: [] })
      expect((await node.exhibition()).node).toMatchObject({ name, place: { nl: `bij ${name}` } })
    }
    expect((await rename('Kelder', 'Trap')).stdout).toContain('Kelder is now called Trap.')
    expect((await node.exhibition()).node).toMatchObject({ name: 'Trap', place: { nl: 'bij Kelder' } })
    expectOneLine(await rename('nobody', 'x'), 1, /no node is granted that is 'nobody'/)
    expectOneLine(await rename('Trap', ' '), 2, /needs a name/)
    expect((await node.exhibition()).node).toMatchObject({ name: 'Trap' })
  })
})
