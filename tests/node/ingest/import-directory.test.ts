import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, rename, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decode as decodeDagPb } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { importer } from 'ipfs-unixfs-importer'
import type { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { isBlock, linksOfBlock, RAW_CODEC } from '../../../artworks/format/dag.ts'
import { importDirectory } from '../../../node/ingest/import-directory.ts'
import type { ImportProgress } from '../../../node/ingest/import-directory.ts'
import { bytesOf } from '../store/blocks.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'

const MIB = 1024 * 1024

async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  const dir = await temporaryDirectory()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  return dir
}

function collector(): {
  blocks: Map<string, { cid: CID; bytes: Uint8Array }>
  sink: (cid: CID, bytes: Uint8Array) => Promise<void>
} {
  const blocks = new Map<string, { cid: CID; bytes: Uint8Array }>()
  return {
    blocks,
    sink: async (cid, bytes) => {
      blocks.set(cid.toString(), { cid, bytes })
    },
  }
}

async function plainRoot(files: Record<string, Uint8Array>): Promise<string> {
  let root = ''
  const candidates = Object.entries(files).map(([path, content]) => ({ path, content }))
  const options = { profile: 'unixfs-v1-2025' as const, wrapWithDirectory: true }
  for await (const entry of importer(candidates, { put: async (cid) => cid }, options))
    root = entry.cid.toString()
  return root
}

