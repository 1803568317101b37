import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { Logger } from 'pino'
import { FormatError } from '../../artworks/format/errors.ts'
import { openingMessage, reconcileStep } from '../replication/reconcile.ts'
import { cidOfDigest } from '../store/record-digest.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import type { StoredRecord } from '../store/record-store.ts'
import { decodeMessage, encodeMessage, WireError } from '../wire/codec.ts'
import { wireLimits } from '../wire/limits.ts'
import { protocols } from '../wire/protocols.ts'
import { recordMessageSchema } from '../wire/record-messages.ts'
import type { CarriedRecord, RecordMessage } from '../wire/record-messages.ts'
import { abortAfter, FramedStream } from './framed-stream.ts'
import type { MeshHost } from './host.ts'
import { meshLimits } from './limits.ts'
import type { Membership } from './membership.ts'
import { packReconcile, unpackReconcile } from './reconcile-codec.ts'

export interface RecordSyncDependencies {
  readonly host: MeshHost
  readonly membership: Membership
  readonly keeper: RecordKeeper
  readonly logger: Logger
  readonly steadyNowMs: () => number
}

/**
 * Makes two neighbours' record sets equal (design, decision 5): on connecting, when a status shows another fingerprint, and
 * every so often. Gossip is no history; this is. One sync with one neighbour at a time.
 */
export class RecordSync {
  readonly #deps: RecordSyncDependencies
  readonly #lastMs = new Map<string, number>()
  readonly #running = new Set<string>()
  /** Asked for while one was running or too soon after it. */
  readonly #again = new Map<string, NodeJS.Timeout>()
  #stopped = false

