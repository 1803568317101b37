import { describe, expect, it, vi } from 'vitest'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { ReadThrough, readThroughLimits } from '../../../node/store/read-through.ts'
import type { ReadThroughLimits } from '../../../node/store/read-through.ts'
import { VirtualClock } from '../../simulation/virtual-clock.ts'
import { rawBlock } from './blocks.ts'

function setUp(limits: Partial<ReadThroughLimits> = {}) {
  const clock = new VirtualClock()
  const chunks = new MemoryChunkStore()
  const events = createEventBus()
  const reads = new ReadThrough({
    chunks,
    events,
    after: (ms, run) => clock.after(ms, run),
    limits: { ...readThroughLimits, ...limits },
  })
  reads.start()
  const pass = async (ms: number): Promise<void> => {
    const untilMs = clock.nowMs + ms
    do await new Promise((resolve) => setImmediate(resolve))
    while (clock.step(untilMs))
  }
  return { chunks, events, reads, pass }
}

const block = rawBlock('een blok')
const other = rawBlock('een ander blok')
const signal = new AbortController().signal
const asked = (reads: ReadThrough): string[] => [...reads.asked()].map(({ cid }) => cid)

describe('reading through', () => {
  it('gives what is here without asking anybody', async () => {
    const { chunks, reads } = setUp()
    await chunks.put(block.cid, block.bytes)
    expect(await reads.read(block.cid, { signal, root: 'r' })).toEqual(block.bytes)
    expect(asked(reads)).toEqual([])
  })

  it('asks once for all who wait, and wakes them when it is stored', async () => {
    const { chunks, events, reads, pass } = setUp()
    const told: string[] = []
    events.on('chunk:asked', (cid) => told.push(cid))
    const readers = [1, 2, 3].map(() => reads.read(block.cid, { signal, root: 'r' }))
    await pass(1)
    expect(told).toEqual([block.cid.toString()])
    expect(asked(reads)).toEqual([block.cid.toString()])
    await chunks.put(block.cid, block.bytes)
    events.emit('chunk', block.cid.toString())
    for (const bytes of await Promise.all(readers)) expect(bytes).toEqual(block.bytes)
    expect(asked(reads)).toEqual([])
  })

  it('gives what only passes through, keeps a copy for a while, and forgets it when the catalogue changes', async () => {
    const { chunks, events, reads, pass } = setUp()
    const reading = reads.read(block.cid, { signal, root: 'r' })
    await pass(1)
    const buffer = block.bytes.slice()
    reads.pass(block.cid.toString(), buffer)
    buffer.fill(0)
    expect(await reading).toEqual(block.bytes)
    expect(chunks.has(block.cid)).toBe(false)
    expect(await reads.read(block.cid, { signal, root: 'r' })).toEqual(block.bytes)
    events.emit('catalogue')
    expect(await reads.here(block.cid)).toBeNull()
  })

  it('asks for the work that was named last: the one before it may be withdrawn', async () => {
    const { chunks, events, reads, pass } = setUp()
    const first = reads.read(block.cid, { signal, root: 'withdrawn' }).catch((err: unknown) => err)
    await pass(readThroughLimits.patienceMs + 1)
    expect(await first).toBeInstanceOf(Error)
    const second = reads.read(block.cid, { signal, root: 'shown' })
    const third = reads.read(block.cid, { signal })
    await pass(1)
    expect([...reads.asked()].map(({ root }) => root)).toEqual(['shown'])
    await chunks.put(block.cid, block.bytes)
    events.emit('chunk', block.cid.toString())
    expect(await Promise.all([second, third])).toEqual([block.bytes, block.bytes])
  })

  it('forgets what was stored while it was being asked for', async () => {
    const { chunks, reads } = setUp()
    vi.spyOn(chunks, 'has').mockReturnValue(true)
    vi.spyOn(chunks, 'get').mockResolvedValueOnce(null).mockResolvedValueOnce(block.bytes)
    expect(await reads.read(block.cid, { signal, root: 'r' })).toEqual(block.bytes)
    expect(asked(reads)).toEqual([])
  })

  it('takes in nothing that nobody asked for', async () => {
    const { reads } = setUp()
    reads.pass(block.cid.toString(), block.bytes)
    expect(await reads.here(block.cid)).toBeNull()
  })

  it('keeps no more of what passes through than it may', async () => {
    const { reads, pass } = setUp({ passingBytes: 20 })
    for (const { cid, bytes } of [block, other]) {
      const reading = reads.read(cid, { signal, root: 'r' })
      await pass(1)
      reads.pass(cid.toString(), bytes)
      expect(await reading).toEqual(bytes)
    }
    expect([await reads.here(block.cid), await reads.here(other.cid)]).toEqual([null, other.bytes])
  })

  it('gives up when nothing of the work comes, and goes on asking for a reader who comes back', async () => {
    const { reads, pass } = setUp()
    const reading = reads.read(block.cid, { signal, root: 'r' }).catch((err: unknown) => err)
    await pass(readThroughLimits.patienceMs)
    expect(await reading).toMatchObject({ code: 'not-arrived' })
    expect(asked(reads)).toEqual([block.cid.toString()])
    await pass(readThroughLimits.lingerMs)
    expect(asked(reads)).toEqual([])
  })

  it('is patient while something of the work comes, but not for ever', async () => {
    const { events, reads, pass } = setUp()
    const reading = reads.read(block.cid, { signal, root: 'r' }).catch((err: unknown) => err)
    let over = false
    reading.then(() => (over = true)).catch(() => {})
    for (let waited = 0; waited + 5_000 < readThroughLimits.waitMs; waited += 5_000) {
      events.emit('progress', 'r')
      await pass(5_000)
      expect(over).toBe(false)
    }
    await pass(3 * readThroughLimits.patienceMs)
    expect(await reading).toMatchObject({ code: 'not-arrived' })
  })

  it('stops asking at once for a reader who went away', async () => {
    const { reads, pass } = setUp()
    const leaving = new AbortController()
    const reading = reads.read(block.cid, { signal: leaving.signal, root: 'r' }).catch((err: unknown) => err)
    await pass(1)
    leaving.abort(new Error('gone'))
    expect(await reading).toMatchObject({ message: 'gone' })
    expect(asked(reads)).toEqual([])
  })

  it('lets no more wait than it may', async () => {
    const { reads, pass } = setUp({ readers: 1 })
    const first = reads.read(block.cid, { signal, root: 'r' }).catch(() => {})
    await pass(1)
    await expect(reads.read(other.cid, { signal, root: 'r' })).rejects.toMatchObject({
      code: 'too-many-readers',
    })
    await pass(readThroughLimits.patienceMs)
    await first
  })

  it('asks ahead for no more than half of what it may ask for', () => {
    const { reads } = setUp({ asks: 2 })
    reads.ahead([block.cid, other.cid], 'r')
    expect(asked(reads)).toEqual([block.cid.toString()])
  })
})
