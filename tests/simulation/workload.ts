import { CID } from 'multiformats/cid'
import type { OpenedRecord, RecordBody } from '../../artworks/format/records.ts'
import { DoorRefusal } from '../../node/store/record-door.ts'
import { StoreError } from '../../node/store/errors.ts'
import {
  admissionBody,
  declineBody,
  exhibitionBody,
  manifestBody,
  removalBody,
  withdrawalBody,
} from './bodies.ts'
import type { ExhibitionPlan } from './bodies.ts'
import type { Random } from './random.ts'
import { makeDag } from './sealed-works.ts'
import type { Block, Dag } from './sealed-works.ts'
import type { SimNode } from './sim-node.ts'
import type { SimProcess } from './sim-process.ts'
import type { Person, World } from './world.ts'

export interface WorkloadInit {
  readonly world: World
  readonly random: Random
  readonly nodes: readonly SimNode[]
  readonly steward: Person
  readonly curators: readonly Person[]
  readonly artists: readonly Person[]
  readonly plan: ExhibitionPlan
  readonly works: number
  /** All of it happens in this time. */
  readonly durationMs: number
  /** Whether works are changed, withdrawn and removed. */
  readonly restless: boolean
  /** Leaves of a work, now and then many more; default 12. */
  readonly leaves?: number
}

const RETRY_MS = 20_000
const TRIES = 6

/** People who bring works, change and withdraw them, and decide on them, at whatever node they stand next to. */
export class Workload {
  /** CIDs of records that an honest node took in: they may never get lost. */
  readonly accepted = new Set<string>()
  readonly #init: WorkloadInit
  readonly #leaves: Block[] = []

  constructor(init: WorkloadInit) {
    this.#init = init
  }

  start(): void {
    const { works, random, durationMs } = this.#init
    for (let i = 0; i < works; i++) {
      const atMs = random.next() * durationMs * 0.7
      this.#at(atMs, () => this.#live(`work-${i}`, atMs))
    }
    if (this.#init.restless && random.chance(0.5))
      this.#at(random.next() * durationMs, () => this.#changeExhibition())
  }

  /** One work's life. */
  async #live(slug: string, bornMs: number): Promise<void> {
    const { random, artists, durationMs, restless } = this.#init
    const artist = random.pick(artists)
    const leftMs = durationMs - bornMs
    this.#publish(artist, slug, 1)
    if (!restless) return
    if (random.chance(0.4)) {
      const sequence = 2
      this.#at(random.next() * leftMs, async () => this.#publish(artist, slug, sequence))
      // Two devices of one artist, that do not know of each other.
      if (random.chance(0.5))
        this.#at(random.next() * leftMs, async () => this.#publish(artist, slug, sequence))
    }
    if (random.chance(0.3))
      this.#at(random.next() * leftMs, () => this.#submit(withdrawalBody(this.#exhibition, slug), artist))
    if (random.chance(0.15)) {
      for (const curator of this.#init.curators)
        if (random.chance(0.7))
          this.#at(random.next() * leftMs, () =>
            this.#submit(removalBody(this.#exhibition, artist.did, slug), curator),
          )
    }
  }

  #publish(artist: Person, slug: string, sequence: number): void {
    const { random, world } = this.#init
    const { leaves } = this.#init
    const isLarge = leaves === undefined && random.chance(0.05)
    const count = isLarge ? 60 + random.below(60) : 1 + random.below(leaves ?? 12)
    const dag = makeDag(random, count, this.#leaves)
    world.dags.set(dag.root, dag)
    for (const block of dag.blocks.values()) if (block.cid.code === 0x55) this.#leaves.push(block)
    if (this.#leaves.length > 200) this.#leaves.splice(0, this.#leaves.length - 200)
    const year = 1000 + random.below(8999)
    const body = manifestBody(this.#exhibition, {
      slug,
      sequence,
      dag,
      claimed: `${year}-01-01T00:00:00Z`,
    })
    this.#sealed(body, artist)
      .then((record) => {
        this.#bring(record, dag, TRIES)
        this.#decide(record, artist)
      })
      .catch((err: unknown) => world.monitor.report('workload', String(err)))
  }

