import { CID } from 'multiformats/cid'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import { DAG_PB_CODEC } from '../../artworks/format/dag.ts'
import { isKind } from '../../artworks/format/records.ts'
import { windowLimits } from '../../node/replication/request-window.ts'
import { isVerifiedBlock } from '../../node/store/block-hash.ts'
import { meshStateLimits } from '../../node/store/mesh-state.ts'
import type { SimNode } from './sim-node.ts'
import type { SimProcess } from './sim-process.ts'

/** After a node knows of a withdrawal, its files are gone within this time of its disk. */
const WITHDRAWAL_GRACE_MS = 3_000
/** Where nothing goes wrong, neighbours know of what is whole after this time. */
const TOLD_WITHIN_MS = 3_000

const ALIVE_MAX = windowLimits.mostRequests + windowLimits.urgentRequests

/** The invariants of one honest node, looked at where they could break. */
export class ProcessWatch {
  readonly #process: SimProcess
  /** Chunks whose files were on the card for certain at some time of this run. */
  readonly #durable = new Set<string>()
  /** Chunk to the neighbour it is asked of. */
  readonly #alive = new Map<string, number>()
  readonly #alivePerPeer = new Map<number, number>()
  /** Shown works that are whole here, and since when. */
  readonly #wholeSinceMs = new Map<string, number>()
  /** Works that this node lets go of, by its last plan. */
  #goes: ReadonlySet<string> = new Set()
  /** Works by artist and slug, and when this run knew that they are withdrawn. */
  readonly #withdrawnSinceMs = new Map<string, number>()

  constructor(process: SimProcess) {
    this.#process = process
  }

