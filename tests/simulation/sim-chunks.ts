import type { CID } from 'multiformats/cid'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { BufferPool } from '../../node/mesh/buffer-pool.ts'
import { chunkRequest } from '../../node/mesh/chunk-request.ts'
import { ChunkServer } from '../../node/mesh/chunk-server.ts'
import { GivenChunks } from '../../node/mesh/given-chunks.ts'
import { meshLimits } from '../../node/mesh/limits.ts'
import { nodeSwarm } from '../../node/mesh/node-swarm.ts'
import { RecentChunks } from '../../node/mesh/recent-chunks.ts'
import type { UrgentReads } from '../../node/mesh/urgent-reads.ts'
import type { Swarm } from '../../node/replication/swarm.ts'
import type { SwarmAction } from '../../node/replication/swarm-action.ts'
import type { WantedWork } from '../../node/replication/wanted-chunks.ts'
import { isVerifiedBlock } from '../../node/store/block-hash.ts'
import { StoreError } from '../../node/store/errors.ts'
import { decodeChunkFrame, encodeControl } from '../../node/wire/chunk-messages.ts'
import type { ChunkControl } from '../../node/wire/chunk-messages.ts'
import { WireError } from '../../node/wire/codec.ts'
import { SimAnnouncer } from './sim-announcer.ts'
import type { SimStream } from './sim-stream.ts'
import type { SimProcess } from './sim-process.ts'
import { WatchedChannel } from './watched-channel.ts'

const DISK_FULL_RETRY_MS = 10_000

/** The rim of the chunk protocol (node/mesh/chunk-exchange.ts, chunk-client.ts) around the real Swarm and ChunkServer. */
export class SimChunks {
  readonly announcer: SimAnnouncer
  /** Streams on which this node answers. */
  readonly channels = new Set<WatchedChannel>()
  readonly #process: SimProcess
  readonly #swarm: Swarm
  readonly #urgent: UrgentReads
  readonly #asking = new Map<number, SimStream>()
  readonly #pool = new BufferPool(1024)
  /** Nothing is put in: every read is the disk's, with its faults. */
  readonly #recent = new RecentChunks()
  readonly #given = new GivenChunks()
  #planning = false
  #diskFullUntilMs = 0

  constructor(process: SimProcess) {
    this.#process = process
    const { content, reads, catalogue, keeper, state, steadyNowMs } = process
    const deps = {
      ...{ catalogue, keeper, state, steadyNowMs, content, reads },
      membership: { members: () => process.neighbours() },
      self: process.node,
      random: process.random.next,
    }
    const { swarm, urgent } = nodeSwarm(
      deps,
      () => this.#wanted(),
      () => this.#planSoon(),
    )
    this.#swarm = swarm
    this.#urgent = urgent
    this.announcer = new SimAnnouncer(process)
  }

