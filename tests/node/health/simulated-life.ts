import { LifeBook, markOf } from '../../../node/health/life-book.ts'
import { LifeChain } from '../../../node/health/life-chain.ts'
import { healthLimits } from '../../../node/health/limits.ts'
import { helloWaitMs, relayLinks } from '../../../node/health/relay-links.ts'
import { statusGapMs } from '../../../node/health/status-pace.ts'
import { decodeLife, encodeLife } from '../../../node/wire/life-messages.ts'
import type { LifeMessage } from '../../../node/wire/life-messages.ts'
import { wireLimits } from '../../../node/wire/limits.ts'
import { nodeTagBytes } from '../../../node/wire/node-tags.ts'

/** TCP, IP and Ethernet headers, and half of an acknowledgement; yamux, noise, the frame's length. */
const PACKET_BYTES = 66 + 33 + 12 + 18 + 2
const STATUS_BYTES = 1_300
const GOSSIP_BYTES = 240
/** In place of a seal: who says it, the anchor; and then a number. */
const HEAD_BYTES = nodeTagBytes + wireLimits.lifeValueBytes

interface SimNode {
  readonly tag: string
  readonly book: LifeBook
  readonly neighbours: Set<string>
  readonly wanted: Map<string, number>
  readonly helloDueMs: Map<string, number>
  readonly heardMs: Map<string, number>
  chain: LifeChain
  /** Number of the newest status of each. */
  readonly statuses: Map<string, number>
  kept: Set<string>
  linksAt: string
  readonly lastAtMs: Map<string, number>
  n: number
  k: number
  flushes: number
  isAlive: boolean
  sentBytes: number
}

/** Nodes that prove to each other that they live, by the real core, in simulated time: a heap of events, and a seed. */
export class SimulatedLife {
  readonly nodes = new Map<string, SimNode>()
  /** Longest silence of any living node at any other that it is linked to in some way, while `isWatching`. */
  longestSilenceMs = 0
  isWatching = false
  nowMs = 0
  readonly #events: { atMs: number; n: number; run: () => void }[] = []
  #n = 0
  #links = 0
  #random: number
  readonly #statusLoss: number

  constructor(
    tags: readonly string[],
    links: readonly (readonly [string, string])[],
    options: { seed: number; statusLoss: number },
  ) {
    this.#random = options.seed
    this.#statusLoss = options.statusLoss
    for (const tag of tags) {
      this.nodes.set(tag, {
        tag,
        book: new LifeBook(tag),
        neighbours: new Set(),
        wanted: new Map(),
        helloDueMs: new Map(),
        heardMs: new Map(),
        chain: new LifeChain(this.#bytes()),
        statuses: new Map(),
        kept: new Set(),
        linksAt: '',
        lastAtMs: new Map(),
        n: 0,
        k: 0,
        flushes: 0,
        isAlive: true,
        sentBytes: 0,
      })
    }
    for (const [a, b] of links) this.link(a, b)
    for (const node of this.nodes.values()) {
      this.#in(this.random() * healthLimits.flushMs, () => this.#flush(node))
      this.#in(this.random() * 1000, () => this.#status(node))
    }
  }

  random(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0
    return this.#random / 2 ** 32
  }

  run(ms: number): void {
    const until = this.nowMs + ms
    for (;;) {
      const next = this.#events[0]
      if (next === undefined || next.atMs > until) break
      this.#pop()
      this.nowMs = next.atMs
      next.run()
    }
    this.nowMs = until
  }

  kill(tag: string): void {
    const node = this.#at(tag)
    node.isAlive = false
  }

  start(tag: string): void {
    const node = this.#at(tag)
    node.isAlive = true
    this.#in(0, () => this.#status(node))
  }

  link(a: string, b: string): void {
    this.#links += 1
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const node = this.#at(one)
      node.neighbours.add(other)
      node.book.open(other, this.nowMs)
    }
  }