  start(): void {
    const { events, chunks } = this.#process
    for (const cid of chunks.list()) this.#durable.add(cid)
    events.on('chunk', (cid) => this.#stored(cid))
    events.on('progress', (root) => this.#progressed(root))
    events.on('record', (record) => {
      this.#process.node.trace(`keeps ${record.kind} ${record.cid.slice(-8)}`)
      this.#rightToBeThere(record.cid)
      if (isKind(record, 'withdrawal')) {
        this.#withdrawnSinceMs.set(`${record.signer}/${record.body.slug}`, this.#process.steadyNowMs())
        this.#withdrawnSoonGone()
      }
    })
    this.#withdrawnSoonGone()
  }

  violation(what: string): void {
    const { world, node, isHonest } = this.#process
    if (isHonest) world.monitor.report(node.name, what)
  }

  onDurable(name: string): void {
    this.#durable.add(name)
  }

  asked(peer: number, cids: readonly string[]): void {
    for (const cid of cids) {
      this.#check(!this.#process.chunks.has(CID.parse(cid)), () => `asks n${peer} for ${cid}, which is here`)
      const other = this.#alive.get(cid)
      this.#check(other === undefined, () => `asks n${peer} for ${cid}, which n${other ?? -1} is asked for`)
      this.#alive.set(cid, peer)
    }
    const count = (this.#alivePerPeer.get(peer) ?? 0) + cids.length
    this.#alivePerPeer.set(peer, count)
    this.#check(count <= ALIVE_MAX, () => `has ${count} requests alive at n${peer}`)
  }

  /** A chunk is to be fetched from afar: no neighbour can have had it for long. */
  soughtAfar(cid: string, root: string): void {
    const { world, members, node } = this.#process
    if (!world.isCalm) return
    const beforeMs = world.clock.nowMs - TOLD_WITHIN_MS
    for (const [peer, { sinceMs }] of members) {
      const heldSinceMs = node.others[peer]?.process?.watch.wholeSinceMs(root)
      const wasTold = heldSinceMs !== undefined && heldSinceMs < beforeMs && sinceMs < beforeMs
      this.#check(!wasTold, () => `seeks ${cid} of ${root} afar, which n${peer} holds`)
    }
  }

  wholeSinceMs(root: string): number | undefined {
    return this.#wholeSinceMs.get(root)
  }

  settled(peer: number, cid: string): void {
    if (this.#alive.get(cid) !== peer) return
    this.#alive.delete(cid)
    this.#alivePerPeer.set(peer, (this.#alivePerPeer.get(peer) ?? 1) - 1)
  }

  forget(peer: number): void {
    for (const [cid, owner] of this.#alive) if (owner === peer) this.settled(peer, cid)
  }

  /** A chunk leaves for a neighbour. */
  served(peer: number, cid: CID, bytes: Uint8Array): void {
    this.#check(isVerifiedBlock(cid, bytes), () => `sends n${peer} wrong bytes of ${cid.toString()}`)
  }

  /** Haves leave for a neighbour. */
  told(roots: readonly string[], cids: readonly string[]): void {
    for (const cid of cids)
      this.#check(this.#durable.has(cid), () => `tells of ${cid} before it is on the card`)
    for (const root of roots) {
      for (const cid of this.#process.world.dags.get(root)?.blocks.keys() ?? [])
        this.#check(this.#durable.has(cid), () => `tells of ${root} without ${cid} on the card`)
    }
  }

  /**
   * Room is made by letting go of what is here of these works: each chunk is on the card of another node that means to keep it, unless a
   * record that this node has not heard of ended the work.
   */
  lettingGo(roots: readonly string[]): void {
    const { content, holdings, node } = this.#process
    this.#goes = new Set(roots)
    for (const root of roots.filter((one) => content.shown().has(one))) {
      node.trace(`lets go of ${root.slice(-8)}`)
      for (const cid of [...holdings.chunksOf(root)].map((key) => CID.parse(key))) {
        const stays = holdings.rootsOf(cid).some((one) => !roots.includes(one))
        this.#check(
          stays || node.others.some((other) => other !== node && isKeeping(other, cid)) || this.#isOver(root),
          () => `lets go of ${cid.toString()} of ${root}, which no other node keeps`,
        )
      }
    }
  }

  /** Whether a work is shown no longer once all that honest nodes have on their cards is known everywhere. */
  #isOver(root: string): boolean {
    const { catalogue, node } = this.#process
    const all = new Catalogue(catalogue.id)
    for (const { isHonest, disk } of node.others)
      if (isHonest) for (const { record } of disk.records.all()) all.add(record)
    return all.shown().every(({ shown }) => shown.body.root.toString() !== root)
  }

  /** Whether a chunk is here for a work that does not make room just now. */
  keeps(cid: CID): boolean {
    return (
      this.#process.chunks.has(cid) &&
      this.#process.holdings.rootsOf(cid).some((root) => !this.#goes.has(root))
    )
  }

  /** The catalogue is the fold of the records, in whatever order. */
  foldHolds(): void {
    const { catalogue, keeper, random } = this.#process
    const again = new Catalogue(catalogue.id)
    const records = [...keeper.store.all()].map(({ record }) => record)
    for (const record of random.shuffled(records)) again.add(record)
    this.#check(
      summary(again) === summary(catalogue),
      () => `shows ${summary(catalogue)}, its records say ${summary(again)}`,
    )
    this.#check(
      keeper.digests.size === keeper.store.size(),
      () => `has digests of ${keeper.digests.size} records and holds ${keeper.store.size()}`,
    )
  }

  /** What must stay small stays small. */
  boundsHold(): void {
    const { state } = this.#process
    this.#check(state.peers.size <= meshStateLimits.peers, () => `remembers ${state.peers.size} peers`)
    this.#check(
      state.incidents.length <= meshStateLimits.incidents,
      () => `remembers ${state.incidents.length} incidents`,
    )
    this.#check(
      this.#alive.size <= ALIVE_MAX * Math.max(1, this.#alivePerPeer.size),
      () => `has ${this.#alive.size} requests alive`,
    )
  }

