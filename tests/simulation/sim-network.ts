import type { Random } from './random.ts'
import { SimStream } from './sim-stream.ts'
import type { Frame } from './sim-stream.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What two places in radio reach of each other have between them. */
export interface Link {
  latencyMs: number
  bytesPerMs: number
  /** Share of frames that are lost once and sent again: on TCP a loss is a delay of all that comes after. */
  loss: number
  up: boolean
}

const limits = Object.freeze({
  frameOverheadBytes: 12,
  retransmitMs: [200, 1200],
  /** A writer waits while more than this is on its way out. */
  backlogBytes: 4096,
  /** How long a side may take to notice that the other is gone without a word. */
  silenceMs: [100, 20_000],
})

export interface Endpoint {
  readonly index: number
  /** Whether it takes calls now. */
  readonly isUp: boolean
  /** Whether it would let this one in: one that is left alone is not even answered. */
  accepts(from: number): boolean
  onConnection(end: ConnectionEnd, outbound: boolean): void
}

/** Places, the links between them, and the connections over those. */
export class SimNetwork {
  readonly clock: VirtualClock
  readonly random: Random
  readonly #links = new Map<string, Link>()
  readonly #reach = new Map<number, number[]>()
  readonly #open = new Map<string, ConnectionEnd>()

  constructor(clock: VirtualClock, random: Random) {
    this.clock = clock
    this.random = random
  }

  addLink(a: number, b: number, link: Link): void {
    if (a === b || this.#links.has(keyOf(a, b))) return
    this.#links.set(keyOf(a, b), link)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      this.#reach.set(from, [...(this.#reach.get(from) ?? []), to])
  }

  link(a: number, b: number): Link | undefined {
    return this.#links.get(keyOf(a, b))
  }

  links(): Iterable<Link> {
    return this.#links.values()
  }

  /** Whom a place can reach, whether the link is up now or not. */
  inReach(of: number): readonly number[] {
    return this.#reach.get(of) ?? []
  }

  /** Cuts or mends links. Both sides of a cut connection notice by themselves, some time later. */
  setUp(isUp: (a: number, b: number) => boolean): void {
    for (const [key, link] of this.#links) {
      const [a = 0, b = 0] = key.split('-').map(Number)
      link.up = isUp(a, b)
      if (!link.up) this.#open.get(key)?.lose()
    }
  }

  /** Both ends gone without a word: a machine lost its power. */
  silence(index: number): void {
    for (const other of this.inReach(index)) this.#open.get(keyOf(index, other))?.lose()
  }

  /** @returns whether it was answered, after the time that takes */
  dial(from: Endpoint, to: Endpoint, done: (connected: boolean) => void): void {
    const link = this.link(from.index, to.index)
    const takesMs = link === undefined ? 1000 : 3 * link.latencyMs + this.random.between(1, 5)
    this.clock.after(link?.up === true && to.isUp ? takesMs : 8000, () => {
      if (link?.up !== true || !from.isUp || !to.isUp || !to.accepts(from.index)) {
        done(false)
        return
      }
      const key = keyOf(from.index, to.index)
      // A call anew says that the old connection is dead.
      this.#open.get(key)?.close()
      const ends = connect(this, link, from.index, to.index)
      this.#open.set(key, ends[0])
      to.onConnection(ends[1], false)
      from.onConnection(ends[0], true)
      done(true)
    })
  }

  /** Time until one side of a silent connection finds out. */
  noticeMs(): number {
    return this.random.between(limits.silenceMs[0] ?? 0, limits.silenceMs[1] ?? 0)
  }
}

function connect(network: SimNetwork, link: Link, from: number, to: number): [ConnectionEnd, ConnectionEnd] {
  const first = new ConnectionEnd(network, link, from, to)
  const second = new ConnectionEnd(network, link, to, from)
  first.other = second
  second.other = first
  return [first, second]
}

/** One side of a connection: streams of frames, all in the order they were sent. */
export class ConnectionEnd {
  readonly self: number
  readonly peer: number
  other: ConnectionEnd | undefined
  onStream: (protocol: string, stream: SimStream) => void = () => {}
  onClose: () => void = () => {}
  readonly #network: SimNetwork
  readonly #link: Link
  readonly #streams = new Map<number, SimStream>()
  #nextStream = 0
  #freeAtMs = 0
  #lastArrivalMs = 0
  #open = true
  /** The other side is gone, and this one does not know yet. */
  #lost = false

  constructor(network: SimNetwork, link: Link, self: number, peer: number) {
    this.#network = network
    this.#link = link
    this.self = self
    this.peer = peer
  }

  get isOpen(): boolean {
    return this.#open
  }

  get rttMs(): number {
    return 2 * this.#link.latencyMs
  }

  openStream(protocol: string): SimStream {
    const stream = new SimStream(this, protocol, this.#nextStream * 2 + (this.self < this.peer ? 0 : 1))
    this.#nextStream += 1
    if (this.#open) this.#streams.set(stream.id, stream)
    else stream.fail(new Error('the connection is closed'))
    return stream
  }

  /** @returns when the next frame may be sent */
  send(frame: Frame): number {
    const { clock, random } = this.#network
    const now = clock.nowMs
    const bytes = (frame.bytes?.length ?? 0) + limits.frameOverheadBytes
    this.#freeAtMs = Math.max(now, this.#freeAtMs) + bytes / this.#link.bytesPerMs
    let delayMs = this.#link.latencyMs
    if (random.chance(this.#link.loss))
      delayMs += random.between(limits.retransmitMs[0] ?? 0, limits.retransmitMs[1] ?? 0)
    this.#lastArrivalMs = Math.max(this.#freeAtMs + delayMs, this.#lastArrivalMs)
    const { other } = this
    clock.after(this.#lastArrivalMs - now, () => {
      if (this.#open && !this.#lost) other?.arrive(frame)
    })
    return this.#freeAtMs - limits.backlogBytes / this.#link.bytesPerMs
  }

  after(ms: number, run: () => void): void {
    this.#network.clock.after(ms, run)
  }

  get nowMs(): number {
    return this.#network.clock.nowMs
  }

  arrive(frame: Frame): void {
    if (!this.#open) return
    let stream = this.#streams.get(frame.stream)
    if (stream === undefined) {
      if (frame.bytes === null) return
      stream = new SimStream(this, frame.protocol, frame.stream)
      this.#streams.set(frame.stream, stream)
      this.onStream(frame.protocol, stream)
    }
    stream.receive(frame)
  }

  forget(stream: SimStream): void {
    this.#streams.delete(stream.id)
  }

  /** Ends the connection: this side knows at once, the other after the way there. */
  close(): void {
    if (!this.#open) return
    this.#end()
    const { other } = this
    this.after(this.#link.latencyMs, () => other?.close())
  }

  /** The line is dead. Each side finds out by itself. */
  lose(): void {
    for (const end of [this, this.other]) {
      if (end === undefined || end.#lost) continue
      end.#lost = true
      this.after(this.#network.noticeMs(), () => end.#end())
    }
  }

  #end(): void {
    if (!this.#open) return
    this.#open = false
    for (const stream of this.#streams.values()) stream.fail(new Error('the connection ended'))
    this.#streams.clear()
    this.onClose()
  }
}

function keyOf(a: number, b: number): string {
  return a < b ? `${a}-${b}` : `${b}-${a}`
}
