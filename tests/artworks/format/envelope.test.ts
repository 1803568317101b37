import { encode } from '@ipld/dag-cbor'
import { RecordEnvelope } from '@libp2p/peer-record'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRecord, openValue, sealRecord, sealValue } from '../../../artworks/format/envelope.ts'
import { FormatError } from '../../../artworks/format/errors.ts'
import { openIntake, sealIntake } from '../../../artworks/format/intake.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { artworkBody, didOf, exhibitionBody, exhibitionId, keyNumber, sealed, steward } from './samples.ts'

const artist = await keyNumber(2)

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (err) {
    if (err instanceof FormatError) return err.code
    throw err
  }
  return 'no error'
}

describe('sealing and opening a record', () => {
  it('gives back what was sealed, with its signer', async () => {
    const body = artworkBody({ poster: { path: 'p.png', alt: { nl: 'x', en: 'y' } }, year: 2026 })
    const record = await sealRecord(body, artist)
    const opened = await openRecord(record.bytes)
    expect(opened).toEqual(record)
    expect(opened.signer).toBe(didOf(artist))
  })

  it('gives one byte string and one CID for one record', async () => {
    const a = await sealRecord(artworkBody(), artist)
    const { kind, ...rest } = artworkBody()
    const b = await sealRecord({ ...rest, kind }, artist)
    expect(a.cid).toBe(b.cid)
  })

  it('refuses a record in which any single bit was flipped', async () => {
    const { bytes } = await sealRecord(artworkBody(), artist)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = bytes.slice()
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        expect(await codeOf(openRecord(flipped))).not.toBe('no error')
      }),
    )
  })

  it('never throws anything but a FormatError for bytes of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await codeOf(openRecord(bytes))).not.toBe('no error')
      }),
    )
  })

  it('refuses another spelling of the same envelope', async () => {
    const { bytes } = await sealRecord(artworkBody(), artist)
    // A second, equal public key field: protobuf takes the last, so the content would be the same.
    const twice = new Uint8Array([...bytes, ...bytes.subarray(0, 2 + (bytes[1] ?? 0))])
    expect(await codeOf(openRecord(twice))).toBe('not-canonical')
  })

  it('refuses a payload that is not canonical DAG-CBOR', async () => {
    // {"a": 1} with the integer spelled in two bytes.
    const payload = Uint8Array.of(0xa1, 0x61, 0x61, 0x18, 0x01)
    const envelope = await RecordEnvelope.seal(
      {
        domain: 'mesh-art-network/record/1',
        codec: new TextEncoder().encode('application/vnd.mesh-art.record+dag-cbor'),
        marshal: () => payload,
        equals: () => false,
      },
      artist,
    )
    expect(await codeOf(openValue(envelope.marshal()))).toMatch(/not-canonical|bad-envelope/)
  })

  it('refuses a signature made under another domain', async () => {
    const envelope = await RecordEnvelope.seal(
      {
        domain: 'libp2p-peer-record',
        codec: new TextEncoder().encode('application/vnd.mesh-art.record+dag-cbor'),
        marshal: () => encode({ kind: 'artwork' }),
        equals: () => false,
      },
      artist,
    )
    expect(await codeOf(openValue(envelope.marshal()))).toBe('bad-signature')
  })

  it('refuses an exhibition or a grant that is not signed by the steward', async () => {
    const forged = await sealRecord(exhibitionBody(), artist)
    expect(await codeOf(openRecord(forged.bytes))).toBe('wrong-signer')
  })

  it('keeps a record of an unknown kind, a newer version or with a new field, without a body', async () => {
    for (const value of [
      { kind: 'applause', v: 1, exhibition: exhibitionId },
      { ...artworkBody(), v: 2 },
      { ...artworkBody(), smell: 'pine' },
      { ...artworkBody(), poster: { path: 'p.png', alt: { en: 'x' }, frame: 'oak' } },
    ]) {
      const opened = await openRecord(await sealValue(value, artist))
      expect(opened.body).toBeNull()
      expect(opened.exhibition).toBe(exhibitionId)
    }
  })

  it.each([
    ['a path that climbs out', { entry: '../secret' }],
    ['an absolute path', { entry: '/etc/passwd' }],
    ['a path with a backslash', { entry: 'a\\b' }],
    ['a path with a control character', { entry: 'a\u0000b' }],
    ['a slug with capitals', { slug: 'A-Work' }],
    ['a title that is too long', { title: { en: 'x'.repeat(formatLimits.titleLength + 1) } }],
    ['no title', { title: {} }],
    ['a blank title', { title: { en: '  ' } }],
    ['a language that is none', { title: { 'not a language': 'x' } }],
    ['a sequence of zero', { sequence: 0 }],
    ['a size beyond the limit', { size: formatLimits.artworkBytes + 1 }],
    ['a claimed time that is none', { claimed: 'yesterday' }],
  ])('refuses an artwork with %s', async (_name, change) => {
    const bytes = await sealValue({ ...artworkBody(), ...change }, artist)
    expect(await codeOf(openRecord(bytes))).toBe('bad-record')
    await expect(sealRecord(artworkBody(change), artist)).rejects.toThrow(FormatError)
  })

  it('refuses a record beyond the size limit, sealing and opening', async () => {
    expect(await codeOf(sealValue({ x: 'y'.repeat(formatLimits.recordBytes) }, artist))).toBe('too-large')
    expect(await codeOf(openRecord(new Uint8Array(formatLimits.recordBytes + 1)))).toBe('too-large')
  })
})

describe('an intake', () => {
  it('names the record and the node that took it in', async () => {
    const record = await sealed(artworkBody(), artist)
    const node = await keyNumber(9)
    const intake = await openIntake(await sealIntake(record.cid, node))
    expect(intake).toMatchObject({ record: record.cid, node: didOf(node) })
  })

  it('is not taken for a record, nor a record for an intake', async () => {
    const record = await sealed(exhibitionBody(), steward)
    expect(await codeOf(openIntake(record.bytes))).toBe('bad-record')
    expect(await codeOf(openRecord(await sealIntake(record.cid, steward)))).toBe('bad-record')
  })
})
