import { FormatError } from '../../artworks/format/errors.ts'
import { meshLimits } from '../../node/mesh/limits.ts'
import { defaultQuietBudget } from '../../node/mesh/quiet-budget.ts'
import { packReconcile, unpackReconcile } from '../../node/mesh/reconcile-codec.ts'
import { openingMessage, reconcileStep } from '../../node/replication/reconcile.ts'
import { SyncSchedule } from '../../node/replication/sync-schedule.ts'
import { cidOfDigest } from '../../node/store/record-digest.ts'
import type { StoredRecord } from '../../node/store/record-store.ts'
import { decodeMessage, encodeMessage, WireError } from '../../node/wire/codec.ts'
import { wireLimits } from '../../node/wire/limits.ts'
import { recordMessageSchema } from '../../node/wire/record-messages.ts'
import type { CarriedRecord, RecordMessage } from '../../node/wire/record-messages.ts'
import type { SimProcess } from './sim-process.ts'
import type { SimStream } from './sim-stream.ts'

/** The rim of record sync (node/mesh/record-sync.ts), on virtual time. */
export class SimSync {
  readonly #process: SimProcess
  readonly #lastMs = new Map<number, number>()
  readonly #running = new Set<number>()
  readonly #schedule = new SyncSchedule(defaultQuietBudget)
  readonly #again = new Map<number, () => void>()

  constructor(process: SimProcess) {
    this.#process = process
  }

  start(): void {
    this.#process.events.on('record', () => this.#schedule.changed())
    this.#scheduleNext()
  }

