import * as fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { preferences } from '../../../node/http/accept.ts'
import { BoundedMap } from '../../../node/http/bounded-map.ts'
import { parseByteRange } from '../../../node/http/byte-range.ts'
import { mediaTypeOf } from '../../../node/http/content/media-type.ts'
import { Turnstile } from '../../../node/http/content/turnstile.ts'
import { parseUnixfsNode } from '../../../artworks/format/unixfs-node.ts'
import { findEntry, readFile } from '../../../node/http/content/unixfs-reader.ts'
import { importFiles, patterned } from './exhibition-fixture.ts'
import type { ImportedWork } from './exhibition-fixture.ts'

const MIB = 1024 * 1024

function readerOf(work: ImportedWork): { getBlock: (cid: CID) => Promise<Uint8Array>; reads: string[] } {
  const blocks = new Map(work.blocks.map(({ cid, bytes }) => [cid.toString(), bytes]))
  const reads: string[] = []
  return {
    reads,
    getBlock: async (cid) => {
      reads.push(cid.toString())
      return blocks.get(cid.toString()) ?? Promise.reject(new Error('not here'))
    },
  }
}

async function fileOf(work: ImportedWork, name: string) {
  const { getBlock } = readerOf(work)
  const entry = await findEntry(getBlock, work.root, name, { directoryEntries: 100_000 })
  if (entry === undefined) throw new Error(`no ${name}`)
  const node = parseUnixfsNode(entry.cid, await getBlock(entry.cid))
  return { cid: entry.cid, size: node.kind === 'file' ? node.size : 0 }
}

async function collect(items: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const item of items) all.push(item)
  return Buffer.concat(all)
}

/** What it gives, or the code of the error it throws. */
function outcomeOf(make: () => string): unknown {
  try {
    return make()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('reading a file', () => {
  test('gives any part of it, reading no leaf outside', async () => {
    const content = patterned(5 * MIB + 77)
    const work = await importFiles({ f: content })
    const file = await fileOf(work, 'f')
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: content.length }), fc.nat({ max: content.length }), async (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a]
        const { getBlock, reads } = readerOf(work)
        const bytes = await collect(readFile(getBlock, file, start, end))
        expect(Buffer.compare(bytes, content.subarray(start, end))).toBe(0)
        const leaves = start === end ? 0 : Math.ceil(end / MIB) - Math.floor(start / MIB)
        expect(reads.length).toBe(leaves === 0 ? 0 : leaves + 1)
      }),
      { numRuns: 30 },
    )
  })

  test('reads no further than its reader', async () => {
    const work = await importFiles({ f: patterned(8 * MIB) })
    const { getBlock, reads } = readerOf(work)
    const pieces = readFile(getBlock, await fileOf(work, 'f'))
    await pieces.next()
    await pieces.next()
    expect(reads.length).toBe(3)
    await pieces.return(undefined)
  })

  test('refuses a DAG that lies about its sizes', async () => {
    const work = await importFiles({ f: patterned(2 * MIB) })
    const file = await fileOf(work, 'f')
    const { getBlock } = readerOf(work)
    await expect(collect(readFile(getBlock, { ...file, size: file.size + 1 }))).rejects.toMatchObject({
      code: 'block-mismatch',
    })
    const short = async (cid: CID): Promise<Uint8Array> => {
      const bytes = await getBlock(cid)
      return cid.code === 0x55 ? bytes.subarray(1) : bytes
    }
    await expect(collect(readFile(short, file))).rejects.toMatchObject({ code: 'block-mismatch' })
  })

  test('finds a name in a large, sharded directory', async () => {
    const names = Array.from({ length: 6000 }, (_, i) => `bestand-met-een-lange-naam-${i}.txt`)
    const work = await importFiles(Object.fromEntries(names.map((name) => [name, name])))
    const { getBlock } = readerOf(work)
    expect(parseUnixfsNode(work.root, await getBlock(work.root)).kind).toBe('shard')
    const limits = { directoryEntries: 50_000 }
    for (const name of [names[0], names[2999], names[5999]]) {
      const entry = await findEntry(getBlock, work.root, name ?? '', limits)
      expect(Buffer.from(await getBlock(entry?.cid ?? work.root)).toString()).toBe(name)
    }
    expect(await findEntry(getBlock, work.root, 'nothing', limits)).toBeUndefined()
    await expect(findEntry(getBlock, work.root, 'nothing', { directoryEntries: 100 })).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  test('is of nothing that is no file or directory', () => {
    const cid = CID.parse('bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(outcomeOf(() => parseUnixfsNode(cid, bytes).kind)).toMatch(
          /^(file|directory|shard|block-mismatch)$/,
        )
      }),
    )
  })
})

describe('a byte range', () => {
  test('is always inside the file, or no range', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,5}-\d{0,5}$/)),
        fc.nat(100_000),
        (header, size) => {
          const range = parseByteRange(header, size)
          if (range === null || range === 'unsatisfiable') return
          expect(range.start).toBeGreaterThanOrEqual(0)
          expect(range.end).toBeGreaterThan(range.start)
          expect(range.end).toBeLessThanOrEqual(size)
        },
      ),
    )
  })
})

describe('small parts', () => {
  test.each([
    ['a/b/index.html', 'text/html; charset=utf-8'],
    ['main.js', 'text/javascript; charset=utf-8'],
    ['main.mjs', 'text/javascript; charset=utf-8'],
    ['a.SVG', 'image/svg+xml; charset=utf-8'],
    ['data.json', 'application/json; charset=utf-8'],
    ['film.webm', 'video/webm'],
    ['geluid.opus', 'audio/ogg'],
    ['geluid.m4a', 'audio/mp4'],
    ['ding.glb', 'model/gltf-binary'],
    ['ondertitels.vtt', 'text/vtt; charset=utf-8'],
    ['tekst.md', 'text/markdown; charset=utf-8'],
    ['boek.pdf', 'application/pdf'],
    ['code.wasm', 'application/wasm'],
    ['naamloos', 'application/octet-stream'],
    ['html', 'application/octet-stream'],
    ['x.constructor', 'application/octet-stream'],
  ])('a file named %s is %s', (name, type) => {
    expect(mediaTypeOf(name)).toBe(type)
  })

  test('preferences are ordered by weight', () => {
    expect(preferences('a;q=0.1, b, c;q=0, d;q=0.5;x=y').map(({ value }) => value)).toEqual(['b', 'd', 'a'])
    expect(preferences(undefined)).toEqual([])
  })

  test('a bounded map forgets what was not used for longest', () => {
    const map = new BoundedMap<string, string>(5, (value) => value.length)
    map.set('a', 'aa')
    map.set('b', 'bb')
    map.get('a')
    map.set('c', 'cc')
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['aa', undefined, 'cc'])
    map.set('d', 'too large')
    expect(map.get('d')).toBeUndefined()
  })

  test('a turnstile lets in as many as there are places, in order', async () => {
    const turnstile = new Turnstile(1, 50)
    const { signal } = new AbortController()
    const first = await turnstile.enter(signal)
    const order: string[] = []
    const second = turnstile.enter(signal).then((leave) => {
      order.push('second')
      return leave
    })
    const gone = new AbortController()
    const third = turnstile.enter(gone.signal)
    gone.abort()
    expect(await third).toBeNull()
    first?.()
    first?.()
    const leave = await second
    expect(order).toEqual(['second'])
    expect(await turnstile.enter(signal)).toBeNull()
    leave?.()
    expect(await turnstile.enter(signal)).not.toBeNull()
  })
})
