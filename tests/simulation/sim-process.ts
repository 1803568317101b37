import { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { createEventBus } from '../../node/lifecycle/events.ts'
import { meshLimits } from '../../node/mesh/limits.ts'
import type { RecordJudgement } from '../../node/replication/judge-record.ts'
import type { ChunkStore } from '../../node/store/chunk-store.ts'
import { DagHoldings } from '../../node/store/dag-holdings.ts'
import { StoreError } from '../../node/store/errors.ts'
import { ExhibitionContent } from '../../node/store/exhibition-content.ts'
import { IntakeDoor } from '../../node/store/intake-door.ts'
import { MeshState } from '../../node/store/mesh-state.ts'
import { ReadThrough } from '../../node/store/read-through.ts'
import { RecordKeeper } from '../../node/store/record-keeper.ts'
import { Retention } from '../../node/store/retention.ts'
import type { CarriedRecord } from '../../node/wire/record-messages.ts'
import { ProcessWatch } from './process-watch.ts'
import type { Random } from './random.ts'
import { SimChunks } from './sim-chunks.ts'
import { SimGossip } from './sim-gossip.ts'
import { SimMembership } from './sim-membership.ts'
import type { SimMember } from './sim-membership.ts'
import type { ConnectionEnd } from './sim-network.ts'
import type { SimStream } from './sim-stream.ts'
import type { SimNode } from './sim-node.ts'
import { SimSync } from './sim-sync.ts'
import { asHeard, asServed, asStored } from './tampered-stores.ts'
import type { Cancel } from './virtual-clock.ts'
import type { World } from './world.ts'

/** One run of a node's program: composed as node/exhibition-node.ts does, of the same parts. What it holds in memory dies with it. */
export class SimProcess {
  readonly node: SimNode
  readonly world: World
  readonly random: Random
  readonly events = createEventBus()
  readonly state = new MeshState()
  readonly members = new Map<number, SimMember>()
  /** Roots that an artist is bringing in. */
  readonly uploads = new Set<string>()
  readonly watch: ProcessWatch
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly chunks: ChunkStore
  /** Chunks as the neighbours get them: of a liar, not the same. */
  readonly served: ChunkStore
  readonly holdings: DagHoldings
  readonly content: ExhibitionContent
  readonly reads: ReadThrough
  readonly door: IntakeDoor
  readonly membership: SimMembership
  readonly sync: SimSync
  readonly gossip: SimGossip
  readonly rim: SimChunks
  readonly isHonest: boolean
  readonly #startedMs: number
  readonly #inbound = new Map<string, number>()
  #alive = true
  #ready = false

  private constructor(node: SimNode, chunks: ChunkStore, watch: (process: SimProcess) => ProcessWatch) {
    const { world } = node
    this.node = node
    this.world = world
    this.random = node.random.fork()
    this.isHonest = node.behaviour === 'honest'
    // A steady clock begins anywhere.
    this.#startedMs = world.clock.nowMs - this.random.below(1_000_000)
    this.chunks = asStored(chunks, world.mutations)
    this.served = asServed(this.chunks, node.behaviour)
    this.catalogue = new Catalogue(world.exhibition)
    const { events, catalogue } = this
    this.keeper = new RecordKeeper(node.disk.records, catalogue, events, {
      openRecord: world.seals.openRecord,
      openIntake: world.seals.openIntake,
      defer: (run) => this.after(0, run),
    })
    const { logger } = world
    this.holdings = new DagHoldings({ chunks: this.chunks, events, logger })
    this.content = new ExhibitionContent({
      catalogue,
      holdings: this.holdings,
      chunks: this.chunks,
      events,
      logger,
    })
    this.reads = new ReadThrough({
      chunks: this.chunks,
      events,
      after: (ms, run) => this.after(ms, run),
    })
    this.door = new IntakeDoor({ keeper: this.keeper, holdings: this.holdings, nodeKey: node.key })
    this.watch = watch(this)
    this.membership = new SimMembership(this)
    this.sync = new SimSync(this)
    this.gossip = new SimGossip(this)
    this.rim = new SimChunks(this)
  }

  /** Starts a node's program on what its card holds. */
  static async start(
    node: SimNode,
    firstRecords: readonly Uint8Array[],
    onMade: (process: SimProcess) => void,
  ): Promise<void> {
    let watch: ProcessWatch | undefined
    const chunks = await node.disk.open({
      onDurable: (name) => watch?.onDurable(name),
      onReserveUsed: (bytes) => watch?.violation(`writes until ${bytes} bytes of the disk are free`),
    })
    const process = new SimProcess(node, chunks, (made) => (watch = new ProcessWatch(made)))
    onMade(process)
    process.keeper.load()
    for (const sealed of firstRecords) await process.keeper.accept(sealed, null, 'local')
    process.holdings.start()
    process.reads.start()
    process.watch.start()
    await process.content.start()
    await process.#startRetention()
    process.rim.start()
    process.sync.start()
    process.gossip.start()
    process.membership.start()
    process.#ready = true
  }

  get isAlive(): boolean {
    return this.#alive
  }

  get isReady(): boolean {
    return this.#alive && this.#ready
  }

  /** The power is gone: nothing of it happens any more. */
  die(): void {
    this.#alive = false
    this.events.removeAllListeners()
  }

  readonly steadyNowMs = (): number => this.world.clock.nowMs - this.#startedMs

  after(delayMs: number, run: () => void): Cancel {
    return this.world.clock.after(delayMs, () => {
      if (this.#alive) run()
    })
  }

  every(ms: number, run: () => void, firstMs = ms): void {
    this.after(firstMs, () => {
      run()
      this.every(ms, run)
    })
  }

  dial(peer: number, done: (connected: boolean) => void): void {
    const to = this.node.others[peer]
    if (to === undefined) return
    this.world.network.dial(this.node, to, (connected) => {
      if (this.#alive) done(connected)
    })
  }

  readonly didOf = (peer: number): Did => this.node.others[peer]?.did ?? this.node.did

  neighbours(): { did: Did; peer: string }[] {
    return [...this.members].map(([index, { did }]) => ({ did, peer: String(index) }))
  }

  indexOf(did: Did): number | undefined {
    const at = this.node.others.findIndex((node) => node.did === did)
    return at === -1 ? undefined : at
  }

  onConnection(end: ConnectionEnd, outbound: boolean): void {
    this.membership.onConnection(end, outbound)
  }

  joined(peer: number, member: SimMember): void {
    this.members.set(peer, member)
    this.node.trace(`joined n${peer}`)
    const { state } = this
    state.peer(member.did, this.steadyNowMs()).neighbour = true
    this.sync.request(peer, { atOnce: true })
    this.rim.connect(peer)
    this.gossip.connect(peer, member.end.openStream('gossip'))
    this.gossip.soon()
  }

  left(peer: number): void {
    this.members.delete(peer)
    if (!this.#alive) return
    this.node.trace(`lost n${peer}`)
    this.state.peer(this.didOf(peer), this.steadyNowMs()).neighbour = false
    this.rim.disconnect(peer)
    this.gossip.disconnect(peer)
    this.sync.forget(peer)
    this.gossip.soon()
  }

  serve(peer: number, protocol: string, stream: SimStream): void {
    if (this.node.behaviour === 'deaf') return
    const key = `${peer}/${protocol}`
    const open = (this.#inbound.get(key) ?? 0) + 1
    if (open > meshLimits.streamsPerProtocol) {
      stream.abort(new Error('too many streams'))
      return
    }
    this.#inbound.set(key, open)
    stream.onEnd = () => this.#inbound.set(key, (this.#inbound.get(key) ?? 1) - 1)
    if (protocol === 'gossip') this.gossip.serve(peer, stream)
    else if (protocol === 'chunks')
      this.rim.serve(peer, stream).catch((err: unknown) => this.failed('chunks', err))
    else if (protocol === 'records')
      this.sync.serve(peer, stream).catch((err: unknown) => this.failed('sync', err))
    else stream.abort(new Error('no such protocol'))
  }

  /** Records of a sync. @throws {FormatError} @throws {StoreError} */
  async acceptAll(carried: readonly CarriedRecord[]): Promise<void> {
    const kept =
      this.world.mutations.ignoresWithdrawals === true ? await this.#butWithdrawals(carried) : carried
    await this.keeper.acceptAll(
      kept.map(({ r, i }) => ({ sealed: r, intake: i ?? null })),
      'mesh',
    )
  }

  /** Records of gossip, one by one. */
  async accept(carried: readonly CarriedRecord[]): Promise<(RecordJudgement | 'known')[]> {
    const kept =
      this.world.mutations.ignoresWithdrawals === true ? await this.#butWithdrawals(carried) : carried
    const judgements: (RecordJudgement | 'known')[] = []
    for (const { r, i } of kept) {
      const { judgement } = await this.keeper.accept(r, i ?? null, 'mesh')
      judgements.push(judgement)
    }
    return judgements
  }

  /** As node/exhibition-node.ts does. */
  async #startRetention(): Promise<void> {
    const { node, catalogue, content, holdings, state, events, steadyNowMs, watch, world } = this
    const policy = node.retention
    if (policy.kind !== 'quota') return
    const retention = new Retention({
      policy,
      self: node.did,
      catalogue,
      holdings,
      state: asHeard(state, world.mutations),
      events,
      content: {
        shown: () => content.shown(),
        keepOnly: async (kept, letGo) => {
          const keeping = content.keepOnly(kept, letGo)
          watch.lettingGo(letGo)
          await keeping
        },
      },
      storage: async () => ({ freeBytes: node.disk.freeBytes, reserveBytes: node.disk.reserveBytes }),
      steadyNowMs,
      logger: world.logger,
      after: (ms, run) => this.after(ms, run),
    })
    await retention.start()
  }

  /** Something ended as it may: a neighbour went, a disk was full. Anything else is a fault of the program. */
  failed(where: string, err: unknown): void {
    if (!this.#alive || err instanceof StoreError) return
    const text = err instanceof Error ? `${err.name}: ${err.message}` : String(err)
    const isProgramsFault =
      err instanceof TypeError || err instanceof RangeError || err instanceof ReferenceError
    if (isProgramsFault) this.watch.violation(`${where}: ${text}`)
    else this.node.trace(`${where} ended: ${text}`)
  }

  async #butWithdrawals(carried: readonly CarriedRecord[]): Promise<CarriedRecord[]> {
    const kept: CarriedRecord[] = []
    for (const one of carried)
      if ((await this.world.seals.openRecord(one.r)).kind !== 'withdrawal') kept.push(one)
    return kept
  }
}
