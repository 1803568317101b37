import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Command, meshArt, passphrase, startMeshArt } from './support/command.ts'
import type { Ended } from './support/command.ts'
import { Doorkeeper } from './support/doorkeeper.ts'
import { artworkFolder, contentOf, noise, scratch } from './support/folders.ts'
import { startLastingNode } from './support/node.ts'
import type { LoopbackNode } from './support/node.ts'

let dir = ''
let node: LoopbackNode
let key = ''
let otherKey = ''

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mesh-art-'))
  const data = join(dir, 'data')
  const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
  await new Command(['exhibition', 'create', '--data-dir', data, ...texts]).ended
  key = join(dir, 'noor.key')
  otherKey = join(dir, 'other.key')
  await new Command(['key', 'create', key, '--name', 'Noor']).ended
  await new Command(['key', 'create', otherKey]).ended
  node = await startLastingNode(['--data-dir', data])
})
afterAll(async () => {
  await node.command.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

function publish(folder: string, ...args: string[]): Promise<Ended> {
  return meshArt(['artwork', 'publish', folder, '--key', key, '--node', node.url, ...args])
}

function expectOneLine(ended: Ended, code: 1 | 2, line: RegExp): void {
  expect(ended).toMatchObject({ code, stdout: '', mistakes: [expect.stringMatching(line)] })
  expect(ended.stderr).not.toContain('    at ')
}

/** What the node has, to see that it has the same afterwards. */
async function nodeHolds(): Promise<unknown> {
  const [records, view] = await Promise.all([node.records(), node.json<{ storage: unknown }>('/api/v1/node')])
  return { records, chunks: (view.storage as { chunks: number }).chunks }
}

describe('publishing', () => {
  test('a work, the same again, and a new version of it', async () => {
    const folder = artworkFolder('versions', {
      'index.txt': 'one\n',
      'empty.txt': '',
      'deep/er/b.bin': noise(3),
    })
    const first = await publish(folder, '--json')
    expect(JSON.parse(first.stdout)).toMatchObject({ slug: 'versions', sequence: 1, created: true })
    const same = await publish(folder)
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing has changed') })
    writeFileSync(join(folder, 'work', 'index.txt'), 'two\n')
    const second = await publish(folder)
    expect(second.stdout).toContain("Published 'versions', version 2, signed by did:key:")
    const works = (await node.works()).filter(({ slug }) => slug === 'versions')
    expect(works).toMatchObject([{ sequence: 2, progress: { complete: true } }])
    const root = works[0]?.root ?? ''
    const files = await Promise.all(
      ['index.txt', 'empty.txt'].map(async (path) =>
        (await fetch(`${node.url}/works/${root}/${path}`)).text(),
      ),
    )
    expect(files).toEqual(['two\n', ''])
  })

  test('a work of many files in a sharded directory', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2400 }, (_, i) => [`f/${'long-name-'.repeat(9)}${i}.txt`, `${i}\n`]),
    )
    const folder = artworkFolder('many-files', { 'index.txt': 'many\n', ...files })
    expect(await publish(folder)).toMatchObject({ code: 0, mistakes: [] })
    expect((await node.works()).find(({ slug }) => slug === 'many-files')?.progress.complete).toBe(true)
  })

  test('cut off by kill -9, and again by a file that changes, it goes on where it was; progress is told', async () => {
    const folder = artworkFolder('cut-off', { 'film.bin': noise(12), 'index.txt': 'film\n' })
    const args = (at: string) => ['artwork', 'publish', folder, '--key', key, '--node', at]
    const before = await node.records()
    const door = await Doorkeeper.before(node.url, { chunks: 6 })
    const cut = startMeshArt(args(door.url))
    await door.held()
    await cut.kill('SIGKILL')
    expect(await node.records()).toEqual(before)

    const secondDoor = await Doorkeeper.before(node.url, { chunks: 3 })
    const changed = startMeshArt(args(secondDoor.url))
    await secondDoor.held()
    appendFileSync(join(folder, 'work', 'index.txt'), 'changed\n')
    secondDoor.release()
    expectOneLine(
      await changed.ended,
      1,
      /index\.txt: changed while the work was being published: nothing was published/,
    )
    expect(await node.records()).toEqual(before)

    const thirdDoor = await Doorkeeper.before(node.url, { chunks: 1 })
    const last = startMeshArt(args(thirdDoor.url))
    await thirdDoor.held()
    // Nothing is said in the first second.
    await new Promise((resolve) => setTimeout(resolve, 1200))
    thirdDoor.release()
    const ended = await last.ended
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Published 'cut-off', version 1"),
    })
    expect(ended.stderr).toMatch(/sending: \d+ of 15 chunks are there/)
    expect((await node.works()).find(({ slug }) => slug === 'cut-off')?.progress.complete).toBe(true)
  })

  test('withdraws for good, once, and only what is its own', async () => {
    const folder = artworkFolder('withdrawn-work')
    await publish(folder)
    const withdraw = (file: string) =>
      meshArt(['artwork', 'withdraw', 'withdrawn-work', '--key', file, '--node', node.url])
    const before = await nodeHolds()
    expectOneLine(await withdraw(otherKey), 1, /knows no work 'withdrawn-work' signed with this key/)
    expect(await nodeHolds()).toEqual(before)
    expect(await withdraw(key)).toMatchObject({ code: 0, mistakes: [] })
    expect(await withdraw(key)).toMatchObject({ code: 0, stdout: expect.stringContaining('already') })
    const after = await nodeHolds()
    expectOneLine(
      await publish(folder),
      1,
      /'withdrawn-work' was withdrawn, and that is for good.*another slug/,
    )
    expect(await nodeHolds()).toEqual(after)
    expect((await node.works()).map(({ slug }) => slug)).not.toContain('withdrawn-work')
  })
})

