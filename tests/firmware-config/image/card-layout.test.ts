import { describe, expect, it } from 'vitest'
import { cardIdentity } from '../../../firmware-config/image/card-identity.ts'
import { cardBytes, cardLayout, partitionTable } from '../../../firmware-config/image/card-layout.ts'

const MEBIBYTE = 1024 * 1024
const layouts = (['pi', 'uefi'] as const).flatMap((starts) =>
  (['card', 'usb'] as const).map((storage) => ({ starts, storage, layout: cardLayout({ starts, storage }) })),
)

describe("a card's layout", () => {
  it.each(layouts)(
    'leaves no part over another, each on a whole erase block ($starts, $storage)',
    ({ layout }) => {
      let end = 0
      for (const { startBytes, sizeBytes } of layout) {
        expect(startBytes).toBeGreaterThanOrEqual(end)
        expect(startBytes % (4 * MEBIBYTE)).toBe(0)
        end = startBytes + sizeBytes
      }
      expect(cardBytes(layout)).toBe(end)
      // A card that is sold as 4 GB.
      expect(end).toBeLessThan(3.8e9)
    },
  )

  it('has two slots of one size, and works last, where they can grow', () => {
    const { layout } = layouts[0] ?? { layout: [] }
    const [, a, b] = layout
    expect(a?.sizeBytes).toBe(b?.sizeBytes)
    expect(layout.map(({ name }) => name)).toEqual(['boot', 'slot-a', 'slot-b', 'data'])
    expect(cardLayout({ starts: 'pi', storage: 'usb' }).map(({ name }) => name)).not.toContain('data')
  })
})

describe('the partition table', () => {
  it('says where the parts are, as any system reads it', () => {
    const layout = cardLayout({ starts: 'uefi', storage: 'card' })
    const table = partitionTable(layout, 0x1234abcd)
    const view = new DataView(table.buffer)
    expect(table.length).toBe(512)
    expect([table[510], table[511]]).toEqual([0x55, 0xaa])
    expect(view.getUint32(440, true)).toBe(0x1234abcd)
    const read = [0, 1, 2, 3].map((i) => {
      const at = 446 + 16 * i
      return {
        active: table[at],
        type: table[at + 4],
        startBytes: view.getUint32(at + 8, true) * 512,
        sizeBytes: view.getUint32(at + 12, true) * 512,
      }
    })
    expect(read).toEqual(
      layout.map(({ type, startBytes, sizeBytes }, i) => ({
        active: i === 0 ? 0x80 : 0,
        type,
        startBytes,
        sizeBytes,
      })),
    )
    // Nothing runs from it.
    expect(table.subarray(0, 440).every((byte) => byte === 0)).toBe(true)
  })
})

describe("a card's identity", () => {
  it('is the same for the same node, and another for each', () => {
    expect(cardIdentity('oba', 'hall')).toEqual(cardIdentity('oba', 'hall'))
    const ids = ['hall', 'attic', 'foyer'].flatMap((node) =>
      ['oba', 'nemo'].flatMap((venue) => Object.values(cardIdentity(venue, node))),
    )
    expect(new Set(ids).size).toBe(ids.length)
    // Joined, two names are not another two.
    expect(cardIdentity('a', 'b-c')).not.toEqual(cardIdentity('a-b', 'c'))
  })

  it('holds UUIDs of version 8, and a disk id that is not empty', () => {
    const { dataUuid, hashSeed, diskId } = cardIdentity('oba', 'hall')
    for (const uuid of [dataUuid, hashSeed]) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
    expect(diskId).toBeGreaterThan(0)
    expect(diskId).toBeLessThan(2 ** 32)
  })
})
