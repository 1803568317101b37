import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ustarHeader } from '../../../node/http/source/ustar.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { appOf, exhibition, patterned } from './exhibition-fixture.ts'

const run = promisify(execFile)

async function write(dir: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
}

/** null when the path does not fit. */
function headerOf(path: string, size: number): Buffer | null {
  try {
    return ustarHeader({ path, size, executable: false })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const deep = `docs/${'long-folder-name/'.repeat(8)}file.md`

async function unpack(dir: string): Promise<{ paths: string[]; into: string; archive: Buffer }> {
  const { app } = await appOf(await exhibition({ sourceDir: dir }))
  const answer = await app.inject('/source.tar.gz')
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/gzip'])
  const into = await temporaryDirectory()
  await writeFile(join(into, 'source.tar.gz'), answer.rawPayload)
  await run('tar', ['-xzf', 'source.tar.gz'], { cwd: into })
  const { stdout } = await run('tar', ['-tzf', 'source.tar.gz'], { cwd: into })
  return { paths: stdout.trim().split('\n'), into, archive: answer.rawPayload }
}

describe('the source of the running program', () => {
  test('is every file of it and nothing else, the same each time', async () => {
    const dir = await temporaryDirectory()
    const picture = patterned(200_000)
    await write(dir, {
      'package.json': '{}',
      'node/main.ts': 'main',
      'node/picture.webp': picture,
      'node/exactly.bin': patterned(512),
      [deep]: 'deep',
      'docs/leeg.md': '',
      'docs/één ü.md': 'x',
      'node_modules/a/index.js': 'not ours',
      'data/key': 'secret',
      'exhibit-ui/dist/index.html': 'built',
      'node/.hidden': 'hidden',
      'private.txt': 'not listed',
    })
    await chmod(join(dir, 'node/main.ts'), 0o755)
    await symlink('/etc/passwd', join(dir, 'node/link'))
    const { paths, into, archive } = await unpack(dir)
    const root = 'mesh-art-network-0.1.0-test'
    expect(paths.filter((path) => path.includes('secret') || path.includes('link'))).toEqual([])
    expect(paths.length).toBe(7)
    expect(await readFile(join(into, root, 'node/picture.webp'))).toEqual(Buffer.from(picture))
    expect(await readFile(join(into, root, deep), 'utf8')).toBe('deep')
    expect(await readFile(join(into, root, 'docs/één ü.md'), 'utf8')).toBe('x')
    expect((await unpack(dir)).archive.equals(archive)).toBe(true)
  })

  test('is what git tracks, where there is git', async () => {
    const dir = await temporaryDirectory()
    await write(dir, { 'tracked.txt': 'tracked', 'untracked.txt': 'x', 'gone.txt': 'x' })
    const git = (...args: string[]) => run('git', args, { cwd: dir })
    await git('init', '-q')
    await git('add', 'tracked.txt', 'gone.txt')
    await run('rm', ['gone.txt'], { cwd: dir })
    expect((await unpack(dir)).paths).toEqual(['mesh-art-network-0.1.0-test/tracked.txt'])
  })

  test('has headers of one block with the right checksum, or none at all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zé-]{1,60}$/), { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 2 ** 31 }),
        (parts, size) => {
          const path = parts.join('/')
          const header = headerOf(path, size)
          expect(header !== null || Buffer.byteLength(path) > 100).toBe(true)
          if (header === null) return
          const text = (from: number, length: number): string =>
            header
              .subarray(from, from + length)
              .toString()
              .replace(/\0.*$/s, '')
          const prefix = text(345, 155)
          expect(prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`).toBe(path)
          expect(Number.parseInt(text(124, 12), 8)).toBe(size)
          const sum = Number.parseInt(text(148, 8), 8)
          header.fill(' ', 148, 156)
          expect(header.reduce((total, byte) => total + byte, 0)).toBe(sum)
        },
      ),
    )
  })
})
