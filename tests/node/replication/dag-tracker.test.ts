import { array, assert, infiniteStream, integer, nat, pre, property, tuple } from 'fast-check'
import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { DAG_PB_CODEC, RAW_CODEC } from '../../../artworks/format/dag.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { cellsOf } from '../../../node/replication/dag-cells.ts'
import { dagTrackerLimits, DagTracker } from '../../../node/replication/dag-tracker.ts'
import { block } from '../store/blocks.ts'

interface Dag {
  readonly root: CID
  readonly blocks: ReadonlyMap<string, { cid: CID; links: CID[]; bytes: number }>
}

function cidOf(name: string, codec: number): CID {
  return block(new TextEncoder().encode(name), codec).cid
}

/** A DAG from a list of links: block i links to later blocks only; a block without links is a leaf. */
function dagOf(linksOf: readonly (readonly number[])[]): Dag {
  const cids = linksOf.map((links, i) =>
    cidOf(`block ${i}`, links.length > 0 || i === 0 ? DAG_PB_CODEC : RAW_CODEC),
  )
  const at = (i: number): CID => {
    const cid = cids[i]
    if (cid === undefined) throw new Error(`no block ${i}`)
    return cid
  }
  const blocks = new Map<string, { cid: CID; links: CID[]; bytes: number }>()
  const reach = (i: number): void => {
    const cid = at(i)
    if (blocks.has(cid.toString())) return
    const links = linksOf[i] ?? []
    blocks.set(cid.toString(), { cid, links: links.map(at), bytes: 10 + i })
    links.forEach(reach)
  }
  reach(0)
  return { root: at(0), blocks }
}

function figuresOf({ blocks }: Dag): { chunks: number; size: number } {
  let size = 0
  for (const { bytes } of blocks.values()) size += bytes
  return { chunks: blocks.size, size }
}

/** The rule as the contract words it: `dagOf` fills its map in preorder, each block at its first place. */
function cellsByRule(dag: Dag, have: ReadonlySet<string>): string {
  const order = [...dag.blocks.keys()]
  const total = order.length
  return Array.from({ length: 36 }, (_, i) => {
    const from = Math.floor((i * total) / 36)
    const to = Math.max(Math.floor(((i + 1) * total) / 36), from + 1)
    return order.slice(from, to).every((cid) => have.has(cid)) ? '1' : '0'
  }).join('')
}

const anyDag = array(array(nat({ max: 7 }), { maxLength: 6 }), { minLength: 1, maxLength: 60 })
  .map((steps) =>
    dagOf(steps.map((links, i) => links.map((step) => i + 1 + step).filter((to) => to < steps.length))),
  )
  .filter((dag) => depthOf(dag) <= formatLimits.dagDepth)

function depthOf(dag: Dag): number {
  const depths = new Map<string, number>()
  const visit = (cid: CID): number => {
    const key = cid.toString()
    const known = depths.get(key)
    if (known !== undefined) return known
    const below = (dag.blocks.get(key)?.links ?? []).map(visit)
    const depth = 1 + Math.max(0, ...below)
    depths.set(key, depth)
    return depth
  }
  return visit(dag.root)
}

/** Feeds blocks in an order drawn by `pick` among those that are known and missing. */
function feed(
  tracker: DagTracker,
  dag: Dag,
  pick: (count: number) => number,
  until = Number.POSITIVE_INFINITY,
): void {
  for (let fed = 0; fed < until; fed++) {
    const missing = tracker.missing()
    const cid = missing[pick(missing.length)]
    if (cid === undefined) return
    const found = dag.blocks.get(cid.toString())
    if (found === undefined) throw new Error('a block from elsewhere')
    tracker.add(cid, found.links, found.bytes)
  }
}

