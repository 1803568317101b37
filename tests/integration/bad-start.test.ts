import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Command, meshArt } from './support/command.ts'
import type { Ended } from './support/command.ts'
import { contentOf, scratch } from './support/folders.ts'
import { onLoopback, startNode } from './support/node.ts'

const isRoot = process.getuid?.() === 0

/** An exhibition without works, made once and copied. */
let template = ''
let invite = ''

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'mesh-art-'))
  const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
  await new Command(['exhibition', 'create', '--data-dir', join(template, 'data'), ...texts]).ended
  const made = await new Command(['exhibition', 'invite', '--data-dir', join(template, 'data')]).ended
  invite = made.stdout.trim()
})
afterAll(() => rmSync(template, { recursive: true, force: true }))

function exhibitionData(): string {
  const dir = join(scratch(), 'data')
  cpSync(join(template, 'data'), dir, { recursive: true })
  return dir
}

function start(...args: string[]): Promise<Ended> {
  return meshArt(['node', ...onLoopback, '--log-level', 'warn', ...args])
}

/** Exactly one line, that says the right thing. */
function expectOneLine(ended: Ended, code: 1 | 2, line: RegExp): void {
  expect(ended).toMatchObject({ code, stdout: '', mistakes: [expect.stringMatching(line)] })
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
}

describe('a node that cannot start says why on one line and changes nothing:', () => {
  test('a busy port, with a new data directory and with an old one', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const fresh = join(scratch(), 'data')
    const line = new RegExp(`port ${port} on 127.0.0.1 is in use; .*--http`)
    expectOneLine(await start('--data-dir', fresh, '--http', `127.0.0.1:${port}`), 1, line)
    expect(() => contentOf(fresh)).toThrow('ENOENT')
    const old = exhibitionData()
    const before = contentOf(old)
    expectOneLine(await start('--data-dir', old, '--http', `127.0.0.1:${port}`), 1, line)
    expect(contentOf(old)).toEqual(before)
  })

  test('a data directory under a file', async () => {
    const dir = scratch()
    writeFileSync(join(dir, 'file'), 'a file')
    expectOneLine(await start('--data-dir', join(dir, 'file', 'data')), 1, /cannot be made.*--data-dir/)
    expect(Object.keys(contentOf(dir))).toEqual(['file'])
  })

  test.runIf(isRoot)('a data directory on a read-only disk', async () => {
    const dir = scratch()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,ro', 'tmpfs', dir])
    onTestFinished(() => void execFileSync('umount', [dir]))
    expectOneLine(await start('--data-dir', join(dir, 'data')), 1, /cannot be written.*EROFS/)
    expect(contentOf(dir)).toEqual({})
  })

  test.runIf(isRoot).each([['16k'], ['48k'], ['2m']])('a full data directory, of %s', async (size) => {
    const dir = scratch()
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir])
    onTestFinished(() => void execFileSync('umount', [dir]))
    const ended = await start('--data-dir', dir)
    expect(ended).toMatchObject({
      code: 1,
      mistakes: [expect.stringMatching(/the disk of .* (is full|has 0 MiB free).*free some space/)],
    })
    expect(ended.stderr).not.toContain('    at ')
  })

  test('a database overwritten with something else, and one cut off', async () => {
    for (const damage of ['overwritten', 'cut off']) {
      const dir = exhibitionData()
      const file = join(dir, 'records.sqlite')
      if (damage === 'cut off') truncateSync(file, Math.floor(readFileSync(file).length / 2))
      else writeFileSync(file, 'not a database at all, but long enough to be looked at'.repeat(200))
      const before = contentOf(dir)
      expectOneLine(await start('--data-dir', dir), 1, /records\.sqlite is damaged: move it/)
      expect(contentOf(dir)).toEqual(before)
    }
  })

  test('a database of a newer version', async () => {
    const dir = exhibitionData()
    const database = new DatabaseSync(join(dir, 'records.sqlite'))
    database.exec('PRAGMA user_version = 99')
    database.close()
    const before = contentOf(dir)
    expectOneLine(await start('--data-dir', dir), 1, /written by a newer mesh-art.*newer program/)
    expect(contentOf(dir)).toEqual(before)
  })

  test('a key of the node that is damaged', async () => {
    const dir = exhibitionData()
    writeFileSync(join(dir, 'keys', 'node.key'), 'no key')
    expectOneLine(await start('--data-dir', dir), 1, /node\.key is not an Ed25519 key: put a copy of it back/)
    expect(readFileSync(join(dir, 'keys', 'node.key'), 'utf8')).toBe('no key')
  })

  test('a data directory that another node runs on', async () => {
    const dir = exhibitionData()
    const node = await startNode(['--data-dir', dir])
    expectOneLine(await start('--data-dir', dir), 1, /another node already runs on .*--data-dir/)
    for (const command of ['verify', 'gc'])
      expectOneLine(await meshArt([command, '--data-dir', dir]), 1, /another node already runs on/)
    expect(await node.exhibition()).toMatchObject({ works: 0 })
  })

  test('no exhibition, and none to be founded', async () => {
    const dir = join(scratch(), 'data')
    expectOneLine(await start('--data-dir', dir, '--no-collection'), 1, /holds no exhibition yet; join one/)
  })
})