describe('what cannot be published is one line a mistake, and changes nothing:', () => {
  test('names that do not travel, links, and paths that lead out of the work', async () => {
    const before = await nodeHolds()
    const backslash = artworkFolder('bad-name', { 'index.txt': 'x', 'a\\b.txt': 'x' })
    expectOneLine(await publish(backslash), 1, /a\\\\b\.txt: has a name that not every card/)
    const deep = artworkFolder('long-path', {
      'index.txt': 'x',
      [`${'d'.repeat(200)}/`.repeat(6) + 'x']: 'x',
    })
    expectOneLine(await publish(deep), 1, /has a path that is too long/)
    const linked = artworkFolder('linked', { 'index.txt': 'x' })
    symlinkSync('/etc/passwd', join(linked, 'work', 'passwords.txt'))
    expectOneLine(await publish(linked), 1, /passwords\.txt: is a symbolic link/)
    for (const entry of ['../artwork.yaml', '/etc/passwd', 'a//b', `${'x'.repeat(300)}.txt`]) {
      const folder = artworkFolder('bad-entry')
      const yaml = join(folder, 'artwork.yaml')
      writeFileSync(yaml, JSON.stringify({ ...describedIn(yaml), entry }))
      const ended = await publish(folder)
      expect(ended).toMatchObject({ code: 1, stdout: '' })
      expect(ended.mistakes[0]).toMatch(/entry: must be a relative path inside the work/)
    }
    expect(await nodeHolds()).toEqual(before)
  })

  test('every mistake of artwork.yaml is listed', async () => {
    const folder = artworkFolder('three-mistakes')
    const yaml = join(folder, 'artwork.yaml')
    writeFileSync(
      yaml,
      JSON.stringify({ ...describedIn(yaml), slug: 'No Slug', track: 'painting', licence: undefined }),
    )
    for (const ended of [await publish(folder), await meshArt(['artwork', 'check', folder])]) {
      expect(ended).toMatchObject({ code: 1, stdout: '' })
      expect(ended.mistakes.map((line) => line.split(':')[1]?.trim())).toEqual(['slug', 'track', 'licence'])
    }
  })

  test('a wrong passphrase, a damaged key file, none; and a key file is never overwritten', async () => {
    const folder = artworkFolder('keys')
    const before = await nodeHolds()
    const wrong = await meshArt(['artwork', 'publish', folder, '--key', key, '--node', node.url], {
      env: { MESH_ART_PASSPHRASE: 'not the passphrase' },
    })
    expectOneLine(wrong, 1, /noor\.key: .*passphrase/)
    const damaged = join(scratch(), 'damaged.key')
    writeFileSync(damaged, '{"format":"mesh-art-key","v":1}')
    for (const args of [
      ['artwork', 'publish', folder, '--key', damaged, '--node', node.url],
      ['key', 'show', damaged],
    ])
      expectOneLine(await meshArt(args), 1, /damaged\.key: not a mesh-art key file/)
    expectOneLine(await meshArt(['key', 'show', join(dir, 'no.key')]), 1, /there is no key file/)
    const keys = contentOf(dir)['noor.key']
    expectOneLine(
      await meshArt(['key', 'create', key]),
      1,
      /noor\.key exists already; a key is never overwritten/,
    )
    expect(contentOf(dir)['noor.key']).toBe(keys)
    const weak = await meshArt(['key', 'create', join(dir, 'weak.key')], {
      env: { MESH_ART_PASSPHRASE: 'short' },
    })
    expectOneLine(weak, 2, /a passphrase needs at least 10 characters/)
    expect(Object.keys(contentOf(dir))).not.toContain('weak.key')
    expect(await nodeHolds()).toEqual(before)
    const asked = await meshArt(['key', 'show', key, '--json'])
    expect(JSON.parse(asked.stdout)).toMatchObject({
      name: 'Noor',
      did: expect.stringMatching(/^did:key:z6Mk/),
    })
    expect(asked.stdout).not.toContain(passphrase)
  })

  test('an address that is none, one where nobody is, and one where somebody else is', async () => {
    const folder = artworkFolder('addresses')
    for (const args of [['status'], ['artwork', 'list'], ['exhibition', 'show']]) {
      expectOneLine(await meshArt([...args, '--node', 'gallery']), 2, /'gallery' is no address of a node/)
      expectOneLine(await meshArt([...args, '--node', 'ftp://x']), 2, /'ftp:\/\/x' is no address of a node/)
      expectOneLine(await meshArt([...args, '--node', 'http://127.0.0.1:9']), 1, /no node answers at http/)
    }
    const nobody = await meshArt(['artwork', 'publish', folder, '--key', key, '--node', 'http://127.0.0.1:9'])
    expectOneLine(nobody, 1, /no node answers at http:\/\/127\.0\.0\.1:9/)
    const page = await meshArt(['status', '--node', `${node.url}/en/about`])
    expectOneLine(page, 1, /answers, but not as a node|refused \(404\)/)
  })
})