  constructor(deps: RecordSyncDependencies) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    this.#stopped = false
    await this.#deps.host.handle(protocols.records, this.#deps.membership.guardHandler(this.#answer), {
      maxInboundStreams: meshLimits.streamsPerProtocol,
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#again.values()) clearTimeout(timer)
    this.#again.clear()
    await this.#deps.host.unhandle(protocols.records)
  }

  /** Syncs now, or as soon as one is due again; at most one waits a neighbour. */
  request(peer: PeerId, options: { atOnce?: boolean } = {}): void {
    const id = peer.toString()
    if (this.#stopped || this.#again.has(id)) return
    const sinceMs = this.#deps.steadyNowMs() - (this.#lastMs.get(id) ?? Number.NEGATIVE_INFINITY)
    const waitMs =
      options.atOnce === true && !this.#running.has(id)
        ? 0
        : Math.max(0, meshLimits.recordSyncGapMs - sinceMs)
    const timer = setTimeout(
      () => {
        this.#again.delete(id)
        this.#run(peer).catch((err: unknown) =>
          this.#deps.logger.debug({ err }, 'a record sync came to nothing'),
        )
      },
      this.#running.has(id) ? meshLimits.recordSyncGapMs : waitMs,
    )
    timer.unref()
    this.#again.set(id, timer)
  }

  forget(peer: PeerId): void {
    const id = peer.toString()
    this.#lastMs.delete(id)
    clearTimeout(this.#again.get(id))
    this.#again.delete(id)
  }

  async #run(peer: PeerId): Promise<void> {
    const { host, membership, keeper, steadyNowMs } = this.#deps
    const id = peer.toString()
    const [connection] = host.getConnections(peer)
    if (this.#stopped || connection === undefined || !membership.has(peer) || this.#running.has(id)) return
    this.#running.add(id)
    this.#lastMs.set(id, steadyNowMs())
    const stream = await connection
      .newStream(protocols.records, { signal: AbortSignal.timeout(meshLimits.membershipTimeoutMs) })
      .catch((err: unknown) => {
        this.#running.delete(id)
        throw err
      })
    const done = abortAfter(stream, meshLimits.recordSyncTimeoutMs, 'record sync')
    const framed = new FramedStream(stream, wireLimits.recordsFrameBytes)
    let moved = 0
    try {
      const want = new Set<string>()
      const offer = new Set<string>()
      let message = openingMessage(keeper.digests)
      for (let round = 0; message.length > 0; round++) {
        if (round >= wireLimits.reconcileRounds) throw new WireError('a reconciliation that does not end')
        await framed.write(encodeMessage({ t: 'reconcile', m: packReconcile(message) }))
        const step = reconcileStep(
          keeper.digests,
          unpackReconcile(await expect(framed, 'reconcile')),
          'opener',
        )
        for (const digest of step.want) want.add(digest)
        for (const digest of step.offer) offer.add(digest)
        message = [...step.reply]
      }
      await this.#send(framed, offer)
      moved += offer.size
      const wanted = [...want]
      for (let at = 0; at < wanted.length; at += wireLimits.cidsPerMessage) {
        const ids = wanted
          .slice(at, at + wireLimits.cidsPerMessage)
          .map((digest) => Buffer.from(digest, 'hex'))
        await framed.write(encodeMessage({ t: 'want', ids }))
        moved += await this.#take(framed)
      }
      await framed.write(encodeMessage({ t: 'done' }))
      await framed.close()
    } catch (err) {
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      this.#blame(peer, err)
      throw err
    } finally {
      done()
      this.#running.delete(id)
      if (moved > 0) this.#deps.logger.debug({ records: moved }, 'records synced')
    }
  }

  readonly #answer = async (stream: Stream, connection: Connection): Promise<void> => {
    const { keeper } = this.#deps
    const done = abortAfter(stream, meshLimits.recordSyncTimeoutMs, 'record sync')
    const framed = new FramedStream(stream, wireLimits.recordsFrameBytes)
    try {
      for (let rounds = 0; ;) {
        const frame = await framed.read()
        if (frame === null) return
        const message = decodeMessage(recordMessageSchema, frame)
        switch (message.t) {
          case 'reconcile': {
            if (++rounds > wireLimits.reconcileRounds)
              throw new WireError('a reconciliation that does not end')
            const step = reconcileStep(keeper.digests, unpackReconcile(message.m), 'answerer')
            await framed.write(encodeMessage({ t: 'reconcile', m: packReconcile(step.reply) }))
            break
          }
          case 'want':
            await this.#send(framed, new Set(message.ids.map((id) => Buffer.from(id).toString('hex'))))
            await framed.write(encodeMessage({ t: 'done' }))
            break
          case 'records':
            await this.#keep(message.l)
            break
          case 'done':
            await framed.close()
            return
        }
      }
    } catch (err) {
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      this.#blame(connection.remotePeer, err)
      this.#deps.logger.debug({ err }, 'a record sync came to nothing')
    } finally {
      done()
    }
  }

  /** The steward's records first: the others are judged by them. */
  async #send(framed: FramedStream, digests: ReadonlySet<string>): Promise<void> {
    const records = [...digests]
      .map((digest) => this.#deps.keeper.store.get(cidOfDigest(digest)))
      .filter((stored) => stored !== undefined)
      .sort((a, b) => stewardFirst(a) - stewardFirst(b))
    let batch: CarriedRecord[] = []
    let bytes = 0
    for (const { record, intake } of records) {
      const size = record.bytes.length + (intake?.length ?? 0) + 64
      if (bytes + size > wireLimits.recordsFrameBytes - 1024 || batch.length >= wireLimits.cidsPerMessage) {
        await framed.write(encodeMessage({ t: 'records', l: batch }))
        batch = []
        bytes = 0
      }
      batch.push({ r: record.bytes, ...(intake === null ? {} : { i: intake }) })
      bytes += size
    }
    if (batch.length > 0) await framed.write(encodeMessage({ t: 'records', l: batch }))
  }

  async #take(framed: FramedStream): Promise<number> {
    let count = 0
    for (;;) {
      const message = await next(framed)
      if (message.t === 'done') return count
      if (message.t !== 'records') throw new WireError(`'${message.t}' where records were asked for`)
      await this.#keep(message.l)
      count += message.l.length
    }
  }

  async #keep(carried: readonly CarriedRecord[]): Promise<void> {
    const all = carried.map(({ r, i }) => ({ sealed: r, intake: i ?? null }))
    await this.#deps.keeper.acceptAll(all, 'mesh')
  }

  #blame(peer: PeerId, err: unknown): void {
    if (err instanceof WireError) this.#deps.membership.refuse(peer, 'bad-message')
    else if (err instanceof FormatError) this.#deps.membership.refuse(peer, 'bad-record')
  }
}

function stewardFirst({ record, intake }: StoredRecord): number {
  if (record.kind === 'exhibition') return 0
  return intake === null ? 1 : 2
}

async function next(framed: FramedStream): Promise<RecordMessage> {
  const frame = await framed.read()
  if (frame === null) throw new Error('the neighbour ended the sync')
  return decodeMessage(recordMessageSchema, frame)
}

async function expect(framed: FramedStream, type: 'reconcile'): Promise<Uint8Array> {
  const message = await next(framed)
  if (message.t !== type) throw new WireError(`'${message.t}' where '${type}' was due`)
  return message.m
}
