import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecentChunks } from '../../../node/mesh/recent-chunks.ts'

const MIB = 1024 * 1024
const bytesOf = (n: number, length: number): Uint8Array => new Uint8Array(length).fill(n % 251)

describe('RecentChunks', () => {
  it('gives out a chunk as it was put in, or not at all, and always the last one', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 1.25 * MIB }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(lengths, (all) => {
        const recent = new RecentChunks()
        for (const [n, length] of all.entries()) {
          recent.add(String(n), bytesOf(n, length), 0)
          for (let back = 0; back <= n; back++) {
            const before = all[back] ?? 0
            const read = recent.read(String(back), new Uint8Array(1.25 * MIB), 0)
            if (back === n) expect(read).not.toBeNull()
            if (read !== null) expect(Buffer.compare(read, bytesOf(back, before))).toBe(0)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('keeps at least two chunks of the largest size', () => {
    const recent = new RecentChunks()
    for (let n = 0; n < 20; n++) recent.add(String(n), bytesOf(n, 1.25 * MIB), 0)
    const into = new Uint8Array(1.25 * MIB)
    expect(recent.read('19', into, 0)).not.toBeNull()
    expect(recent.read('18', into, 0)).not.toBeNull()
    expect(recent.read('0', into, 0)).toBeNull()
  })

  it('gives its memory back when nothing is passed on any more', () => {
    const recent = new RecentChunks()
    recent.add('a', bytesOf(1, 10), 1000)
    recent.tick(5000)
    expect(recent.read('a', new Uint8Array(10), 5000)).not.toBeNull()
    recent.tick(14_999)
    expect(recent.read('a', new Uint8Array(10), 14_999)).not.toBeNull()
    recent.tick(24_999)
    expect(recent.read('a', new Uint8Array(10), 24_999)).toBeNull()
  })

  it('gives nothing into a buffer that is too small', () => {
    const recent = new RecentChunks()
    recent.add('a', bytesOf(1, 10), 0)
    expect(recent.read('a', new Uint8Array(9), 0)).toBeNull()
  })
})
