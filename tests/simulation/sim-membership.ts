import type { Did } from '../../artworks/format/did-key.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'
import { meshLimits } from '../../node/mesh/limits.ts'
import type { IncidentReason } from '../../node/store/mesh-state.ts'
import { decodeMessage, encodeMessage, WireError } from '../../node/wire/codec.ts'
import { helloReplySchema, helloSchema } from '../../node/wire/membership-messages.ts'
import type { Hello, RefusalReason } from '../../node/wire/membership-messages.ts'
import type { SimProcess } from './sim-process.ts'
import type { ConnectionEnd } from './sim-network.ts'
import type { SimStream } from './sim-stream.ts'

export interface SimMember {
  readonly did: Did
  readonly end: ConnectionEnd
  readonly sinceMs: number
}

interface Known {
  failures: number
  notBeforeMs: number
  dialling: boolean
}

const LOOK_MS = 500

/** The rim of membership and discovery (node/mesh/membership.ts, discovery.ts): grants first, then everything else. */
export class SimMembership {
  readonly #process: SimProcess
  readonly #known = new Map<number, Known>()
  readonly #bans = new Map<number, number>()
  readonly #ends = new Map<number, ConnectionEnd>()

  constructor(process: SimProcess) {
    this.#process = process
  }

  start(): void {
    this.#process.events.on('record', this.#onRecord)
    const { random } = this.#process
    this.#process.every(LOOK_MS, () => this.#dialDue(), random.between(0, LOOK_MS))
  }

  /** The connections there are, of members and of those that are not (yet). */
  ends(): Iterable<ConnectionEnd> {
    return this.#ends.values()
  }

  refuse(peer: number, reason: IncidentReason): void {
    const { state, world } = this.#process
    state.addIncident(String(peer), reason)
    world.trace.add(world.clock.nowMs, this.#process.node.name, `refuses n${peer}: ${reason}`)
    this.#ban(peer)
    this.#ends.get(peer)?.close()
  }

  onConnection(end: ConnectionEnd, outbound: boolean): void {
    const { peer } = end
    if (this.isBanned(peer)) {
      end.close()
      return
    }
    this.#ends.get(peer)?.close()
    this.#ends.set(peer, end)
    end.onClose = () => {
      if (this.#ends.get(peer) === end) this.#ends.delete(peer)
      if (this.#process.members.get(peer)?.end === end) this.#process.left(peer)
    }
    end.onStream = (protocol, stream) => this.#onStream(end, protocol, stream)
    this.#process.after(2 * meshLimits.membershipTimeoutMs, () => {
      if (this.#process.members.get(peer)?.end !== end) end.close()
    })
    if (outbound) {
      this.#introduce(end).catch((err: unknown) => {
        if (err instanceof WireError) this.refuse(peer, 'bad-message')
        this.#process.failed('membership', err)
        // The other side may count us in already: a connection that is half a membership would stay for ever.
        end.close()
      })
    }
  }

