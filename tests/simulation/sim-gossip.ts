import { hash } from 'node:crypto'
import * as v from 'valibot'
import type { Did } from '../../artworks/format/did-key.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'
import { sameBytes } from '../../artworks/format/envelope.ts'
import { healthLimits } from '../../node/health/limits.ts'
import { StatusOrder } from '../../node/health/status-order.ts'
import { heldByStatus, statusHoldings } from '../../node/replication/status-holdings.ts'
import { StoreError } from '../../node/store/errors.ts'
import { decodeMessage, encodeMessage, WireError } from '../../node/wire/codec.ts'
import { wireLimits } from '../../node/wire/limits.ts'
import { carriedRecordSchema } from '../../node/wire/record-messages.ts'
import { statusSchema } from '../../node/wire/status-message.ts'
import type { Status } from '../../node/wire/status-message.ts'
import type { SimProcess } from './sim-process.ts'
import type { SimStream } from './sim-stream.ts'

const RECORD = 0
const STATUS = 1
/** Messages remembered so that each is passed on once. */
const SEEN = 4096
/** Public key, payload type and signature around a sealed status: the simulation does not sign them. */
const STATUS_SEAL_BYTES = 160
/** Of more neighbours than this, gossip passes a message on to some (gossipsub's D_high). */
const FAN_OUT = 12

/** The rim of gossip (node/mesh/record-gossip.ts, status-gossip.ts): a flood with memory in gossipsub's place. */
export class SimGossip {
  readonly #process: SimProcess
  readonly #streams = new Map<number, SimStream>()
  readonly #seen = new Set<string>()
  readonly #boot: Uint8Array
  #count = 0
  #lastStatusMs = Number.NEGATIVE_INFINITY
  #statusDueMs = Number.POSITIVE_INFINITY
  #cancelStatus: () => void = () => {}
  readonly #order = new StatusOrder()

  constructor(process: SimProcess) {
    this.#process = process
    this.#boot = process.random.bytes(8)
  }

  start(): void {
    const { events } = this.#process
    events.on('record', this.#onRecord)
    for (const event of ['catalogue', 'progress'] as const) events.on(event, this.soon)
    this.#schedule(0)
  }

  connect(peer: number, stream: SimStream): void {
    this.#streams.set(peer, stream)
  }

  disconnect(peer: number): void {
    this.#streams.delete(peer)
  }

  serve(peer: number, stream: SimStream): void {
    this.#hear(peer, stream).catch((err: unknown) => this.#process.failed('gossip', err))
  }

  readonly soon = (): void => {
    const dueMs = this.#lastStatusMs + healthLimits.urgentMs - this.#process.steadyNowMs()
    this.#schedule(Math.max(50, dueMs))
  }

  readonly #onRecord = (record: OpenedRecord, from: 'local' | 'mesh'): void => {
    if (from !== 'local') return
    const stored = this.#process.keeper.store.get(record.cid)
    if (stored === undefined) return
    const data = encodeMessage({ r: record.bytes, ...(stored.intake === null ? {} : { i: stored.intake }) })
    this.publish(RECORD, data, null)
  }