describe('what a node is sent past the command line', () => {
  test('a record whose signature is wrong, or that is none, is refused', async () => {
    const before = await nodeHolds()
    const [{ envelope }] = (
      await node.json<{ records: [{ envelope: string }] }>('/api/v1/records?kind=exhibition')
    ).records
    const bytes = Buffer.from(envelope, 'base64')
    const last = bytes.length - 1
    bytes[last] = (bytes[last] ?? 0) ^ 1
    for (const body of [bytes, Buffer.from('no record'), bytes.subarray(0, 40)]) {
      const answer = await fetch(`${node.url}/api/v1/records`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.mesh-art.record' },
        body,
      })
      expect(answer.status).toBe(422)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
    }
    expect(await nodeHolds()).toEqual(before)
  })

  test('a chunk that was cut off is refused, and the upload goes on', async () => {
    const folder = artworkFolder('truncated', { 'index.txt': 'the whole text\n' })
    const checked = await meshArt(['artwork', 'check', folder, '--json'])
    const { root, size, chunks } = JSON.parse(checked.stdout) as {
      root: string
      size: number
      chunks: number
    }
    const before = await nodeHolds()
    await fetch(`${node.url}/api/v1/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ root, size, chunks }),
    })
    const answer = await fetch(`${node.url}/api/v1/uploads/${root}/chunks/${root}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: 'half of',
    })
    expect(answer.status).toBe(422)
    expect(await nodeHolds()).toEqual(before)
    expect(await publish(folder)).toMatchObject({ code: 0 })
  })
})

function describedIn(yaml: string): object {
  return JSON.parse(readFileSync(yaml, 'utf8')) as object
}