  #onStream(end: ConnectionEnd, protocol: string, stream: SimStream): void {
    if (protocol === 'membership') {
      this.#answer(end, stream).catch((err: unknown) => {
        if (err instanceof WireError) this.refuse(end.peer, 'bad-message')
        this.#process.failed('membership', err)
      })
    } else if (this.#process.members.get(end.peer)?.end === end) {
      this.#process.serve(end.peer, protocol, stream)
    } else {
      stream.abort(new Error('not a member of this exhibition'))
    }
  }

  async #introduce(end: ConnectionEnd): Promise<void> {
    const hello = this.#hello()
    if (hello === null) return
    const stream = end.openStream('membership')
    await this.#write(stream, hello)
    const frame = await stream.read()
    if (frame === null) throw new WireError('no answer')
    const reply = decodeMessage(helloReplySchema, frame)
    if ('refused' in reply) {
      this.#ban(end.peer)
      end.close()
      return
    }
    const refusal = await this.#check(end.peer, reply)
    if (refusal !== null) this.refuse(end.peer, incidentOf(refusal))
    else this.#welcome(end)
    stream.close()
  }

  async #answer(end: ConnectionEnd, stream: SimStream): Promise<void> {
    const frame = await stream.read()
    if (frame === null) throw new WireError('nothing was said')
    const refusal = await this.#check(end.peer, decodeMessage(helloSchema, frame))
    const hello = this.#hello()
    if (refusal !== null || hello === null) {
      await this.#write(stream, { refused: refusal ?? 'not-granted' })
      this.refuse(end.peer, incidentOf(refusal ?? 'not-granted'))
      return
    }
    await this.#write(stream, hello)
    this.#welcome(end)
    stream.close()
  }

  #write(stream: SimStream, message: Hello | { refused: RefusalReason }): Promise<void> {
    const bytes = encodeMessage(message)
    if (this.#process.isHonest) this.#process.world.traffic.count('membership', bytes.length)
    return stream.write(bytes)
  }

  #hello(): Hello | null {
    const { catalogue, node } = this.#process
    const grant = node.shownGrant ?? catalogue.grant(node.did)?.bytes
    return grant === undefined ? null : { exhibition: catalogue.id, grant, version: '0.1.0' }
  }

  async #check(peer: number, hello: Hello): Promise<RefusalReason | null> {
    const { catalogue, world } = this.#process
    const did = this.#process.didOf(peer)
    if (hello.exhibition !== catalogue.id) return 'other-exhibition'
    let grant: OpenedRecord
    try {
      grant = await world.seals.openRecord(hello.grant)
    } catch {
      // Whatever is wrong with it: it is no grant.
      return 'not-granted'
    }
    if (grant.exhibition !== catalogue.id) return 'other-exhibition'
    if (!isKind(grant, 'node-grant') || grant.body.node !== did) return 'not-granted'
    await this.#process.keeper.accept(hello.grant, null, 'mesh')
    return catalogue.isMember(did) ? null : 'not-granted'
  }

  #welcome(end: ConnectionEnd): void {
    if (!end.isOpen || this.#process.members.has(end.peer)) return
    const known = this.#known.get(end.peer)
    if (known !== undefined) known.failures = 0
    this.#process.joined(end.peer, {
      did: this.#process.didOf(end.peer),
      end,
      sinceMs: this.#process.world.clock.nowMs,
    })
  }

  readonly #onRecord = (record: OpenedRecord): void => {
    if (isKind(record, 'node-grant')) {
      const peer = this.#process.indexOf(record.body.node)
      if (peer !== undefined) this.#bans.delete(peer)
    }
    if (!isKind(record, 'exhibition')) return
    for (const [peer, { did }] of this.#process.members)
      if (!this.#process.catalogue.isMember(did)) this.refuse(peer, 'not-granted')
  }

  #ban(peer: number): void {
    this.#bans.set(peer, this.#process.steadyNowMs() + meshLimits.banMs)
  }

  /** Left alone for a while, both ways. */
  isBanned(peer: number): boolean {
    return (this.#bans.get(peer) ?? 0) > this.#process.steadyNowMs()
  }

  #dialDue(): void {
    const { world, node, random } = this.#process
    const now = this.#process.steadyNowMs()
    for (const peer of world.network.inReach(node.index)) {
      let known = this.#known.get(peer)
      if (known === undefined) {
        // Two nodes that find each other at once would both call: one waits a moment.
        const waitMs = peer < node.index ? meshLimits.dialTieBreakMs : 0
        known = { failures: 0, notBeforeMs: now + waitMs, dialling: false }
        this.#known.set(peer, known)
      }
      if (known.dialling || known.notBeforeMs > now || this.#ends.has(peer) || this.isBanned(peer)) continue
      const dialled = known
      dialled.dialling = true
      this.#process.dial(peer, (connected) => {
        dialled.dialling = false
        dialled.failures = connected ? 0 : dialled.failures + 1
        const delayMs = connected
          ? meshLimits.redialFirstMs
          : Math.min(meshLimits.redialLastMs, meshLimits.redialFirstMs * 2 ** (dialled.failures - 1)) *
            random.between(0.75, 1.25)
        dialled.notBeforeMs = this.#process.steadyNowMs() + delayMs
      })
    }
  }
}

function incidentOf(reason: RefusalReason): IncidentReason {
  return reason === 'other-exhibition' || reason === 'bad-message' ? reason : 'not-granted'
}