  /** Chunks that are here of works known to be withdrawn for some time, and that nothing else needs. */
  withdrawnHeld(graceMs: number): string[] {
    const knownBeforeMs = this.#process.steadyNowMs() - graceMs
    const { catalogue, chunks, world, holdings, uploads, node } = this.#process
    const gone = new Map<string, CID>()
    const needed = new Set<string>()
    for (const { artist, slug, standing, versions } of catalogue.artworks()) {
      const isGone =
        standing === 'withdrawn' &&
        (this.#withdrawnSinceMs.get(`${artist}/${slug}`) ?? Number.NEGATIVE_INFINITY) <= knownBeforeMs
      for (const { body } of versions) {
        const blocks = [...(world.dags.get(body.root.toString())?.blocks.values() ?? [])]
        // What a block links to is known from the block: of a work that lost one to its card, the rest is for `mesh-art gc`.
        const isTorn = blocks.some(({ key, cid }) => cid.code === DAG_PB_CODEC && node.rotted.has(key))
        for (const { key, cid } of blocks) {
          if (isGone && !isTorn && !node.leftovers.has(key)) gone.set(key, cid)
          else needed.add(key)
        }
      }
    }
    for (const root of [...holdings.roots(), ...uploads]) {
      if (!catalogue.artworks().some((work) => isWithdrawnRoot(work, root)))
        for (const key of world.dags.get(root)?.blocks.keys() ?? []) needed.add(key)
    }
    return [...gone].filter(([key, cid]) => !needed.has(key) && chunks.has(cid)).map(([key]) => key)
  }

  #withdrawnSoonGone(): void {
    this.#process.after(WITHDRAWAL_GRACE_MS, () => {
      const held = this.withdrawnHeld(WITHDRAWAL_GRACE_MS)
      this.#check(
        held.length === 0,
        () => `still holds ${held.length} chunks of withdrawn works, ${held[0] ?? ''} among them`,
      )
    })
  }

  #progressed(root: string): void {
    const { content, holdings, world } = this.#process
    if (!content.shown().has(root) || holdings.progress(root)?.complete !== true)
      this.#wholeSinceMs.delete(root)
    else if (!this.#wholeSinceMs.has(root)) this.#wholeSinceMs.set(root, world.clock.nowMs)
  }

  #stored(key: string): void {
    const { world, node } = this.#process
    if (node.disk.kind === 'memory') this.#durable.add(key)
    for (const dag of node.disk.kind === 'card' ? world.dags.values() : []) {
      const block = dag.blocks.get(key)
      if (block === undefined) continue
      const stored = node.disk.peek(key)
      // Found here unread, as part of another work: whether it rotted meanwhile shows when it is read.
      const isRight = (stored !== null && isVerifiedBlock(block.cid, stored)) || node.disk.isRotten(key)
      this.#check(isRight || world.mutations.offersBeforeSync === true, () => `stored wrong bytes of ${key}`)
      break
    }
    if (this.#process.catalogue.artworks().some(({ standing }) => standing === 'withdrawn'))
      this.#withdrawnSoonGone()
  }

  #rightToBeThere(cid: string): void {
    const { keeper, catalogue, world } = this.#process
    const stored = keeper.store.get(cid)
    const isStewards = stored?.record.signer === catalogue.id
    const intakeNode = stored?.intakeNode ?? null
    const isIntaken = intakeNode !== null && catalogue.grant(intakeNode) !== undefined
    this.#check(
      stored !== undefined && stored.record.exhibition === world.exhibition && (isStewards || isIntaken),
      () => `keeps ${cid} that nobody granted took in`,
    )
  }

  #check(holds: boolean, what: () => string): void {
    const { world, node, isHonest } = this.#process
    if (isHonest) world.monitor.check(holds, node.name, what)
  }
}

function isWithdrawnRoot(
  work: { standing: string; versions: readonly { body: { root: CID } }[] },
  root: string,
): boolean {
  return work.standing === 'withdrawn' && work.versions.some(({ body }) => body.root.toString() === root)
}

/** A node that is switched off keeps what is on its card: nothing goes before others were heard. */
function isKeeping({ isHonest, disk, process }: SimNode, cid: CID): boolean {
  if (!isHonest) return false
  if (disk.kind === 'card' && !disk.isDurable(cid.toString())) return false
  if (process?.isReady !== true) return disk.kind === 'card'
  return process.watch.keeps(cid)
}

/** What a catalogue shows, as text. */
export function summary(catalogue: Catalogue): string {
  return catalogue
    .artworks()
    .map(({ slug, standing, shown }) => `${slug}:${standing}:${shown?.cid.slice(-8) ?? ''}`)
    .join(' ')
}
