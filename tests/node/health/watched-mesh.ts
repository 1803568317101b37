import type { PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { pino } from 'pino'
import { vi } from 'vitest'
import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import { cidOfBytes } from '../../../artworks/format/envelope.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import type { Manifest } from '../../../artworks/format/records.ts'
import type { MeshHealthView } from '../../../node/http/contracts/tech.ts'
import { meshHealthView } from '../../../node/http/tech/mesh-health-view.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import type { NodeEventBus } from '../../../node/lifecycle/events.ts'
import { StatusGossip } from '../../../node/mesh/status-gossip.ts'
import type { StatusGossipDependencies } from '../../../node/mesh/status-gossip.ts'
import { peerOfDid } from '../../../node/mesh/peer-did.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'
import { MeshWatch } from '../../../node/store/mesh-watch.ts'
import { OwnHealth } from '../../../node/store/own-health.ts'
import { wireLimits } from '../../../node/wire/limits.ts'
import { topics } from '../../../node/wire/protocols.ts'
import { NodeTags } from '../../../node/wire/node-tags.ts'
import { didOf, exhibitionId } from '../../artworks/format/samples.ts'

const SIGN_MS = 2_500
/** What a message takes over one link, its checks included: at most so long. */
export const HOP_MS = 300
const MANIFEST_CHUNKS = 10
type Validator = (peer: ReturnType<typeof peerOfDid>, message: { data: Uint8Array }) => Promise<string>

/** One node: its watch, its own health and its gossip of statuses are the real ones; its disk, its records and its links are made up. */
export class WatchedNode {
  readonly did: Did
  readonly state = new MeshState()
  readonly events: NodeEventBus = createEventBus()
  readonly own: OwnHealth
  readonly watch: MeshWatch
  /** Root to chunks held of ten. */
  readonly held = new Map<string, number>()
  readonly refused = new Set<string>()
  readonly links = new Set<WatchedNode>()
  records = new Uint8Array(16)
  storage = { freeBytes: 20_000_000_000, reserveBytes: 256_000_000 }
  clockOffMs = 0
  isAlive = true
  readonly #validators = new Map<string, Validator>()
  readonly #seen = new Set<string>()
  readonly #mesh: WatchedMesh
  readonly #gossip: StatusGossip

  constructor(mesh: WatchedMesh, key: PrivateKey, did: Did, name: string) {
    this.#mesh = mesh
    this.did = did
    const { catalogue } = mesh
    const steadyNowMs = (): number => performance.now()
    const wallNowMs = (): number => 1_800_000_000_000 + performance.now() + this.clockOffMs
    const holdings = {
      progress: (root: string) => {
        const have = this.held.get(root)
        return have === undefined
          ? undefined
          : { have, total: MANIFEST_CHUNKS, complete: have === MANIFEST_CHUNKS, cells: '' }
      },
      refusal: (root: string) => (this.refused.has(root) ? 'not as signed' : undefined),
      rootsOf: () => [...mesh.shown().keys()],
    }
    const chunks = {
      usage: () => ({ chunks: 1, bytes: 1 }),
      has: (cid: CID) => (this.held.get(cid.toString()) ?? 0) > 0,
    }
    this.own = new OwnHealth(
      {
        mesh: this.state,
        holdings,
        chunks,
        shown: () => mesh.shown(),
        records: () => 40,
        wallNowMs,
      },
      steadyNowMs(),
    )
    this.own.storage = this.storage
    const logger = pino({ level: 'silent' })
    this.watch = new MeshWatch({
      self: { id: did, name },
      version: 'test',
      catalogue,
      mesh: this.state,
      holdings,
      own: this.own,
      machine: { read: async () => this.own.machine },
      storage: async () => this.storage,
      events: this.events,
      logger,
      steadyNowMs,
    })
    const topic = topics(exhibitionId).status
    const gossip = {
      topicValidators: this.#validators,
      subscribe: () => undefined,
      publish: async (_topic: string, data: Uint8Array) => this.#pass(data, topic),
    }
    const parts = {
      mayGossip: () => true,
      host: { services: { gossip } },
      key,
      self: { did, name, version: 'test' },
      catalogue,
      keeper: { digests: { fingerprint: () => this.records } },
      content: {
        shown: () => mesh.shown(),
        isReadable: () => false,
        counts: () => ({ complete: 0, total: mesh.shown().size }),
      },
      holdings,
      chunks,
      membership: { members: () => [...this.links].map((other) => ({ did: other.did })) },
      state: this.state,
      events: this.events,
      logger,
      steadyNowMs,
      wallNowMs,
      onOtherRecords: () => undefined,
      onBadStatus: () => undefined,
      tags: new NodeTags(),
      life: {
        anchor: () => new Uint8Array(wireLimits.lifeValueBytes),
        status: () => undefined,
        linksChanged: () => undefined,
      },
    }
    this.#gossip = new StatusGossip(parts as unknown as StatusGossipDependencies)
  }

  start(): void {
    this.watch.start()
    this.#gossip.start()
  }

  stop(): void {
    this.isAlive = false
    this.#gossip.stop()
    this.watch.stop()
  }

  view(): MeshHealthView {
    const { state: mesh, watch } = this
    const { catalogue } = this.#mesh
    return meshHealthView({ selfId: this.did, run: '', catalogue, mesh, watch }, performance.now(), 0)
  }

  /** As membership does when a link comes. */
  link(other: WatchedNode): void {
    this.links.add(other)
    const peer = this.state.peer(other.did, performance.now())
    peer.neighbour = true
    peer.rttMs = 4
  }

  /** As membership does when a link is gone. */
  unlink(other: WatchedNode): void {
    this.links.delete(other)
    const peer = this.state.peer(other.did, performance.now())
    peer.neighbour = false
    peer.lostAtMs.push(performance.now())
    this.events.emit('own-health')
  }

  /** To each neighbour, which takes its time. */
  #pass(data: Uint8Array, topic: string): void {
    for (const other of this.links)
      setTimeout(() => void other.#take(this, data, topic), this.#mesh.random() * HOP_MS)
  }

  async #take(from: WatchedNode, data: Uint8Array, topic: string): Promise<void> {
    const id = cidOfBytes(data).toString()
    if (!this.isAlive || !this.links.has(from) || this.#seen.has(id)) return
    this.#seen.add(id)
    const verdict = await this.#validators.get(topic)?.(peerOfDid(from.did), { data })
    if (verdict === 'accept') this.#pass(data, topic)
  }
}

/** Nodes in a row, the worst there is for news, in made-up time: that it passes is up to the test (fake timers), and a seed. */
export class WatchedMesh {
  readonly nodes: WatchedNode[]
  readonly catalogue: Catalogue
  readonly #manifests = new Map<string, Manifest>()
  #random = 7

  constructor(catalogue: Catalogue, keys: readonly Parameters<typeof didOf>[0][]) {
    this.catalogue = catalogue
    this.nodes = keys.map((key, index) => new WatchedNode(this, key, didOf(key), `n${index}`))
    this.nodes.forEach((node, index) => {
      const next = this.nodes[index + 1]
      if (next === undefined) return
      node.link(next)
      next.link(node)
    })
  }

  start(): void {
    for (const node of this.nodes) node.start()
    setInterval(() => this.#proveLife(), SIGN_MS)
  }

  shown(): ReadonlyMap<string, Manifest> {
    return this.#manifests
  }

  /** A work that each node holds as much of as is said: of ten. */
  show(manifest: Manifest, held: (index: number) => number): string {
    const root = manifest.root.toString()
    this.#manifests.set(root, manifest)
    this.nodes.forEach((node, index) => node.held.set(root, held(index)))
    for (const node of this.nodes) node.events.emit('catalogue')
    return root
  }

  hide(root: string): void {
    this.#manifests.delete(root)
    for (const node of this.nodes) node.events.emit('catalogue')
  }

  random(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0
    return this.#random / 2 ** 32
  }

  /** Time passes until it is so at each of these nodes. @returns milliseconds that took; Infinity when it did not come true */
  async until(
    who: readonly WatchedNode[],
    limitMs: number,
    isSo: (view: MeshHealthView) => boolean,
  ): Promise<number> {
    const from = performance.now()
    while (performance.now() - from <= limitMs) {
      if (who.every((node) => isSo(node.view()))) return performance.now() - from
      await vi.advanceTimersByTimeAsync(100)
    }
    return Number.POSITIVE_INFINITY
  }

  /** Signs of life (life-exchange.ts, shown by themselves): whoever a node reaches hears of it every few seconds. */
  #proveLife(): void {
    const nowMs = performance.now()
    for (const node of this.nodes) {
      if (!node.isAlive) continue
      const reached = new Set([node])
      for (const one of reached) for (const other of one.links) if (other.isAlive) reached.add(other)
      for (const other of reached) if (other !== node) node.state.peer(other.did, nowMs).lastHeardMs = nowMs
    }
  }
}

export function rootNumber(n: number): CID {
  return CID.createV1(0x55, create(0x12, new Uint8Array(32).fill(n)))
}
