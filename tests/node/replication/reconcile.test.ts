import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packReconcile, unpackReconcile } from '../../../node/mesh/reconcile-codec.ts'
import { DigestSet } from '../../../node/replication/digest-set.ts'
import { openingMessage, reconcileStep } from '../../../node/replication/reconcile.ts'

const digest = (n: number): string => createHash('sha256').update(String(n)).digest('hex')

function setOf(numbers: Iterable<number>): DigestSet {
  const set = new DigestSet()
  for (const n of numbers) set.add(digest(n))
  return set
}

/** Runs the exchange over the real encoding until it ends. */
function reconcile(
  a: DigestSet,
  b: DigestSet,
): { want: string[]; offer: string[]; bytes: number; trips: number } {
  const want: string[] = []
  const offer: string[] = []
  let bytes = 0
  let trips = 0
  let message = openingMessage(a)
  while (message.length > 0) {
    const there = packReconcile(message)
    const back = packReconcile(reconcileStep(b, unpackReconcile(there), 'answerer').reply)
    bytes += there.length + back.length
    trips += 1
    const step = reconcileStep(a, unpackReconcile(back), 'opener')
    want.push(...step.want)
    offer.push(...step.offer)
    message = [...step.reply]
  }
  return { want, offer, bytes, trips }
}

describe('reconciling two sets of records', () => {
  it('finds exactly the difference, for any two sets', () => {
    const numbers = fc.uniqueArray(fc.nat(3000), { maxLength: 400 })
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const { want, offer } = reconcile(setOf(left), setOf(right))
        const missing = right.filter((n) => !left.includes(n)).map(digest)
        const extra = left.filter((n) => !right.includes(n)).map(digest)
        expect(want.sort()).toEqual(missing.sort())
        expect(offer.sort()).toEqual(extra.sort())
      }),
    )
  })

  it('costs one small message each way for equal sets', () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i)
    const { bytes, trips } = reconcile(setOf(numbers), setOf(numbers))
    expect(trips).toBe(1)
    expect(bytes).toBeLessThan(64)
  })

  it('finds 10 differences among 100,000 in under 20 KiB and at most 4 round trips', () => {
    const numbers = Array.from({ length: 100_000 }, (_, i) => i)
    const b = setOf(numbers)
    for (let n = 0; n < 5; n++) b.add(digest(1_000_000 + n))
    const a = setOf(numbers)
    for (let n = 0; n < 5; n++) a.add(digest(2_000_000 + n))
    const { want, offer, bytes, trips } = reconcile(a, b)
    expect(want).toHaveLength(5)
    expect(offer).toHaveLength(5)
    expect(trips).toBeLessThanOrEqual(4)
    expect(bytes).toBeLessThan(20 * 1024)
  })
})

describe('the fingerprint of a set', () => {
  it('depends on the set and not on the order of adding', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 }), (numbers) => {
        const a = setOf(numbers)
        const b = setOf(numbers.toReversed())
        expect(a.fingerprint()).toEqual(b.fingerprint())
        expect(setOf(numbers.slice(1)).fingerprint()).not.toEqual(a.fingerprint())
      }),
    )
  })
})
