import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as nodeFs from 'node:fs/promises'
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseChunkCid } from '../../../artworks/format/dag.ts'
import type { FileSystem } from '../../../node/store/durable-files.ts'
import { FileChunkStore, fileChunkStoreLimits } from '../../../node/store/file-chunk-store.ts'
import { block, bytesOf, rawBlock } from './blocks.ts'
import { describeChunkStore } from './chunk-store-compliance.ts'
import { temporaryDirectory } from './temporary-directory.ts'

function pathOf(dir: string, cid: { toString(): string }): string {
  return join(dir, cid.toString())
}

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x10
  await writeFile(path, bytes)
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code })
}

describeChunkStore('FileChunkStore', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mesh-art-'))
  return {
    store: await FileChunkStore.open(dir, { reserveBytes: 0 }),
    damage: async ({ cid }) => flipByte(pathOf(dir, cid)),
    remove: async () => rm(dir, { recursive: true, force: true }),
  }
})

describe('starting anew', () => {
  test('knows what was put, by name and size', async () => {
    const dir = await temporaryDirectory()
    const blocks = Array.from({ length: 50 }, (_, i) => block(bytesOf(10 + i, i)))
    const first = await FileChunkStore.open(dir, { reserveBytes: 0 })
    await Promise.all(blocks.map(async (it) => first.put(it.cid, it.bytes)))
    await first.close()
    const second = await FileChunkStore.open(dir, { reserveBytes: 0 })
    expect(second.usage()).toEqual(first.usage())
    for (const it of blocks) expect(new Uint8Array((await second.get(it.cid)) ?? [])).toEqual(it.bytes)
  })

  test('removes what was being written', async () => {
    const dir = await temporaryDirectory()
    await mkdir(join(dir, 'incoming'), { recursive: true })
    await writeFile(join(dir, 'incoming', 'half'), 'half a block')
    await FileChunkStore.open(dir)
    expect(await readdir(join(dir, 'incoming'))).toEqual([])
  })

  test('sets aside what cannot be a block', async () => {
    const dir = await temporaryDirectory()
    const [emptied, moved, linked] = [rawBlock('emptied'), rawBlock('moved'), rawBlock('linked')]
    const kept = block(new Uint8Array())
    const first = await FileChunkStore.open(dir, { reserveBytes: 0 })
    for (const it of [emptied, moved, linked, kept]) await first.put(it.cid, it.bytes)
    await truncate(pathOf(dir, emptied.cid), 0)
    await rm(pathOf(dir, linked.cid))
    await symlink('/etc/hostname', pathOf(dir, linked.cid))
    await nodeFs.rename(pathOf(dir, moved.cid), join(dir, `${moved.cid.toString()}.old`))
    await writeFile(join(dir, 'notes.txt'), 'not a block')
    await writeFile(join(dir, `bafkreia${'a'.repeat(51)}`), bytesOf(2 * 1024 * 1024))
    const second = await FileChunkStore.open(dir, { reserveBytes: 0 })
    expect([...second.list()]).toEqual([kept.cid.toString()])
    expect(await readdir(join(dir, 'quarantine'))).toHaveLength(5)
  })

  test('keeps a bounded number of damaged files', async () => {
    const dir = await temporaryDirectory()
    const count = fileChunkStoreLimits.quarantinedFiles + 5
    for (let i = 0; i < count; i++) await writeFile(join(dir, `junk-${i}`), 'junk')
    await FileChunkStore.open(dir)
    expect(await readdir(join(dir, 'quarantine'))).toHaveLength(fileChunkStoreLimits.quarantinedFiles)
    expect((await readdir(dir)).sort()).toEqual(['incoming', 'quarantine'])
  })

  test('moves the files of an older store, which had folders of two characters, to where they belong', async () => {
    const dir = await temporaryDirectory()
    const blocks = Array.from({ length: 20 }, (_, i) => block(bytesOf(10 + i, i)))
    const first = await FileChunkStore.open(dir, { reserveBytes: 0 })
    for (const it of blocks) await first.put(it.cid, it.bytes)
    for (const it of blocks.slice(5)) {
      const folder = join(dir, it.cid.toString().slice(-2))
      await mkdir(folder, { recursive: true })
      await nodeFs.rename(pathOf(dir, it.cid), join(folder, it.cid.toString()))
    }
    await mkdir(join(dir, 'zz'), { recursive: true })
    await writeFile(join(dir, 'zz', 'incoming'), 'not a block')
    const second = await FileChunkStore.open(dir, { reserveBytes: 0 })
    for (const it of blocks) expect(new Uint8Array((await second.get(it.cid)) ?? [])).toEqual(it.bytes)
    const left = (await readdir(dir)).filter((name) => !name.startsWith('baf'))
    expect(left.sort()).toEqual(['incoming', 'quarantine'])
    expect(await readdir(join(dir, 'quarantine'))).toHaveLength(1)
  })

  test('finds half a block on reading, quarantines it and tells', async () => {
    const dir = await temporaryDirectory()
    const stored = block(bytesOf(9000))
    const first = await FileChunkStore.open(dir, { reserveBytes: 0 })
    await first.put(stored.cid, stored.bytes)
    await truncate(pathOf(dir, stored.cid), 4000)
    const second = await FileChunkStore.open(dir, { reserveBytes: 0 })
    expect(second.has(stored.cid)).toBe(true)
    expect(await second.get(stored.cid)).toBeNull()
    expect(second.has(stored.cid)).toBe(false)
    expect(await readdir(join(dir, 'quarantine'))).toHaveLength(1)
  })

  test('serves nothing damaged and loses nothing announced after kill -9 during puts', async () => {
    const dir = await temporaryDirectory()
    const durable = new Set<string>()
    for (const seed of ['1', '2', '3']) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'put-until-killed.ts'), dir, seed], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let text = ''
      for await (const data of child.stdout) {
        text += String(data)
        // Killed in the middle of its work, at a different point each time.
        if (text.split('\n').length > 20 * Number(seed)) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')
      for (const line of text.split('\n').slice(0, -1)) durable.add(line)
    }
    const store = await FileChunkStore.open(dir, { reserveBytes: 0 })
    const damaged: string[] = []
    store.onDamage(({ cid }) => damaged.push(cid))
    for (const cid of store.list()) expect(await store.get(parseChunkCid(cid))).not.toBeNull()
    expect(damaged).toEqual([])
    expect([...durable].filter((cid) => !store.has(parseChunkCid(cid)))).toEqual([])
    expect(durable.size).toBeGreaterThan(100)
  })
})

