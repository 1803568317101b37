import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { create as createDigest } from 'multiformats/hashes/digest'
import { expect, it } from 'vitest'
import { cidKey } from '../../../artworks/format/cid-key.ts'

it('is the text that a CID gives of itself', () => {
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(fc.constantFrom(0x55, 0x70), digest, (codec, bytes) => {
      const cid = CID.createV1(codec, createDigest(0x12, bytes))
      expect(cidKey(cid)).toBe(cid.toString())
    }),
  )
})
