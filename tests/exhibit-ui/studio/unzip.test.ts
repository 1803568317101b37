import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unzip, zipLimits } from '../../../exhibit-ui/studio/read/unzip.ts'
import { zipOf } from './zip-builder.ts'

async function contents(zip: Blob): Promise<Record<string, string>> {
  const files = await unzip(zip)
  return Object.fromEntries(await Promise.all(files.map(async ({ path, blob }) => [path, await blob.text()])))
}

const refusal = (zip: Blob): Promise<unknown> =>
  unzip(zip).then(
    (files) => files.map(({ path }) => path),
    (error: { code: string }) => error.code,
  )

describe('a zip', () => {
  test('gives its files, folders entered, without what systems leave in it', async () => {
    const zip = zipOf([
      { name: 'werk/', mode: 0o040755 },
      { name: 'werk/index.html', content: '<h1>' },
      { name: 'werk/a/é.txt', content: 'é'.repeat(1000), isStored: true },
      { name: '__MACOSX/werk/._index.html', content: 'x' },
      { name: 'werk/.DS_Store', content: 'x' },
    ])
    expect(await contents(zip)).toEqual({ 'werk/index.html': '<h1>', 'werk/a/é.txt': 'é'.repeat(1000) })
  })

  const refused: [string, Blob, string][] = [
    ['is none', new Blob(['PK, but not really']), 'not-a-zip'],
    ['leads out of its folder', zipOf([{ name: '../../etc/passwd', content: 'x' }]), 'path'],
    ['leads out of a folder in it', zipOf([{ name: 'a/../../b', content: 'x' }]), 'path'],
    ['begins at the root', zipOf([{ name: '/etc/passwd', content: 'x' }]), 'path'],
    ['goes by the rules of another system', zipOf([{ name: '..\\..\\b', content: 'x' }]), 'path'],
    ['has a folder that leads out', zipOf([{ name: '../', mode: 0o040755 }]), 'path'],
    [
      'has one name twice',
      zipOf([
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ]),
      'path',
    ],
    ['has a name that turns around', zipOf([{ name: 'foto\u202egnp.exe', content: 'x' }]), 'path'],
    ['has a name that is not UTF-8', zipOf([{ name: Buffer.from([0x61, 0xff]), content: 'x' }]), 'path'],
    ['holds a symbolic link', zipOf([{ name: 'a', content: '/etc/passwd', mode: 0o120777 }]), 'link'],
    ['holds a device', zipOf([{ name: 'a', mode: 0o060644 }]), 'link'],
    ['is locked', zipOf([{ name: 'a', content: 'x', says: { flags: 1 } }]), 'encrypted'],
    ['is packed in another way', zipOf([{ name: 'a', content: 'x', says: { method: 14 } }]), 'method'],
    ['holds a wrong sum', zipOf([{ name: 'a', content: 'x', says: { crc: 1 } }]), 'not-a-zip'],
    ['grows far beyond its size', zipOf([{ name: 'a', content: new Uint8Array(32 * 1024 * 1024) }]), 'bomb'],
    [
      'is longer inside than it says',
      zipOf([{ name: 'a', content: new Uint8Array(4 * 1024 * 1024), says: { size: 10 } }]),
      'bomb',
    ],
    [
      'lays its entries over one another',
      zipOf([
        { name: 'a', content: 'x'.repeat(500), isStored: true },
        { name: 'b', content: 'x'.repeat(500), isStored: true, says: { at: 0, packed: 2000, size: 2000 } },
      ]),
      'bomb',
    ],
    [
      'is too large unpacked',
      zipOf([
        {
          name: 'a',
          content: new Uint8Array(6_000_000).map((_, i) => i * i),
          isStored: true,
          says: { size: zipLimits.unpackedBytes + 1 },
        },
      ]),
      'too-large',
    ],
  ]
  for (const [what, zip, code] of refused) {
    test(`that ${what} is refused whole: ${code}`, async () => {
      expect(await refusal(zip)).toBe(code)
    })
  }

  test('cut or changed anywhere gives its files or a refusal, and nothing else', async () => {
    const bytes = new Uint8Array(
      await zipOf([
        { name: 'a.txt', content: 'a'.repeat(200) },
        { name: 'b/c.txt', content: 'b', isStored: true },
      ]).arrayBuffer(),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(bytes.length),
        async (at, change, length) => {
          const changed = bytes.slice(0, Math.max(1, length))
          changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ change
          const answer = await refusal(new Blob([changed]))
          expect(
            Array.isArray(answer) ||
              /^(not-a-zip|path|link|encrypted|method|bomb|too-large)$/.test(String(answer)),
          ).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