  publish(topic: number, data: Uint8Array, from: number | null): void {
    const { world, random, isHonest } = this.#process
    const id = idOf(data)
    if (from === null) this.#remember(id)
    const frame = Buffer.concat([Uint8Array.of(topic), data])
    let peers = [...this.#streams.keys()].filter((peer) => peer !== from)
    if (peers.length > FAN_OUT) peers = random.shuffled(peers).slice(0, FAN_OUT)
    for (const peer of peers) {
      if (isHonest) {
        if (topic === RECORD) world.traffic.count('record', data.length)
        else world.traffic.count('status', data.length + STATUS_SEAL_BYTES)
      }
      this.#streams
        .get(peer)
        ?.write(frame)
        .catch(() => undefined)
    }
  }

  async #hear(peer: number, stream: SimStream): Promise<void> {
    for (;;) {
      const frame = await stream.read()
      if (frame === null) return
      const data = frame.subarray(1)
      if (!this.#remember(idOf(data))) continue
      // Gossip promises nothing: some messages vanish, and sync makes up for it.
      if (this.#process.random.chance(this.#process.node.gossipLoss)) continue
      const passOn = frame[0] === RECORD ? await this.#takeRecord(peer, data) : this.#takeStatus(peer, data)
      if (passOn) this.publish(frame[0] ?? RECORD, data, peer)
    }
  }

  async #takeRecord(peer: number, data: Uint8Array): Promise<boolean> {
    const { membership, sync } = this.#process
    try {
      if (data.length > wireLimits.gossipRecordBytes)
        throw new WireError('a gossiped record beyond the limit')
      const carried = decodeMessage(carriedRecordSchema, data)
      const [judgement] = await this.#process.accept([carried])
      if (judgement === 'later') sync.request(peer)
      if (judgement === 'wrong-exhibition' || judgement === 'no-intake') membership.refuse(peer, 'bad-record')
      return judgement === 'accept'
    } catch (err) {
      if (err instanceof FormatError || err instanceof WireError) membership.refuse(peer, 'bad-record')
      else if (!(err instanceof StoreError)) throw err
      return false
    }
  }

  #takeStatus(peer: number, data: Uint8Array): boolean {
    const { membership, sync, world, keeper } = this.#process
    try {
      const { from, status } = decodeStatus(data)
      const did = this.#process.didOf(from)
      if (did === this.#process.node.did || !this.#process.catalogue.isMember(did)) return false
      if (!this.#order.isNew(did, Buffer.from(status.boot).toString('hex'), status.n)) return false
      this.#hearStatus(did, status)
      if (from === peer && !sameBytes(status.records, keeper.digests.fingerprint())) sync.request(peer)
      return world.floodStatuses
    } catch (err) {
      if (!(err instanceof WireError)) throw err
      membership.refuse(peer, 'bad-message')
      return false
    }
  }

  #hearStatus(did: Did, status: Status): void {
    const { state, content, events, steadyNowMs } = this.#process
    const peer = state.peer(did, steadyNowMs())
    peer.neighbours = status.neighbours instanceof Uint8Array ? [] : status.neighbours
    peer.lastHeardMs = steadyNowMs()
    peer.held = heldByStatus(status, content.shown()) ?? peer.held
    events.emit('mesh')
  }

  #schedule(delayMs: number): void {
    const atMs = this.#process.steadyNowMs() + delayMs
    if (this.#statusDueMs <= atMs) return
    this.#cancelStatus()
    this.#statusDueMs = atMs
    this.#cancelStatus = this.#process.after(delayMs, () => {
      this.#statusDueMs = Number.POSITIVE_INFINITY
      this.#sendStatus()
      this.#schedule(healthLimits.statusFirstMs)
    })
  }

  #sendStatus(): void {
    const { keeper, content, holdings, members, node } = this.#process
    this.#lastStatusMs = this.#process.steadyNowMs()
    this.#count += 1
    if (members.size === 0) return
    const status: Status = {
      kind: 'status',
      v: 1,
      boot: this.#boot,
      n: this.#count,
      name: this.#process.node.name,
      version: '0.1.0',
      neighbours: [...members.values()].map(({ did }) => did).slice(0, wireLimits.statusNeighbours),
      records: keeper.digests.fingerprint(),
      works: content.counts(),
      ...statusHoldings(content.shown(), (root) => {
        if (node.behaviour === 'boaster') return 1
        const progress = holdings.progress(root)
        return progress === undefined || progress.total === 0 ? 0 : progress.have / progress.total
      }),
    }
    this.publish(STATUS, encodeMessage({ from: this.#process.node.index, status }), null)
  }

  /** @returns whether it was new */
  #remember(id: string): boolean {
    if (this.#seen.has(id)) return false
    this.#seen.add(id)
    if (this.#seen.size > SEEN) {
      const [oldest] = this.#seen
      if (oldest !== undefined) this.#seen.delete(oldest)
    }
    return true
  }
}

function decodeStatus(data: Uint8Array): { from: number; status: Status } {
  return decodeMessage(signedStatus, data)
}

function idOf(data: Uint8Array): string {
  return hash('sha256', data, 'base64')
}

const signedStatus = v.object({ from: v.number(), status: statusSchema })
