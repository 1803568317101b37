import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockMap, blockMapBlockBytes, BlockRanges } from '../../../firmware-config/image/block-map.ts'
import type { BlockRange } from '../../../firmware-config/image/block-map.ts'

const block = (fill: number): Uint8Array => new Uint8Array(blockMapBlockBytes).fill(fill)
const hashOf = (blocks: readonly Uint8Array[]): string =>
  createHash('sha256').update(Buffer.concat(blocks)).digest('hex')

function rangesOf(fills: readonly number[]): BlockRange[] {
  const ranges = new BlockRanges()
  for (const fill of fills) ranges.add(block(fill))
  return ranges.end()
}

describe('ranges of blocks', () => {
  it('hold every block that is not zeros, and no other, with the hash of its bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 }), (fills) => {
        const ranges = rangesOf(fills)
        const covered = new Set<number>()
        let last = -2
        for (const range of ranges) {
          // Ranges that touch are one.
          expect(range.first).toBeGreaterThan(last + 1)
          last = range.last
          const blocks = fills.slice(range.first, range.last + 1)
          expect(range.sha256).toBe(hashOf(blocks.map(block)))
          for (let i = range.first; i <= range.last; i++) covered.add(i)
        }
        fills.forEach((fill, i) => expect(covered.has(i)).toBe(fill !== 0))
      }),
    )
  })

  it('goes on after blocks that were skipped', () => {
    const ranges = new BlockRanges()
    ranges.add(block(1))
    ranges.skip(9)
    ranges.add(block(2))
    ranges.skip(0)
    ranges.add(block(2))
    expect(ranges.end().map(({ first, last }) => [first, last])).toEqual([
      [0, 0],
      [10, 11],
    ])
  })
})

describe('a block map', () => {
  const map = blockMap(10 * blockMapBlockBytes - 100, rangesOf([1, 1, 0, 3]))

  it('says sizes, ranges and their hashes', () => {
    expect(map).toContain(`<ImageSize> ${10 * blockMapBlockBytes - 100} </ImageSize>`)
    expect(map).toContain('<BlocksCount> 10 </BlocksCount>')
    expect(map).toContain('<MappedBlocksCount> 3 </MappedBlocksCount>')
    expect(map).toContain(`<Range chksum="${hashOf([block(1), block(1)])}"> 0-1 </Range>`)
    expect(map).toContain(`<Range chksum="${hashOf([block(3)])}"> 3 </Range>`)
  })

  it('carries its own hash, taken with zeros in its place', () => {
    const [, found = ''] = /<BmapFileChecksum> ([0-9a-f]{64}) </.exec(map) ?? []
    const zeroed = map.replace(found, '0'.repeat(64))
    expect(createHash('sha256').update(zeroed).digest('hex')).toBe(found)
  })
})