  start(): void {
    const { events } = this.#process
    this.announcer.start()
    events.on('catalogue', this.#onWanted)
    events.on('chunk:damaged', this.#onWanted)
    events.on('chunk:asked', this.#onWanted)
    this.#process.every(meshLimits.swarmTickMs, () => this.#tick())
  }

  connect(peer: number): void {
    const end = this.#process.members.get(peer)?.end
    if (end === undefined || this.#asking.has(peer)) return
    const stream = end.openStream('chunks')
    // A stream is known to the other side by its first frame.
    this.#write(stream, { t: 'cancel', c: [] })
    this.#asking.set(peer, stream)
    this.#do(this.#swarm.connect(String(peer), this.#process.steadyNowMs()))
    this.#swarm.measured(String(peer), { rttMs: end.rttMs })
    this.#hear(peer, stream)
      .catch((err: unknown) => {
        if (err instanceof WireError) this.#process.membership.refuse(peer, 'bad-message')
        this.#process.failed('chunks', err)
      })
      .finally(() => {
        if (this.#asking.get(peer) !== stream) return
        this.#asking.delete(peer)
        this.#process.watch.forget(peer)
        this.#do(this.#swarm.disconnect(String(peer), this.#process.steadyNowMs()))
        this.#process.after(meshLimits.redialFirstMs, () => this.connect(peer))
      })
  }

  disconnect(peer: number): void {
    const stream = this.#asking.get(peer)
    if (stream === undefined) return
    this.#asking.delete(peer)
    this.#process.watch.forget(peer)
    this.#do(this.#swarm.disconnect(String(peer), this.#process.steadyNowMs()))
    stream.fail(new Error('the neighbour is gone'))
  }

  async serve(peer: number, stream: SimStream): Promise<void> {
    const { served, world, state, membership, steadyNowMs } = this.#process
    const channel = new WatchedChannel(stream, this.#process, peer)
    const server = new ChunkServer(channel, {
      chunks: served,
      logger: world.logger,
      pool: this.#pool,
      recent: this.#recent,
      steadyNowMs,
      given: this.#given,
      peer: state.peer(this.#process.didOf(peer), steadyNowMs()),
      relay: this.#urgent,
      isPublic: () => true,
    })
    this.announcer.add(server)
    this.channels.add(channel)
    try {
      await server.run(this.announcer)
      stream.close()
    } catch (err) {
      if (err instanceof WireError) membership.refuse(peer, 'bad-message')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      this.#process.failed('serving', err)
    } finally {
      this.announcer.delete(server)
      this.channels.delete(channel)
    }
  }

  #isFull(): boolean {
    return this.#diskFullUntilMs > this.#process.steadyNowMs()
  }

  *#wanted(): Iterable<WantedWork> {
    if (this.#isFull()) return
    const { content, holdings } = this.#process
    for (const { root, size } of content.wanted()) {
      yield { root, size, missing: () => holdings.missingKeys(root) }
    }
  }

  #planSoon(): void {
    if (this.#planning) return
    this.#planning = true
    this.#process.after(meshLimits.planGatherMs, () => {
      this.#planning = false
      this.#do(this.#swarm.plan(this.#process.steadyNowMs()))
    })
  }

  readonly #onWanted = (): void => {
    // After ExhibitionContent has heard of it too.
    this.#process.after(0, () => this.#tick())
  }

  #tick(): void {
    const { content, reads } = this.#process
    const shown = content.shown()
    const full = this.#isFull()
    this.#do(
      this.#swarm.drop(
        (cid, root) => reads.isAsked(cid) || (!full && shown.has(root) && content.keeps(root)),
      ),
    )
    this.#do(this.#swarm.tick(this.#process.steadyNowMs()))
    if (!full) this.#process.state.diskFull = false
    for (const peer of this.#asking.keys()) {
      const rttMs = this.#process.members.get(peer)?.end.rttMs
      if (rttMs !== undefined) this.#swarm.measured(String(peer), { rttMs })
    }
  }

  /** Reads the neighbour's answers; a few chunks are stored at once, and no more are read meanwhile. */
  async #hear(peer: number, stream: SimStream): Promise<void> {
    const storing = new Set<Promise<void>>()
    for (;;) {
      const frame = await stream.read()
      if (frame === null) break
      const message = decodeChunkFrame(frame)
      switch (message.t) {
        case 'chunk': {
          const stored = this.#take(peer, message.cid, message.bytes)
            .then((good) => {
              this.#process.watch.settled(peer, cidKey(message.cid))
              if (good) return
              const nowMs = this.#process.steadyNowMs()
              this.#do(this.#swarm.bad(String(peer), cidKey(message.cid), nowMs))
              this.#process.membership.refuse(peer, 'bad-chunk')
            })
            .catch((err: unknown) => this.#process.failed('storing', err))
            .finally(() => storing.delete(stored))
          storing.add(stored)
          if (storing.size >= meshLimits.storesAtOnce) await Promise.race(storing)
          break
        }
        case 'have':
          this.#hearHaves(peer, message.roots.map(cidKey), message.c.map(cidKey))
          break
        case 'gone':
          for (const cid of message.c) {
            this.#process.watch.settled(peer, cidKey(cid))
            this.#do(this.#swarm.gone(String(peer), cidKey(cid), this.#process.steadyNowMs()))
          }
          break
        case 'later':
          for (const cid of message.c) {
            this.#process.watch.settled(peer, cidKey(cid))
            this.#do(this.#swarm.later(String(peer), cidKey(cid), this.#process.steadyNowMs()))
          }
          break
        case 'socket':
          break
        case 'want':
        case 'insist':
        case 'first':
        case 'seek':
        case 'cancel':
          throw new WireError(`'${message.t}' from the answering side`)
      }
    }
    await Promise.all(storing)
  }