describe('a disk that refuses', () => {
  async function storeOn(dir: string, faults: Partial<FileSystem>): Promise<FileChunkStore> {
    return FileChunkStore.open(dir, { reserveBytes: 0, fs: { ...nodeFs, ...faults } })
  }

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'disk-unwritable'],
    ['EACCES', 'disk-unwritable'],
    ['EIO', 'disk-unwritable'],
  ])('%s on writing is %s, and nothing is held or left', async (system, code) => {
    const dir = await temporaryDirectory()
    const { cid, bytes } = rawBlock('unlucky')
    const store = await storeOn(dir, {
      open: async (path, ...rest) => {
        const file = await nodeFs.open(path, ...rest)
        if (String(path).includes('incoming')) {
          file.sync = async () => {
            throw failure(system)
          }
        }
        return file
      },
    })
    const puts = await Promise.allSettled([store.put(cid, bytes), store.put(cid, bytes)])
    for (const put of puts) expect(put).toMatchObject({ status: 'rejected', reason: { code } })
    expect(store.has(cid)).toBe(false)
    expect(await readdir(join(dir, 'incoming'))).toEqual([])
  })

  test('does not count a block as held when its directory was not synced', async () => {
    const dir = await temporaryDirectory()
    const { cid, bytes } = rawBlock('renamed, not durable')
    let failing = true
    const store = await storeOn(dir, {
      open: async (path, ...rest) => {
        if (failing && String(path) === dir) throw failure('EIO')
        return nodeFs.open(path, ...rest)
      },
    })
    await expect(store.put(cid, bytes)).rejects.toMatchObject({ code: 'disk-unwritable' })
    expect(store.has(cid)).toBe(false)
    failing = false
    await store.put(cid, bytes)
    expect(await store.get(cid)).not.toBeNull()
  })

  test('a file that cannot be read is damage; a machine out of file handles is not', async () => {
    const dir = await temporaryDirectory()
    const { cid, bytes } = rawBlock('hard to read')
    let fault: string | null = null
    const store = await storeOn(dir, {
      open: async (path, flags, mode) => {
        if (fault !== null && flags === 'r' && String(path).endsWith(cid.toString())) throw failure(fault)
        return nodeFs.open(path, flags, mode)
      },
    })
    await store.put(cid, bytes)
    fault = 'EMFILE'
    await expect(store.get(cid)).rejects.toMatchObject({ code: 'EMFILE' })
    expect(store.has(cid)).toBe(true)
    fault = 'EIO'
    const told: string[] = []
    store.onDamage(({ cause }) => told.push(cause))
    expect(await store.get(cid)).toBeNull()
    expect(told).toEqual(['unreadable'])
  })

  test('keeps the reserve free and says what to do', async () => {
    const dir = await temporaryDirectory()
    const { cid, bytes } = rawBlock('one too many')
    let bavail = 1000
    const store = await FileChunkStore.open(dir, {
      reserveBytes: 4096 * 1000,
      fs: { ...nodeFs, statfs: async () => ({ bavail, bsize: 4096, blocks: 10_000 }) as never },
    })
    await expect(store.put(cid, bytes)).rejects.toThrow(/free some space.*mesh-art gc/)
    bavail = 1001
    await store.put(cid, bytes)
  })

  test('keeps at most 5 % of a small disk by default', async () => {
    const dir = await temporaryDirectory()
    const disk = (blocks: number): FileSystem => ({
      ...nodeFs,
      statfs: async () => ({ bavail: blocks, bsize: 4096, blocks }) as never,
    })
    const small = await FileChunkStore.open(dir, { fs: disk(100_000) })
    expect(small.reserveBytes).toBe(100_000 * 4096 * 0.05)
    const large = await FileChunkStore.open(dir, { fs: disk(100_000_000) })
    expect(large.reserveBytes).toBe(256 * 1024 * 1024)
  })

  test('a store that cannot be made says so in one line', async () => {
    const dir = await temporaryDirectory()
    const fs: FileSystem = {
      ...nodeFs,
      mkdir: async () => {
        throw failure('EACCES')
      },
    }
    await expect(FileChunkStore.open(dir, { fs })).rejects.toThrow(/cannot be written \(EACCES\)/)
  })
})
