import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDataDir } from '../../../node/store/data-dir.ts'
import { loadOrCreateKey } from '../../../node/store/node-key.ts'
import { temporaryDirectory } from './temporary-directory.ts'

describe('a data directory', () => {
  test('is made with what it needs, and keys are for this user alone', async () => {
    const dir = join(await temporaryDirectory(), 'deep', 'data')
    const opened = await openDataDir(dir)
    expect(opened).toMatchObject({
      path: dir,
      chunks: join(dir, 'chunks'),
      records: join(dir, 'records.sqlite'),
      nodeKey: join(dir, 'keys', 'node.key'),
    })
    expect((await stat(opened.keys)).mode & 0o777).toBe(0o700)
    opened.close()
    opened.close()
  })

  test('is held by one node at a time', async () => {
    const dir = await temporaryDirectory()
    const first = await openDataDir(dir)
    await expect(openDataDir(dir)).rejects.toMatchObject({ code: 'in-use' })
    await expect(openDataDir(dir)).rejects.toThrow(`another node already runs on ${dir}`)
    first.close()
    ;(await openDataDir(dir)).close()
  })

  test('held by another process is free as soon as that is killed', async () => {
    const dir = await temporaryDirectory()
    const child = spawn(process.execPath, [join(import.meta.dirname, 'hold-data-dir.ts'), dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await expect(openDataDir(dir)).rejects.toMatchObject({ code: 'in-use' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    ;(await openDataDir(dir)).close()
  })

  test('that cannot be made says so in one line', async () => {
    const dir = await temporaryDirectory()
    await writeFile(join(dir, 'file'), 'not a directory')
    await symlink('/media/stick-that-is-not-there/data', join(dir, 'link'))
    for (const wrong of [join(dir, 'file', 'data'), join(dir, 'link'), '/proc/data']) {
      const opened = openDataDir(wrong)
      await expect(opened).rejects.toMatchObject({ code: 'disk-unwritable' })
      await expect(opened).rejects.toThrow(`${wrong} cannot be made`)
    }
  })

  test.runIf(process.getuid?.() === 0)('on a disk that is read-only says so in one line', async () => {
    const dir = await temporaryDirectory()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', dir])
    onTestFinished(() => void execFileSync('umount', [dir]))
    await expect(openDataDir(join(dir, 'data'))).rejects.toThrow(/cannot be written \(EROFS\)/)
    await expect(openDataDir(dir)).rejects.toMatchObject({ code: 'disk-unwritable' })
  })
})

describe("a node's key", () => {
  test('is made once, in a file for its owner alone', async () => {
    const path = join(await temporaryDirectory(), 'node.key')
    const made = await loadOrCreateKey(path)
    const loaded = await loadOrCreateKey(path)
    expect(loaded.equals(made)).toBe(true)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await readFile(path)).length).toBe(68)
  })

  test('is closed again to others when a copy was put back', async () => {
    const path = join(await temporaryDirectory(), 'node.key')
    await loadOrCreateKey(path)
    await chmod(path, 0o644)
    await loadOrCreateKey(path)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['empty', ''],
    ['half', '\u0008\u0001\u0012'],
    ['long', 'x'.repeat(5000)],
  ])('that is %s is told of and never replaced', async (_, content) => {
    const path = join(await temporaryDirectory(), 'node.key')
    await writeFile(path, content)
    await expect(loadOrCreateKey(path)).rejects.toMatchObject({ code: 'bad-key-file' })
    expect(await readFile(path, 'utf8')).toBe(content)
  })
})
