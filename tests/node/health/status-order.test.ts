import { describe, expect, it } from 'vitest'
import { StatusOrder } from '../../../node/health/status-order.ts'

describe('the order of statuses', () => {
  it('takes each number of a run once, and none before it', () => {
    const order = new StatusOrder()
    expect([1, 2, 2, 1, 5, 4].map((n) => order.isNew('a', 'run', n))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ])
  })

  it('takes a new run from its start, and nothing more of the one before', () => {
    const order = new StatusOrder()
    order.isNew('a', 'first', 90)
    expect(order.isNew('a', 'second', 1)).toBe(true)
    expect(order.isNew('a', 'first', 91)).toBe(false)
    expect(order.isNew('a', 'second', 2)).toBe(true)
  })

  it('knows one that was overtaken, or was asked for before it came, from one that is played again', () => {
    const order = new StatusOrder()
    order.isNew('a', 'first', 90)
    order.isNew('a', 'second', 20)
    order.isNew('a', 'second', 22, false)
    // 20 was told; 21 and 22 come now for the first time, and then again.
    expect([20, 21, 22, 21, 22, 20].map((n) => order.isOvertaken('a', 'second', n))).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(order.isOvertaken('a', 'second', 1)).toBe(false)
    expect(order.isOvertaken('a', 'first', 90)).toBe(false)
  })

  it('keeps nodes apart', () => {
    const order = new StatusOrder()
    order.isNew('a', 'run', 5)
    expect(order.isNew('b', 'run', 1)).toBe(true)
  })
})