  /** What the curators think of it. */
  #decide(record: OpenedRecord, artist: Person): void {
    const { curators, random, durationMs, plan } = this.#init
    if (plan.quorum === 0 && random.chance(0.7)) return
    for (const curator of curators) {
      const atMs = random.next() * durationMs * 0.3
      if (random.chance(0.1))
        this.#at(atMs, () => this.#submit(declineBody(this.#exhibition, record.cid), curator))
      else if (random.chance(0.9)) {
        const target = random.chance(0.2) ? { artist: artist.did } : { manifest: record.cid }
        this.#at(atMs, () => this.#submit(admissionBody(this.#exhibition, target), curator))
      }
    }
  }

  async #changeExhibition(): Promise<void> {
    const { plan, steward, nodes, random } = this.#init
    const bad = nodes.filter(({ isHonest, behaviour }) => !isHonest && behaviour !== 'stranger')
    const revoked = bad.length > 0 && random.chance(0.5) ? [random.pick(bad).did] : []
    await this.#submit(
      exhibitionBody(this.#exhibition, { ...plan, sequence: plan.sequence + 1, revoked }),
      steward,
    )
  }

  async #submit(body: RecordBody, by: Person): Promise<void> {
    this.#bring(await this.#sealed(body, by), null, TRIES)
  }

  async #sealed(body: RecordBody, by: Person): Promise<OpenedRecord> {
    const record = await this.#init.world.seals.seal(body, by.key)
    return record
  }

  /** Tries at one node and, if that fails or falls silent, at another. */
  #bring(record: OpenedRecord, dag: Dag | null, tries: number): void {
    const { nodes, random, world, durationMs } = this.#init
    if (tries === 0 || this.accepted.has(record.cid) || world.clock.nowMs > durationMs) return
    const up = nodes.filter((node) => node.isHonest && node.isUp)
    const process = up.length === 0 ? undefined : random.pick(up).process
    if (process !== undefined) {
      this.#handIn(process, record, dag).catch((err: unknown) => {
        if (!(err instanceof DoorRefusal || err instanceof StoreError))
          world.monitor.report(process.node.name, `hands in: ${String(err)}`)
        process.node.trace(`refuses ${record.kind} ${record.cid.slice(-8)}: ${String(err)}`)
      })
    }
    world.clock.after(RETRY_MS * random.between(0.5, 1.5), () => this.#bring(record, dag, tries - 1))
  }

  async #handIn(process: SimProcess, record: OpenedRecord, dag: Dag | null): Promise<void> {
    if (dag !== null) {
      process.uploads.add(dag.root)
      for (const key of dag.blocks.keys()) process.node.leftovers.add(key)
    }
    try {
      if (dag !== null) await upload(process, dag)
      await process.door.submit(record.bytes)
      this.accepted.add(record.cid)
      for (const key of dag?.blocks.keys() ?? []) process.node.leftovers.delete(key)
      process.node.trace(`took in ${record.kind} ${record.cid.slice(-8)} ${dag?.root.slice(-8) ?? ''}`)
    } catch (err) {
      if (dag !== null) await forget(process, dag)
      throw err
    } finally {
      if (dag !== null) process.uploads.delete(dag.root)
    }
  }

  get #exhibition(): World['exhibition'] {
    return this.#init.world.exhibition
  }

  #at(delayMs: number, run: () => Promise<void>): void {
    const { world } = this.#init
    world.clock.after(delayMs, () => {
      run().catch((err: unknown) => world.monitor.report('workload', String(err)))
    })
  }
}

/** As node/http/upload-sessions.ts takes an upload: what it wants next, until it wants nothing. */
async function upload({ holdings, chunks }: SimProcess, dag: Dag): Promise<void> {
  // What is here already may be rotten, and nobody else may have it when that is noticed.
  for (const { cid } of dag.blocks.values()) if (chunks.has(cid)) await chunks.get(cid)
  await holdings.track(dag.root, { size: dag.size, chunks: dag.blocks.size })
  for (;;) {
    const [next] = holdings.missing(dag.root)
    const block = next && dag.blocks.get(next.toString())
    if (block === undefined) return
    if (chunks.has(block.cid)) throw new StoreError('in-use', `${block.key} is here and counts as missing`)
    await holdings.add(block.cid, block.bytes)
  }
}

/** As node/http/upload-sessions.ts tidies an upload that came to nothing. */
async function forget(process: SimProcess, dag: Dag): Promise<void> {
  const { holdings, chunks, catalogue, content } = process
  const isRecorded = catalogue
    .artworks()
    .some(
      ({ versions, standing }) =>
        standing !== 'withdrawn' && versions.some(({ body }) => body.root.toString() === dag.root),
    )
  if (isRecorded || content.shown().has(dag.root)) return
  const held = [...holdings.chunksOf(dag.root)]
  holdings.untrack(dag.root)
  const kept = holdings.referenced()
  for (const cid of held) if (!kept.has(cid)) await chunks.delete(CID.parse(cid))
}