describe('any DAG, in any order', () => {
  test('becomes whole, with the figures declared and nothing refused', () => {
    assert(
      property(anyDag, infiniteStream(nat()), (dag, numbers) => {
        const tracker = new DagTracker(dag.root, [figuresOf(dag)])
        feed(tracker, dag, (count) => drawn(numbers) % Math.max(count, 1))
        expect(tracker.refusal).toBeUndefined()
        expect(tracker.complete).toBe(true)
        expect(tracker.have).toBe(dag.blocks.size)
        expect(tracker.cells()).toBe('1'.repeat(36))
        expect(new Set(tracker.known())).toEqual(new Set(dag.blocks.keys()))
        expect(new Set(tracker.held())).toEqual(new Set(dag.blocks.keys()))
      }),
    )
  })

  test('shows, of a part, cells that are true of the whole, and all of them once the inner blocks are known', () => {
    assert(
      property(anyDag, infiniteStream(nat()), nat({ max: 60 }), (dag, numbers, until) => {
        const tracker = new DagTracker(dag.root, [figuresOf(dag)])
        feed(tracker, dag, (count) => drawn(numbers) % Math.max(count, 1), until)
        const truth = cellsByRule(dag, new Set(tracker.held()))
        const shown = tracker.cells()
        expect(shown).toHaveLength(36)
        const untrue = shown.split('').filter((cell, i) => cell === '1' && truth[i] !== '1')
        expect(untrue).toEqual([])
        const held = new Set(tracker.held())
        const allInnerHere = [...dag.blocks.values()].every(
          ({ cid }) => cid.code !== DAG_PB_CODEC || held.has(cid.toString()),
        )
        expect(allInnerHere ? shown : truth).toBe(truth)
      }),
    )
  })

  test('lists what is missing in DAG order', () => {
    assert(
      property(anyDag, infiniteStream(nat()), nat({ max: 60 }), (dag, numbers, until) => {
        const tracker = new DagTracker(dag.root, [figuresOf(dag)])
        feed(tracker, dag, (count) => drawn(numbers) % Math.max(count, 1), until)
        const held = new Set(tracker.held())
        const known = new Set(tracker.known())
        const seen = new Set<string>()
        const expected: string[] = []
        const walk = (cid: CID): void => {
          const key = cid.toString()
          if (seen.has(key)) return
          seen.add(key)
          if (!held.has(key)) expected.push(key)
          else dag.blocks.get(key)?.links.forEach(walk)
        }
        walk(dag.root)
        expect(tracker.missing().map(String)).toEqual(expected)
        expect(seen).toEqual(known)
      }),
    )
  })

  test('loses and regains blocks without losing count', () => {
    assert(
      property(anyDag, array(nat(), { minLength: 1 }), (dag, losses) => {
        const tracker = new DagTracker(dag.root, [figuresOf(dag)])
        feed(tracker, dag, () => 0)
        const order = [...dag.blocks.values()]
        for (const at of losses) {
          const lost = order[at % order.length]
          if (lost !== undefined) tracker.lose(lost.cid)
        }
        const held = new Set(tracker.held())
        expect(tracker.have).toBe(held.size)
        expect(tracker.complete).toBe(false)
        expect(tracker.cells()).toBe(cellsByRule(dag, held))
        expect(tracker.missing().map(String)).toEqual([...dag.blocks.keys()].filter((cid) => !held.has(cid)))
        feed(tracker, dag, () => 0)
        expect(tracker.complete).toBe(true)
        expect(tracker.refusal).toBeUndefined()
      }),
    )
  })

  test('is refused under any other figures, at the latest when it is whole', () => {
    const wrong = tuple(integer({ min: -3, max: 3 }), integer({ min: -3, max: 3 })).filter(
      ([a, b]) => a !== 0 || b !== 0,
    )
    assert(
      property(anyDag, wrong, (dag, [chunks, size]) => {
        const figures = figuresOf(dag)
        const declared = {
          chunks: Math.max(1, figures.chunks + chunks),
          size: Math.max(1, figures.size + size),
        }
        pre(declared.chunks !== figures.chunks || declared.size !== figures.size)
        const tracker = new DagTracker(dag.root, [declared])
        feed(tracker, dag, () => 0)
        expect(tracker.refusal).toMatch(/declared/)
        expect(tracker.complete).toBe(false)
        expect(tracker.missing()).toEqual([])
        // A claim that is right beside it makes it whole.
        const both = new DagTracker(dag.root, [declared, figures])
        feed(both, dag, () => 0)
        expect(both.complete).toBe(true)
      }),
    )
  })
})

function drawn(numbers: Iterator<number>): number {
  return Number(numbers.next().value)
}

