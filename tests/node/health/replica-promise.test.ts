import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lack, NodeFacts } from '../../../node/health/mesh-facts.ts'
import { replicaPromises } from '../../../node/health/replica-promise.ts'
import { lackCauses } from '../../../node/wire/status-health.ts'
import { factsOf, nodeOf } from './samples.ts'

function causesOf(node: NodeFacts, isWithdrawn = false): string[] {
  const facts = factsOf([node], { works: [{ root: 'w', isWithdrawn }] })
  return replicaPromises(facts).flatMap(({ lacks }) =>
    lacks.filter((lack) => lack.node === 1).map(({ cause }) => cause),
  )
}

const none = { held: new Map<string, number>() }
const lacking = (cause: Lack['cause']): Partial<NodeFacts> => ({
  ...none,
  lacks: new Map([['w', { cause, rate: 12, left: 3 }]]),
})

describe('the promise of a work', () => {
  it('counts the nodes that have it whole', () => {
    expect(replicaPromises(factsOf([nodeOf('a'), nodeOf('b', none)]))).toMatchObject([{ whole: 2, of: 3 }])
  })

  it.each(lackCauses.filter((cause) => cause !== 'withdrawn' && cause !== 'not-granted'))(
    'passes on %s',
    (cause) => {
      expect(causesOf(nodeOf('a', lacking(cause)))).toEqual([cause])
    },
  )

  it('says unreachable of a node that is lost, whatever it said before', () => {
    expect(causesOf(nodeOf('a', { silentMs: 46_000 }))).toEqual(['unreachable'])
  })

  it('says not granted of a node that was let go and still holds it', () => {
    expect(causesOf(nodeOf('a', { isGranted: false }))).toEqual(['not-granted'])
    expect(causesOf(nodeOf('a', { ...none, isGranted: false }))).toEqual([])
  })

  it('says withdrawn of a node that knows, and on its way of one that has yet to hear', () => {
    expect(causesOf(nodeOf('a', none), true)).toEqual(['withdrawn'])
    expect(causesOf(nodeOf('a', { ...none, hasSameRecords: false }), true)).toEqual(['coming'])
  })

  it('says on its way of a node that shows another set of works', () => {
    expect(causesOf(nodeOf('a', { showsTheSame: false }))).toEqual(['coming'])
  })

  it('uses the cause of the rest where the list was full', () => {
    expect(causesOf(nodeOf('a', { ...none, rest: 'disk-full' }))).toEqual(['disk-full'])
  })

  it('gives every gap exactly one cause, whatever is known', () => {
    const node = fc.record({
      isGranted: fc.boolean(),
      isNeighbour: fc.boolean(),
      silentMs: fc.option(fc.integer({ min: 0, max: 100_000 })),
      showsTheSame: fc.boolean(),
      held: fc.constantFrom(0, 0.5, 1).map((share) => new Map([['w', share]])),
    })
    fc.assert(
      fc.property(fc.array(node, { maxLength: 8 }), fc.boolean(), (nodes, isWithdrawn) => {
        const facts = factsOf(
          nodes.map((extra, i) => nodeOf(`n${i}`, extra)),
          { works: [{ root: 'w', isWithdrawn }] },
        )
        const [promise] = replicaPromises(facts)
        expect(promise).toBeDefined()
        const { whole = 0, of = 0, lacks = [] } = promise ?? {}
        expect(whole + lacks.length).toBe(of)
        expect(new Set(lacks.map(({ node: index }) => index)).size).toBe(lacks.length)
      }),
    )
  })
})