  #scheduleNext(): void {
    this.#process.after(this.#schedule.nextMs(), () => {
      const peers = [...this.#process.members.keys()]
      if (peers.length > 0) this.request(this.#process.random.pick(peers))
      this.#scheduleNext()
    })
  }

  request(peer: number, options: { atOnce?: boolean } = {}): void {
    if (this.#again.has(peer)) return
    const sinceMs = this.#process.steadyNowMs() - (this.#lastMs.get(peer) ?? Number.NEGATIVE_INFINITY)
    const soon = options.atOnce === true && !this.#running.has(peer)
    const waitMs = soon ? 0 : Math.max(0, meshLimits.recordSyncGapMs - sinceMs)
    const cancel = this.#process.after(this.#running.has(peer) ? meshLimits.recordSyncGapMs : waitMs, () => {
      this.#again.delete(peer)
      this.#run(peer).catch((err: unknown) => this.#process.failed('sync', err))
    })
    this.#again.set(peer, cancel)
  }

  forget(peer: number): void {
    this.#lastMs.delete(peer)
    this.#again.get(peer)?.()
    this.#again.delete(peer)
  }

  async #run(peer: number): Promise<void> {
    const { keeper, members } = this.#process
    const end = members.get(peer)?.end
    if (end === undefined || this.#running.has(peer)) return
    this.#running.add(peer)
    this.#lastMs.set(peer, this.#process.steadyNowMs())
    const stream = end.openStream('records')
    const done = this.#limit(stream)
    try {
      const want = new Set<string>()
      const offer = new Set<string>()
      let message = openingMessage(keeper.digests)
      for (let round = 0; message.length > 0; round++) {
        if (round >= wireLimits.reconcileRounds) throw new WireError('a reconciliation that does not end')
        await this.#write(stream, { t: 'reconcile', m: packReconcile(message) })
        const reply = await next(stream)
        if (reply.t !== 'reconcile') throw new WireError(`'${reply.t}' where 'reconcile' was due`)
        const step = reconcileStep(keeper.digests, unpackReconcile(reply.m), 'opener')
        for (const digest of step.want) want.add(digest)
        for (const digest of step.offer) offer.add(digest)
        message = [...step.reply]
      }
      await this.#send(stream, offer)
      const wanted = [...want]
      for (let at = 0; at < wanted.length; at += wireLimits.cidsPerMessage) {
        const ids = wanted.slice(at, at + wireLimits.cidsPerMessage)
        await this.#write(stream, { t: 'want', ids: ids.map((digest) => Buffer.from(digest, 'hex')) })
        await this.#take(stream)
      }
      await this.#write(stream, { t: 'done' })
      stream.close()
    } catch (err) {
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      this.#blame(peer, err)
    } finally {
      done()
      this.#running.delete(peer)
    }
  }

  async serve(peer: number, stream: SimStream): Promise<void> {
    const done = this.#limit(stream)
    try {
      for (let rounds = 0; ;) {
        const frame = await stream.read()
        if (frame === null) return
        const message = decodeMessage(recordMessageSchema, frame)
        switch (message.t) {
          case 'reconcile': {
            if (++rounds > wireLimits.reconcileRounds)
              throw new WireError('a reconciliation that does not end')
            const step = reconcileStep(this.#process.keeper.digests, unpackReconcile(message.m), 'answerer')
            await this.#write(stream, { t: 'reconcile', m: packReconcile(step.reply) })
            break
          }
          case 'want':
            await this.#send(stream, new Set(message.ids.map((id) => Buffer.from(id).toString('hex'))))
            await this.#write(stream, { t: 'done' })
            break
          case 'records':
            await this.#keep(message.l)
            break
          case 'done':
            stream.close()
            return
        }
      }
    } catch (err) {
      stream.abort(err instanceof Error ? err : new Error(String(err)))
      this.#blame(peer, err)
    } finally {
      done()
    }
  }

  async #send(stream: SimStream, digests: ReadonlySet<string>): Promise<void> {
    const skipped = this.#process.world.mutations.syncSkips
    const records = [...digests]
      .map((digest) => this.#process.keeper.store.get(cidOfDigest(digest)))
      .filter((stored) => stored !== undefined)
      .filter(({ record }) => record.kind !== skipped)
      .sort((a, b) => stewardFirst(a) - stewardFirst(b))
    let batch: CarriedRecord[] = []
    let bytes = 0
    for (const { record, intake } of records) {
      const size = record.bytes.length + (intake?.length ?? 0) + 64
      if (bytes + size > wireLimits.recordsFrameBytes - 1024 || batch.length >= wireLimits.cidsPerMessage) {
        await this.#write(stream, { t: 'records', l: batch })
        batch = []
        bytes = 0
      }
      batch.push({ r: record.bytes, ...(intake === null ? {} : { i: intake }) })
      bytes += size
    }
    if (batch.length > 0) await this.#write(stream, { t: 'records', l: batch })
  }

  async #take(stream: SimStream): Promise<void> {
    for (;;) {
      const message = await next(stream)
      if (message.t === 'done') return
      if (message.t !== 'records') throw new WireError(`'${message.t}' where records were asked for`)
      await this.#keep(message.l)
    }
  }

  async #keep(carried: readonly CarriedRecord[]): Promise<void> {
    await this.#process.acceptAll(carried)
  }

  #write(stream: SimStream, message: RecordMessage): Promise<void> {
    const bytes = encodeMessage(message)
    const { world, isHonest } = this.#process
    if (isHonest) world.traffic.count(message.t === 'records' ? 'record' : 'sync', bytes.length)
    return stream.write(bytes)
  }

  #limit(stream: SimStream): () => void {
    return this.#process.after(meshLimits.recordSyncTimeoutMs, () =>
      stream.abort(new Error('a record sync took too long')),
    )
  }

  #blame(peer: number, err: unknown): void {
    if (err instanceof WireError) this.#process.membership.refuse(peer, 'bad-message')
    else if (err instanceof FormatError) this.#process.membership.refuse(peer, 'bad-record')
    else this.#process.failed('sync', err)
  }
}

function stewardFirst({ record, intake }: StoredRecord): number {
  if (record.kind === 'exhibition') return 0
  return intake === null ? 1 : 2
}

async function next(stream: SimStream): Promise<RecordMessage> {
  const frame = await stream.read()
  if (frame === null) throw new Error('the neighbour ended the sync')
  return decodeMessage(recordMessageSchema, frame)
}
