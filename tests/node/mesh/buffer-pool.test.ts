import { describe, expect, it } from 'vitest'
import { BufferPool } from '../../../node/mesh/buffer-pool.ts'
import { meshLimits } from '../../../node/mesh/limits.ts'

const SIZE = 256 * 1024

describe('BufferPool', () => {
  it('gives out again what came back', () => {
    const pool = new BufferPool(SIZE)
    const first = pool.take(SIZE)
    pool.give(first.subarray(0, 10))
    expect(pool.take(SIZE - 1).buffer).toBe(first.buffer)
  })

  it('keeps no view of another size', () => {
    const pool = new BufferPool(SIZE)
    const small = pool.take(10)
    pool.give(small)
    expect(pool.take(10).buffer).not.toBe(small.buffer)
  })

  it('gives its memory back once, when nothing was taken for a while', () => {
    const pool = new BufferPool(SIZE)
    const first = pool.take(SIZE)
    pool.give(first)
    expect(pool.tick(1000)).toBe(false)
    expect(pool.tick(1000 + meshLimits.spareMemoryMs - 1)).toBe(false)
    expect(pool.tick(1000 + meshLimits.spareMemoryMs)).toBe(true)
    expect(pool.tick(1000 + 2 * meshLimits.spareMemoryMs)).toBe(false)
    expect(pool.take(SIZE).buffer).not.toBe(first.buffer)
  })

  it('keeps it while buffers are taken now and then', () => {
    const pool = new BufferPool(SIZE)
    for (let nowMs = 0; nowMs < 3 * meshLimits.spareMemoryMs; nowMs += meshLimits.spareMemoryMs / 2) {
      pool.give(pool.take(SIZE))
      expect(pool.tick(nowMs)).toBe(false)
    }
  })
})