describe('refusals', () => {
  test('a DAG that is too deep', () => {
    const chain = dagOf(
      Array.from({ length: formatLimits.dagDepth + 1 }, (_, i) =>
        i === formatLimits.dagDepth ? [] : [i + 1],
      ),
    )
    const tracker = new DagTracker(chain.root, [figuresOf(chain)])
    feed(tracker, chain, () => 0)
    expect(tracker.refusal).toBe('it is more than 16 blocks deep')
  })

  test('a block that is found deeper by a longer way makes what is below it deeper', () => {
    // The root links to a chain's end first, and to its beginning after.
    const length = formatLimits.dagDepth + 2
    const links = Array.from({ length }, (_, i) =>
      i === 0 ? [length - 3, 1] : i === length - 1 ? [] : [i + 1],
    )
    const dag = dagOf(links)
    const tracker = new DagTracker(dag.root, [figuresOf(dag)])
    feed(tracker, dag, () => 0)
    expect(tracker.refusal).toMatch(/deep/)
  })

  test('a DAG of few blocks that all link to each other', () => {
    const count = 400
    const dense = dagOf(
      Array.from({ length: count }, (_, i) =>
        Array.from({ length: count - i - 1 }, (_, step) => i + 1 + step),
      ),
    )
    const tracker = new DagTracker(dense.root, [figuresOf(dense)])
    feed(tracker, dense, () => 0)
    expect(tracker.refusal).toBeDefined()
    expect(dagTrackerLimits.linksPerChunk).toBeLessThan(count / 2)
  })

  test('figures beyond what a work may have, before anything is fetched', () => {
    const { root } = dagOf([[]])
    expect(new DagTracker(root, [{ chunks: formatLimits.artworkChunks + 1, size: 1 }]).refusal).toMatch(
      /more than/,
    )
    expect(new DagTracker(root, [{ chunks: 1, size: formatLimits.artworkBytes + 1 }]).missing()).toEqual([])
  })

  test('a root that is no block of a work', () => {
    const tracker = new DagTracker(cidOf('cbor', 0x71), [{ chunks: 1, size: 10 }])
    expect(tracker.refusal).toMatch(/root/)
  })
})

test('a work of one raw block is whole with it', () => {
  const { cid, bytes } = block(new Uint8Array(5))
  const tracker = new DagTracker(cid, [{ chunks: 1, size: 5 }])
  expect(tracker.missing()).toEqual([cid])
  expect(tracker.add(cid, [], bytes.length)).toEqual([])
  expect(tracker.complete).toBe(true)
  expect(tracker.add(cid, [], bytes.length)).toBeNull()
  expect(tracker.add(cidOf('elsewhere', RAW_CODEC), [], 1)).toBeNull()
})

test('cells of fewer chunks than cells, and of none known', () => {
  expect(cellsOf(1, [true])).toBe('1'.repeat(36))
  expect(cellsOf(2, [true, false])).toBe('1'.repeat(18) + '0'.repeat(18))
  expect(cellsOf(1000, [])).toBe('0'.repeat(36))
})

test('100,000 chunks take about their number of steps, whatever the order of asking', () => {
  const files = 100
  const each = 999
  const leaves = Array.from({ length: files * each }, (_, i) => cidOf(`leaf ${i}`, RAW_CODEC))
  const inner = Array.from({ length: files }, (_, i) => cidOf(`file ${i}`, DAG_PB_CODEC))
  const root = cidOf('root', DAG_PB_CODEC)
  const tracker = new DagTracker(root, [{ chunks: 1 + files * (each + 1), size: 1 + files * (each + 1) }])
  const counts: number[] = []
  const start = process.cpuUsage()
  tracker.add(root, inner, 1)
  for (const [i, cid] of inner.entries()) {
    tracker.add(cid, leaves.slice(i * each, (i + 1) * each), 1)
    if (i % 10 === 0) counts.push(tracker.missing().length - (files + i * (each - 1) + each - 1))
  }
  for (const [i, cid] of leaves.entries()) {
    tracker.add(cid, [], 1)
    if (i % 1000 === 0) tracker.cells()
  }
  expect(new Set(counts)).toEqual(new Set([0]))
  expect(tracker.complete).toBe(true)
  // Time of this process, not of the clock: others may be at work. Some 0.6 s here; what is quadratic takes minutes.
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(15)
})