  unlink(a: string, b: string): void {
    this.#links += 1
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const node = this.#at(one)
      node.neighbours.delete(other)
      node.book.close(other)
    }
  }

  silenceMs(at: string, of: string): number {
    return this.nowMs - (this.#at(at).heardMs.get(of) ?? Number.NEGATIVE_INFINITY)
  }

  forgetTraffic(): void {
    for (const node of this.nodes.values()) node.sentBytes = 0
  }

  #at(tag: string): SimNode {
    const node = this.nodes.get(tag)
    if (node === undefined) throw new Error(`no node ${tag}`)
    return node
  }

  #bytes(): Uint8Array {
    return Uint8Array.from({ length: wireLimits.lifeValueBytes }, () => Math.floor(this.random() * 256))
  }

  /** Gossip, of which some is lost: who misses it asks for it. */
  #status(node: SimNode): void {
    if (!node.isAlive) return
    node.chain = new LifeChain(this.#bytes())
    node.k = 0
    node.n += 1
    const sealed = Buffer.concat([
      Buffer.from(node.tag, 'hex'),
      node.chain.anchor,
      Buffer.alloc(STATUS_BYTES - HEAD_BYTES),
    ])
    sealed.writeUInt32BE(node.n, HEAD_BYTES)
    node.book.status(node.tag, node.chain.anchor, sealed, this.nowMs)
    const reached = new Set([node])
    for (const at of reached) {
      at.sentBytes += (sealed.length + GOSSIP_BYTES) * 2
      for (const tag of at.neighbours) {
        const other = this.#at(tag)
        if (!other.isAlive || reached.has(other) || this.random() < this.#statusLoss) continue
        reached.add(other)
        this.#take(other, sealed)
      }
    }
    this.#in(statusGapMs('routine', this.nodes.size, STATUS_BYTES), () => this.#status(node))
  }

  #take(node: SimNode, sealed: Uint8Array): void {
    const tag = Buffer.from(sealed.subarray(0, nodeTagBytes)).toString('hex')
    const n = Buffer.from(sealed).readUInt32BE(HEAD_BYTES)
    if (tag === node.tag || n <= (node.statuses.get(tag) ?? 0)) return
    node.statuses.set(tag, n)
    node.book.status(tag, sealed.slice(nodeTagBytes, HEAD_BYTES), sealed, this.nowMs)
    this.#heard(node, tag)
  }

  #heard(node: SimNode, tag: string): void {
    if (this.isWatching)
      this.longestSilenceMs = Math.max(this.longestSilenceMs, this.silenceMs(node.tag, tag))
    node.heardMs.set(tag, this.nowMs)
  }

  #flush(node: SimNode): void {
    this.#in(healthLimits.flushMs + 20 * this.random(), () => this.#flush(node))
    if (!node.isAlive) return
    node.flushes += 1
    if (node.flushes % 2 === 0) {
      node.k += 1
      const value = node.chain.at(node.k)
      if (value !== undefined)
        node.book.own({ tag: node.tag, mark: markOf(node.chain.anchor), k: node.k, value }, this.nowMs)
    }
    const quiet = new Set(
      [...this.nodes.keys()].filter((tag) => this.silenceMs(node.tag, tag) > healthLimits.quietMs),
    )
    const linksAt = `${this.#links} ${[...quiet].join()}`
    if (node.linksAt !== linksAt) {
      node.linksAt = linksAt
      node.kept = relayLinks(
        node.tag,
        [...node.neighbours],
        (tag) => this.#at(tag).neighbours,
        (tag) => quiet.has(tag),
      )
    }
    const { kept } = node
    for (const link of node.neighbours) {
      const keeps = kept.has(link)
      if (keeps || this.nowMs - (node.wanted.get(link) ?? -1e9) < 3 * healthLimits.flushMs) {
        const signs = node.book.flush(link)
        this.#send(node, link, { t: 'signs', keeps, within: healthLimits.flushMs / 1000, signs })
      } else {
        node.book.skip(link)
        if (this.nowMs < (node.helloDueMs.get(link) ?? 0)) continue
        const waitMs = helloWaitMs(node.neighbours.size - kept.size)
        node.helloDueMs.set(link, this.nowMs + waitMs)
        this.#send(node, link, { t: 'signs', keeps: false, within: waitMs / 1000, signs: [] })
      }
    }
  }

  #send(from: SimNode, to: string, message: LifeMessage): void {
    const frame = encodeLife(message)
    from.sentBytes += frame.length + PACKET_BYTES
    const other = this.#at(to)
    // A stream keeps its order.
    const atMs = Math.max(this.nowMs + 2 + this.random() * 50, from.lastAtMs.get(to) ?? 0)
    from.lastAtMs.set(to, atMs)
    this.#in(atMs - this.nowMs, () => {
      if (other.isAlive && other.neighbours.has(from.tag)) this.#hear(other, from.tag, decodeLife(frame))
    })
  }

  #hear(node: SimNode, from: string, message: LifeMessage): void {
    if (message.t === 'want') {
      const { statuses, signs } = node.book.serve(message.tags, this.nowMs)
      for (const sealed of statuses) this.#send(node, from, { t: 'status', sealed })
      if (signs.length > 0) this.#send(node, from, { t: 'signs', keeps: false, within: 3, signs })
    } else if (message.t === 'status') this.#take(node, message.sealed)
    else {
      if (message.keeps) node.wanted.set(from, this.nowMs)
      const { alive, wants, forged } = node.book.hear(from, message.signs, this.nowMs)
      if (forged > 0) throw new Error('a true sign was taken for forged')
      for (const tag of alive) this.#heard(node, tag)
      if (wants.length > 0) this.#send(node, from, { t: 'want', tags: wants })
    }
  }

  #in(ms: number, run: () => void): void {
    this.#n += 1
    const event = { atMs: this.nowMs + ms, n: this.#n, run }
    const events = this.#events
    let at = events.push(event) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      const above = events[up]
      if (above === undefined || !isBefore(event, above)) break
      events[at] = above
      events[up] = event
      at = up
    }
  }

  #pop(): void {
    const events = this.#events
    const last = events.pop()
    if (last === undefined || events.length === 0) return
    let at = 0
    events[0] = last
    for (;;) {
      let least = at
      for (const below of [2 * at + 1, 2 * at + 2]) {
        const [one, other] = [events[below], events[least]]
        if (one !== undefined && other !== undefined && isBefore(one, other)) least = below
      }
      const swapped = events[least]
      if (least === at || swapped === undefined) return
      events[least] = last
      events[at] = swapped
      at = least
    }
  }
}

function isBefore(a: { atMs: number; n: number }, b: { atMs: number; n: number }): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.n < b.n)
}