describe('importing a folder', () => {
  const files = {
    'index.html': new TextEncoder().encode('<h1>Golf</h1>'),
    'empty.txt': new Uint8Array(),
    'one.bin': bytesOf(1),
    'media/below.bin': bytesOf(MIB - 1, 2),
    'media/exact.bin': bytesOf(MIB, 3),
    'media/above.bin': bytesOf(MIB + 1, 4),
    'media/long.bin': bytesOf(5 * MIB + 7, 5),
    'media/copy.bin': bytesOf(MIB, 3),
  }

  test('gives the root that a plain run of the importer gives, whatever the order of writing', async () => {
    const { sink } = collector()
    const forth = await importDirectory(await folderOf(files), sink)
    const back = await importDirectory(
      await folderOf(Object.fromEntries(Object.entries(files).reverse())),
      sink,
    )
    expect(forth.root.toString()).toBe(await plainRoot(files))
    expect(back.root.toString()).toBe(forth.root.toString())
    expect(forth.files).toBe(8)
  })

  test('hands on each different block once, verified, and counts what the manifest declares', async () => {
    const { blocks, sink } = collector()
    let calls = 0
    const imported = await importDirectory(await folderOf(files), async (cid, bytes) => {
      calls += 1
      await sink(cid, bytes)
    })
    expect(calls).toBe(blocks.size)
    expect(imported.chunks).toBe(blocks.size)
    expect(imported.size).toBe([...blocks.values()].reduce((sum, { bytes }) => sum + bytes.length, 0))
    for (const { cid, bytes } of blocks.values()) expect(isBlock(cid, bytes)).toBe(true)
    const reached = new Set<string>()
    const reach = (cid: CID): void => {
      const found = blocks.get(cid.toString())
      if (found === undefined) throw new Error(`the DAG lacks ${cid.toString()}`)
      reached.add(cid.toString())
      linksOfBlock(cid, found.bytes).forEach(reach)
    }
    reach(imported.root)
    expect(reached.size).toBe(blocks.size)
  })

  test('follows the profile: CIDv1, raw leaves of 1 MiB, a small file is one raw block', async () => {
    const { blocks, sink } = collector()
    const { root } = await importDirectory(await folderOf(files), sink)
    const node = decodeDagPb(blocks.get(root.toString())?.bytes ?? new Uint8Array())
    expect(UnixFS.unmarshal(node.Data ?? new Uint8Array()).type).toBe('directory')
    expect(node.Links.map(({ Name }) => Name)).toEqual(['empty.txt', 'index.html', 'media', 'one.bin'])
    const leaves = [...blocks.values()].filter(({ cid }) => cid.code === RAW_CODEC)
    expect(Math.max(...leaves.map(({ bytes }) => bytes.length))).toBe(MIB)
    expect([...blocks.values()].every(({ cid }) => cid.version === 1)).toBe(true)
    expect(node.Links.find(({ Name }) => Name === 'one.bin')?.Hash.code).toBe(RAW_CODEC)
    expect(node.Links.find(({ Name }) => Name === 'empty.txt')?.Hash.toString()).toBe(
      'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
    )
  })

  test('tells how far it is', async () => {
    const told: ImportProgress[] = []
    await importDirectory(await folderOf(files), async () => {}, {
      onProgress: (progress) => told.push(progress),
    })
    const total = Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0)
    expect(told.at(-1)).toMatchObject({ bytesRead: total, bytesTotal: total })
    expect(new Set(told.map(({ path }) => path)).size).toBe(7)
  })

  test('leaves out what systems leave in folders, and empty directories', async () => {
    const dir = await folderOf({
      'a.txt': 'a',
      '.DS_Store': 'x',
      'sub/._a.txt': 'x',
      'sub/Thumbs.db': 'x',
      '.well-known/b': 'b',
    })
    await mkdir(join(dir, 'void'))
    const { root, ignored } = await importDirectory(dir, async () => {})
    expect(ignored).toEqual(['.DS_Store', 'sub/._a.txt', 'sub/Thumbs.db'])
    const encoder = new TextEncoder()
    expect(root.toString()).toBe(
      await plainRoot({ 'a.txt': encoder.encode('a'), '.well-known/b': encoder.encode('b') }),
    )
  })

  test('takes 10,000 files in one directory', async () => {
    const dir = await temporaryDirectory()
    const names = Array.from({ length: 10_000 }, (_, i) => `sample-${i}.txt`)
    for (let i = 0; i < names.length; i += 500) {
      await Promise.all(names.slice(i, i + 500).map(async (name) => writeFile(join(dir, name), name)))
    }
    const imported = await importDirectory(dir, async () => {})
    expect(imported.files).toBe(10_000)
    // A directory beyond 256 KiB is sharded: more blocks than one directory.
    expect(imported.chunks).toBeGreaterThan(10_001)
  })

  test('holds few chunks at once, however large the files', async () => {
    const large = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.bin`, bytesOf(8 * MIB, i)]))
    const dir = await folderOf(large)
    let now = 0
    let most = 0
    await importDirectory(dir, async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      now -= 1
    })
    expect(most).toBeLessThanOrEqual(16)
  })
})

describe('what is refused', () => {
  const nothing = async (): Promise<void> => {}

  test('links, devices and names that do not travel, all at once', async () => {
    const dir = await folderOf({
      'good.txt': 'good',
      'back\\slash.txt': 'x',
      'line\nbreak.txt': 'x',
      'cafe\u0301.txt': 'x',
      'foto\u202egnp.exe': 'x',
      'العمل.txt': 'x',
      '作品.txt': 'x',
    })
    await symlink('/etc/passwd', join(dir, 'passwd'))
    await symlink('..', join(dir, 'up'))
    execFileSync('mkfifo', [join(dir, 'pipe')])
    const refused = importDirectory(dir, nothing)
    await expect(refused).rejects.toMatchObject({
      code: 'bad-file',
      issues: [
        { path: 'back\\\\slash.txt', message: expect.stringMatching(/rename/) },
        { path: 'cafe\u0301.txt', message: expect.stringMatching(/normal form C/) },
        {
          path: expect.stringMatching(/^foto.*gnp\.exe$/),
          message: expect.stringMatching(/turn the direction/),
        },
        { path: 'line\\nbreak.txt', message: expect.stringMatching(/rename/) },
        { path: 'passwd', message: expect.stringMatching(/symbolic link/) },
        { path: 'pipe', message: expect.stringMatching(/neither a file nor a directory/) },
        { path: 'up', message: expect.stringMatching(/symbolic link/) },
      ],
    })
  })

  test('a name that is not UTF-8', async () => {
    const dir = await temporaryDirectory()
    await writeFile(Buffer.concat([Buffer.from(`${dir}/`), Buffer.from([0x67, 0xff, 0x66])]), 'x')
    await expect(importDirectory(dir, nothing)).rejects.toThrow(/not UTF-8/)
  })

  test('paths that are too long, and trees that are too deep', async () => {
    const long = Array.from({ length: 6 }, () => 'n'.repeat(200)).join('/')
    await expect(importDirectory(await folderOf({ [`${long}/a.txt`]: 'a' }), nothing)).rejects.toThrow(
      /too long/,
    )
    const deep = Array.from({ length: 17 }, () => 'd').join('/')
    await expect(importDirectory(await folderOf({ [`${deep}/a.txt`]: 'a' }), nothing)).rejects.toThrow(
      /16 blocks deep/,
    )
  })

  test('an empty folder, an absent one, and a file', async () => {
    const dir = await folderOf({ 'a.txt': 'a' })
    await expect(importDirectory(await temporaryDirectory(), nothing)).rejects.toMatchObject({
      code: 'empty',
    })
    await expect(importDirectory(join(dir, 'absent'), nothing)).rejects.toMatchObject({ code: 'not-found' })
    await expect(importDirectory(join(dir, 'a.txt'), nothing)).rejects.toThrow(/is not a directory/)
  })

  test.each<[string, (path: string) => Promise<void>]>([
    ['grows', async (path) => appendFile(path, 'more')],
    ['shrinks', async (path) => writeFile(path, 'less')],
    ['is touched', async (path) => utimes(path, new Date(), new Date())],
    [
      'is replaced by a link',
      async (path) => {
        await rename(path, `${path}.old`)
        await symlink('/etc/passwd', path)
      },
    ],
    [
      'is replaced by another file',
      async (path) => {
        await writeFile(`${path}.new`, bytesOf(3 * MIB, 7))
        await rename(`${path}.new`, path)
      },
    ],
  ])('a file that %s while it waits to be read or is being read', async (_, makeChange) => {
    const names = Array.from({ length: 8 }, (_, i) => `${i}.bin`)
    for (const victim of ['0.bin', '7.bin']) {
      const dir = await folderOf(Object.fromEntries(names.map((name, i) => [name, bytesOf(6 * MIB, i)])))
      // No block is taken before the change is done, and no file is read to its end before its first blocks are taken.
      let change: Promise<void> | undefined
      const changing = importDirectory(dir, async () => {
        change ??= makeChange(join(dir, victim))
        await change
      })
      await expect(changing).rejects.toThrow(`${victim}: changed while it was being read`)
    }
  })

  test('a sink that fails: its error is told and no block follows', async () => {
    const dir = await folderOf(
      Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.bin`, bytesOf(4 * MIB, i)])),
    )
    let calls = 0
    let after = 0
    let failed = false
    const imported = importDirectory(dir, async () => {
      if (failed) after += 1
      calls += 1
      if (calls === 3) throw new Error('the disk is full')
    })
    await expect(imported).rejects.toThrow('the disk is full')
    failed = true
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    expect(after).toBe(0)
  })

  test('an abort', async () => {
    const dir = await folderOf({ 'a.bin': bytesOf(4 * MIB) })
    const controller = new AbortController()
    const imported = importDirectory(dir, async () => controller.abort(), { signal: controller.signal })
    await expect(imported).rejects.toThrow(/abort/i)
    await expect(importDirectory(dir, nothing, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })
})
