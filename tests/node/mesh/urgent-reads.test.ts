import { describe, expect, it } from 'vitest'
import type { Did } from '../../../artworks/format/did-key.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { UrgentReads } from '../../../node/mesh/urgent-reads.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { ReadThrough, ReadThroughError } from '../../../node/store/read-through.ts'
import { wireLimits } from '../../../node/wire/limits.ts'
import { rawBlock } from '../store/blocks.ts'

const block = rawBlock('een blok')
const root = rawBlock('een werk').cid
const signal = new AbortController().signal
const did = (name: string): Did => `did:key:z${name}`

function setUp() {
  const reads = new ReadThrough({ chunks: new MemoryChunkStore(), events: createEventBus() })
  const asked: (readonly Did[])[] = []
  const urgent = new UrgentReads({
    reads,
    content: { isReadable: () => true },
    self: { did: did('me') },
    waysTo: (_, without) => {
      asked.push(without)
      return ['near']
    },
  })
  return { reads, urgent, asked }
}

/** Whether it came, once it is known; the chunk is given when asked. */
function fetched(urgent: UrgentReads, waiting: readonly Did[], hops = 3): Promise<boolean> {
  return urgent.fetch(block.cid, root, { signal, hops, waiting })
}

async function untilAsked(reads: ReadThrough, readers: number): Promise<void> {
  await expect.poll(() => [...reads.asked()].flatMap(({ waiting }) => waiting).length).toBe(readers)
}

describe('what neighbours seek', () => {
  it('is sought along no way on which somebody waits for it, in the name of all of them', async () => {
    const { reads, urgent, asked } = setUp()
    const both = [fetched(urgent, [did('a')]), fetched(urgent, [did('b'), did('a')])]
    await untilAsked(reads, 2)
    const [sought] = [...urgent.chunks()]
    expect(sought).toMatchObject({ via: ['near'], waiting: [did('a'), did('b'), did('me')] })
    expect(asked).toEqual([[did('a'), did('b')]])
    reads.pass(block.cid.toString(), block.bytes)
    expect(await Promise.all(both)).toEqual([true, true])
  })

  it('is not sought in a circle', async () => {
    const { reads, urgent } = setUp()
    expect(await fetched(urgent, [did('a'), did('me'), did('b')])).toBe(false)
    expect([...reads.asked()]).toEqual([])
  })

  it('waits for nobody who went away', async () => {
    const { reads, urgent } = setUp()
    const patience = { signal, root: root.toString(), patienceMs: 10, waiting: [did('a')] }
    await expect(reads.read(block.cid, patience)).rejects.toBeInstanceOf(ReadThroughError)
    const reading = fetched(urgent, [did('b')])
    await untilAsked(reads, 1)
    expect([...urgent.chunks()].map(({ waiting }) => waiting)).toEqual([[did('b'), did('me')]])
    reads.pass(block.cid.toString(), block.bytes)
    expect(await reading).toBe(true)
  })

  it('names no more than a message may', async () => {
    const { reads, urgent } = setUp()
    const many = Array.from({ length: wireLimits.seekWaiting + 5 }, (_, i) => did(`n${i}`))
    const reading = fetched(urgent, many)
    await untilAsked(reads, many.length)
    const [sought] = [...urgent.chunks()]
    expect(sought?.waiting).toHaveLength(wireLimits.seekWaiting)
    expect(sought?.waiting.at(-1)).toBe(did('me'))
    reads.pass(block.cid.toString(), block.bytes)
    expect(await reading).toBe(true)
  })
})
