import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { credentialLimits, hasContentCredentials } from '../../../artworks/format/content-credentials.ts'
import { credentialedJpeg, mp4, plainJpeg, png, riff } from './credentialed-files.ts'

const found = (file: Uint8Array): Promise<boolean> =>
  hasContentCredentials(async (at, length) => file.subarray(at, at + length))

describe('Content Credentials', () => {
  const files: [string, () => Promise<Buffer> | Buffer, boolean][] = [
    ['a JPEG', credentialedJpeg, true],
    ['a JPEG without', plainJpeg, false],
    ['a PNG', () => png('IHDR', 'caBX', 'IDAT'), true],
    ['a PNG without', () => png('IHDR', 'IDAT'), false],
    ['a WebP', () => riff('WEBP', 'VP8 ', 'C2PA'), true],
    ['a WebP without', () => riff('WEBP', 'VP8 ', 'EXIF'), false],
    ['an AVIF', () => mp4(false), true],
    ['a film whose box has a long size', () => mp4(true), true],
    ['a film with another box', () => mp4(false, '00'.repeat(16)), false],
    ['text', () => Buffer.from('c2pa jumb'), false],
    ['nothing', () => Buffer.alloc(0), false],
  ]
  for (const [what, make, isFound] of files) {
    test(`are ${isFound ? '' : 'not '}found in ${what}`, async () => {
      expect(await found(await make())).toBe(isFound)
    })
  }

  test('are looked for in a bounded number of places, whatever the file says', async () => {
    const jpeg = await credentialedJpeg()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(jpeg, png('caBX'), riff('WEBP', 'VP8 '), mp4(true)),
        fc.array(fc.tuple(fc.nat(199), fc.nat(255)), { maxLength: 12 }),
        async (file, changes) => {
          const changed = Buffer.from(file)
          for (const [at, byte] of changes) if (at < changed.length && at > 3) changed[at] = byte
          let reads = 0
          await hasContentCredentials(async (at, length) => {
            reads += 1
            expect(Number.isSafeInteger(at)).toBe(true)
            return changed.subarray(at, at + length)
          })
          expect(reads).toBeLessThanOrEqual(credentialLimits.hops + 1)
        },
      ),
      { numRuns: 300 },
    )
  })
})
