import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { openValue, sealValue } from '../../../artworks/format/envelope.ts'
import { statusHoldings } from '../../../node/replication/status-holdings.ts'
import { decodeValue } from '../../../node/wire/codec.ts'
import { wireLimits } from '../../../node/wire/limits.ts'
import { readStatusHealth } from '../../../node/wire/status-health.ts'
import type { StatusHealth } from '../../../node/wire/status-health.ts'
import { statusSchema } from '../../../node/wire/status-message.ts'
import { healthOf } from '../health/samples.ts'

const key = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(1))
const did = didFromPublicKey(key.publicKey)

function statusOf({
  neighbours,
  works,
  lacks,
}: {
  neighbours: number
  works: number
  lacks: number
}): object {
  const roots = Array.from({ length: works }, (_, i) => `bafy${i}`)
  const health = healthOf({
    links: Array.from({ length: neighbours }, () => [143, 2048, 1024, 3, -2, 1]),
    lacks: Array.from({ length: lacks }, (_, i) => [i * 7, 0, 4096, 3600]),
  })
  return {
    kind: 'status',
    v: 1,
    boot: new Uint8Array(8),
    n: 100_000,
    name: 'Zaal 2, bij het raam',
    version: '1.12.0',
    neighbours: Array.from({ length: neighbours }, () => did),
    records: new Uint8Array(16),
    works: { complete: works - lacks, total: works },
    health,
    ...statusHoldings(new Map(roots.map((root) => [root, null])), (root) =>
      Number(root.slice(4)) < lacks ? 0.5 : 1,
    ),
  }
}

describe('a status with health', () => {
  it('is small: with five hundred works and six neighbours it is below 1.2 KiB, sealed', async () => {
    const sealed = await sealValue(statusOf({ neighbours: 6, works: 500, lacks: 0 }), key)
    expect(sealed.length).toBeLessThan(1200)
    const { value } = await openValue(sealed)
    const status = decodeValue(statusSchema, value)
    expect(readStatusHealth(status.health)).toMatchObject({ v: 1, temp: 48 })
  })

  it('is within its bound at its largest', async () => {
    const largest = {
      neighbours: wireLimits.statusNeighbours,
      works: 500,
      lacks: wireLimits.statusPartialWorks,
    }
    expect((await sealValue(statusOf(largest), key)).length).toBeLessThan(wireLimits.gossipStatusBytes)
  })

  it('is read without its health by who knows only a later version of it, or none', () => {
    expect(readStatusHealth(undefined)).toBeUndefined()
    expect(readStatusHealth({ v: 2, anything: 'else' })).toBeUndefined()
  })

  it.each<[string, object]>([
    ['nothing', {}],
    ['a bucket that is a number of phones', { ...healthOf(), clients: 37 }],
    ['a negative size', { ...healthOf(), disk: [-1, 0, 0, 0] }],
    ['a fraction', { ...healthOf(), load: 0.5 }],
    ['a cause that there is not', { ...healthOf(), lacks: [[0, 99, 0, 0]] }],
    ['a list beyond its bound', { ...healthOf(), lacks: Array.from({ length: 65 }, () => [0, 0, 0, 0]) }],
    ['a name beyond its bound', { ...healthOf(), named: { name: 'x'.repeat(121) } }],
    ['text for a figure', { ...healthOf(), up: '12' }],
  ])('is refused with %s', (_what, health) => {
    expect(readStatusHealth(health)).toBeNull()
  })

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read: StatusHealth | null | undefined = readStatusHealth(value)
        expect(read === null || read === undefined || read.v === 1).toBe(true)
      }),
    )
  })
})