  #hearHaves(peer: number, roots: readonly string[], cids: readonly string[]): void {
    const actions = this.#swarm.haves(String(peer), roots, cids, this.#process.steadyNowMs())
    if (actions === null) {
      this.#process.membership.refuse(peer, 'flood')
      return
    }
    const { state, didOf, steadyNowMs, events } = this.#process
    for (const root of roots) state.peer(didOf(peer), steadyNowMs()).held.set(root, 1)
    if (roots.length > 0) events.emit('mesh')
    this.#do(actions)
  }

  /** @returns whether the bytes are what the CID names */
  async #take(peer: number, cid: CID, bytes: Uint8Array): Promise<boolean> {
    const { holdings, content, reads, steadyNowMs, state, world, events } = this.#process
    const key = cidKey(cid)
    const isKept = holdings.rootsOf(cid).some((root) => content.keeps(root))
    if (!isKept && !reads.isAsked(key)) this.#do(this.#swarm.drop((asked) => asked !== key))
    // Late, cancelled or never asked for: it may be perfectly good, and is not what we need now.
    if (!this.#swarm.isAwaited(String(peer), key)) return true
    try {
      // A copy: the store keeps what it is given for longer than the frame lives.
      if (world.mutations.offersBeforeSync === true) events.emit('chunk', key)
      if (isKept && !this.#isFull()) await holdings.add(cid, bytes.slice())
      else if (isVerifiedBlock(cid, bytes)) reads.pass(key, bytes)
      else return false
    } catch (err) {
      if (!(err instanceof StoreError)) throw err
      if (err.code === 'block-mismatch') return false
      this.#diskFullUntilMs = steadyNowMs() + DISK_FULL_RETRY_MS
      state.diskFull = true
      reads.pass(key, bytes)
      this.#do(this.#swarm.drop((asked) => reads.isAsked(asked)))
      return true
    }
    this.#process.watch.settled(peer, key)
    this.#do(this.#swarm.received(String(peer), key, steadyNowMs(), bytes.length))
    return true
  }

  #do(actions: readonly SwarmAction[]): void {
    const { watch, world } = this.#process
    for (const action of actions) {
      const { do: t, neighbour, cids } = action
      const peer = Number(neighbour)
      const stream = this.#asking.get(peer)
      if (t === 'want' || t === 'insist' || t === 'seek') watch.asked(peer, cids)
      if (t === 'seek')
        for (const cid of cids) if (!this.#process.reads.isAsked(cid)) watch.soughtAfar(cid, action.root)
      if (t === 'cancel') for (const cid of cids) watch.settled(peer, cid)
      if (stream !== undefined) this.#write(stream, chunkRequest(action))
      if (t !== 'want' || world.mutations.asksTwice !== true) continue
      const other = [...this.#asking.keys()].find((one) => one !== peer)
      const second = other === undefined ? undefined : this.#asking.get(other)
      if (other === undefined || second === undefined) continue
      watch.asked(other, cids)
      this.#write(second, chunkRequest(action))
    }
  }

  #write(stream: SimStream, message: ChunkControl): void {
    const frame = encodeControl(message)
    const { world, isHonest } = this.#process
    if (isHonest) world.traffic.count('want', frame.length)
    stream.write(frame).catch(() => undefined)
  }
}