describe('settings and invites', () => {
  test('three mistakes in node.yaml are three lines, each with its path', async () => {
    const dir = scratch()
    const file = join(dir, 'node.yaml')
    writeFileSync(file, "name: ''\nhttp: { port: 99999 }\nmesh: { mdns: maybe }\ndataDir: data\n")
    const ended = await meshArt(['node', '--config', file])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr.trim().split('\n')).toEqual([
      'mesh-art: name: must not be empty',
      'mesh-art: http.port: must be a port number',
      'mesh-art: mesh.mdns: must be true or false',
    ])
    expect(Object.keys(contentOf(dir))).toEqual(['node.yaml'])
  })

  test('a node.yaml that is not there, and one that is no YAML', async () => {
    const dir = scratch()
    expectOneLine(await start('--config', join(dir, 'no.yaml')), 2, /no\.yaml: cannot be read/)
    writeFileSync(join(dir, 'bad.yaml'), 'name: [')
    expectOneLine(await start('--config', join(dir, 'bad.yaml')), 2, /line 1: /)
  })

  test('an invite that is malformed, cut off or damaged, on the command line and in node.yaml', async () => {
    const dir = join(scratch(), 'data')
    const cases: [string, RegExp][] = [
      ['hello', /--join: an invite begins with mesh-art-invite:/],
      [invite.slice(0, -5), /--join: the invite is damaged or cut off/],
      [invite.replace(/.{3}$/, '!!!'), /--join: the invite holds a character that does not belong there/],
      ['mesh-art-invite:', /--join: the invite is damaged or cut off/],
      [invite + invite.repeat(20), /--join: /],
    ]
    for (const [text, line] of cases) expectOneLine(await start('--data-dir', dir, '--join', text), 2, line)
    const file = join(scratch(), 'node.yaml')
    writeFileSync(file, `join: hello\ndataDir: ${dir}\n`)
    expectOneLine(await start('--config', file), 2, /join: an invite begins with/)
    expect(() => contentOf(dir)).toThrow('ENOENT')
  })

  test('an invite of another exhibition than the data directory is of', async () => {
    const dir = exhibitionData()
    const other = join(scratch(), 'other')
    const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
    await meshArt(['exhibition', 'create', '--data-dir', other, ...texts])
    const { stdout } = await meshArt(['exhibition', 'invite', '--data-dir', other])
    const before = contentOf(dir)
    expectOneLine(
      await start('--data-dir', dir, '--join', stdout.trim()),
      1,
      /belongs to another exhibition than the invite/,
    )
    expect(contentOf(dir)).toEqual(before)
  })

  test('an invite of the exhibition that the data directory is of already just starts', async () => {
    const dir = exhibitionData()
    const node = await startNode(['--data-dir', dir, '--join', invite])
    expect((await node.exhibition()).title).toEqual({ nl: 'T', en: 'T' })
  })

  test('founding again where there is an exhibition, and inviting where there is no key of one', async () => {
    const dir = exhibitionData()
    const before = contentOf(dir)
    const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
    const again = await meshArt(['exhibition', 'create', '--data-dir', dir, ...texts])
    expectOneLine(again, 1, /holds an exhibition already/)
    expect(contentOf(dir)).toEqual(before)
    rmSync(join(dir, 'keys', 'steward.key'))
    const joined = await meshArt(['exhibition', 'invite', '--data-dir', dir])
    expectOneLine(joined, 1, /invites are made on the node that founded it/)
    const empty = scratch()
    mkdirSync(join(empty, 'some'))
    const nowhere = await meshArt(['exhibition', 'invite', '--data-dir', empty])
    expectOneLine(nowhere, 1, /is no data directory of a node that founded an exhibition/)
    for (const command of ['gc', 'verify'])
      expectOneLine(await meshArt([command, '--data-dir', empty]), 1, /is no data directory of a node/)
    expect(contentOf(empty)).toEqual({ some: 'directory' })
  })
})
