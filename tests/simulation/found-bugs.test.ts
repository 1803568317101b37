import { describe, expect, it } from 'vitest'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import { RAW_CODEC } from '../../artworks/format/dag.ts'
import { createEventBus } from '../../node/lifecycle/events.ts'
import { DagHoldings } from '../../node/store/dag-holdings.ts'
import { ExhibitionContent } from '../../node/store/exhibition-content.ts'
import { MemoryChunkStore } from '../../node/store/memory-chunk-store.ts'
import { admissionBody, exhibitionBody, manifestBody, withdrawalBody } from './bodies.ts'
import { person } from './people.ts'
import { Random } from './random.ts'
import { SealCache } from './seal-cache.ts'
import { makeDag } from './sealed-works.ts'
import type { Block, Dag } from './sealed-works.ts'
import type { World } from './world.ts'

/** A store whose writes last until they are let through. */
class SlowChunkStore extends MemoryChunkStore {
  readonly deleted: string[] = []
  readonly #waiting: (() => void)[] = []
  isSlow = false

  override async put(...args: Parameters<MemoryChunkStore['put']>): Promise<void> {
    if (this.isSlow) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    await super.put(...args)
  }

  override async delete(cid: Block['cid']): Promise<void> {
    this.deleted.push(cid.toString())
    await super.delete(cid)
  }

  letThrough(): void {
    this.isSlow = false
    for (const go of this.#waiting) go()
  }
}

/** The part of a node that follows what is shown, with one curator whose word is needed. */
async function startContent() {
  const [steward, curator, artist] = await Promise.all([
    person('steward'),
    person('curator'),
    person('artist'),
  ])
  const seals = new SealCache()
  const catalogue = new Catalogue(steward.did)
  const events = createEventBus()
  const chunks = new SlowChunkStore()
  const holdings = new DagHoldings({ chunks, events })
  const nothing = (): void => {}
  const logger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
  } as unknown as World['logger']
  const content = new ExhibitionContent({ catalogue, holdings, chunks, events, logger })
  catalogue.add(
    await seals.seal(
      exhibitionBody(steward.did, { sequence: 1, curators: [curator], quorum: 1, revoked: [] }),
      steward.key,
    ),
  )
  await content.start()
  const changed = async (): Promise<void> => {
    events.emit('catalogue')
    await content.settled()
  }
  return {
    events,
    chunks,
    holdings,
    content,
    changed,
    async publish(slug: string, dag: Dag): Promise<string> {
      const body = manifestBody(steward.did, { slug, sequence: 1, dag, claimed: '1999-12-31T23:59:59Z' })
      const record = await seals.seal(body, artist.key)
      catalogue.add(record)
      return record.cid
    },
    async admit(manifest: string): Promise<void> {
      catalogue.add(await seals.seal(admissionBody(steward.did, { manifest }), curator.key))
      await changed()
    },
    async withdraw(slug: string): Promise<void> {
      catalogue.add(await seals.seal(withdrawalBody(steward.did, slug), artist.key))
      await changed()
    },
    async store(dag: Dag): Promise<void> {
      for (const { cid, bytes } of dag.blocks.values()) await chunks.put(cid, bytes)
    },
  }
}

describe('bugs that the simulation found', () => {
  it('a chunk being written when its work is withdrawn does not stay', async () => {
    const node = await startContent()
    const dag = makeDag(new Random(1), 4, [])
    const blocks = [...dag.blocks.values()]
    const leaves = blocks.filter(({ cid }) => cid.code === RAW_CODEC)
    await node.admit(await node.publish('gone', dag))
    for (const { cid, bytes } of blocks) if (cid.code !== RAW_CODEC) await node.holdings.add(cid, bytes)
    node.chunks.isSlow = true
    const told: string[] = []
    node.events.on('chunk', (cid) => told.push(cid))
    const writing = Promise.all(leaves.map(({ cid, bytes }) => node.holdings.add(cid, bytes)))
    const withdrawn = node.withdraw('gone')
    await new Promise((resolve) => setImmediate(resolve))
    node.chunks.letThrough()
    await Promise.all([writing, withdrawn])
    expect(node.chunks.usage().chunks).toBe(0)
    expect(told).toEqual([])
  })

  it('a work that is admitted after it came in whole is told of then', async () => {
    const node = await startContent()
    const dag = makeDag(new Random(2), 3, [])
    await node.holdings.track(dag.root, { size: dag.size, chunks: dag.blocks.size })
    for (const { cid, bytes } of dag.blocks.values()) await node.holdings.add(cid, bytes)
    const manifest = await node.publish('late', dag)
    const told: string[] = []
    node.events.on('progress', (root) => {
      if (node.content.shown().has(root)) told.push(root)
    })
    await node.admit(manifest)
    expect(told).toEqual([dag.root])
  })

  it('of a work that goes, the root goes last', async () => {
    const node = await startContent()
    const dag = makeDag(new Random(3), 12, [])
    await node.store(dag)
    await node.admit(await node.publish('gone', dag))
    await node.withdraw('gone')
    expect(node.chunks.deleted).toHaveLength(dag.blocks.size)
    expect(node.chunks.deleted.at(-1)).toBe(dag.root)
  })

  it('a work that waits for curators keeps what it shares with one that goes, also after a restart', async () => {
    const node = await startContent()
    const random = new Random(4)
    const first = makeDag(random, 6, [])
    const leaves = [...first.blocks.values()].filter(({ cid }) => cid.code === RAW_CODEC)
    const second = makeDag(random, 40, leaves)
    await node.store(first)
    await node.store(second)
    const waiting = await node.publish('waiting', second)
    await node.admit(await node.publish('gone', first))
    await node.withdraw('gone')
    await node.admit(waiting)
    expect(leaves.some(({ key }) => second.blocks.has(key))).toBe(true)
    expect(node.holdings.progress(second.root)?.complete).toBe(true)
    expect([...node.chunks.list()].sort()).toEqual([...second.blocks.keys()].sort())
  })
})
