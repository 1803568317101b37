import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { sha256 } from '@noble/hashes/sha2.js'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import { createHttpServer } from '../../node/http/server.ts'
import { statusHoldings } from '../../node/replication/status-holdings.ts'
import { heldByStatus } from '../../node/replication/status-holdings.ts'
import { MeshWatch } from '../../node/store/mesh-watch.ts'
import { OwnHealth } from '../../node/store/own-health.ts'
import { ActionRunner } from '../../node/technician/action-runner.ts'
import { Login } from '../../node/technician/login.ts'
import { OrderBook } from '../../node/technician/order-book.ts'
import { Technician } from '../../node/technician/technician.ts'
import { healthOf } from '../node/health/samples.ts'
import { dids, exhibition, manifestOf, seal } from '../node/http/exhibition-fixture.ts'
import { hashOf } from '../node/technician/passphrase.ts'

const places = ['foyer', 'zaal 1', 'zaal 2', 'café', 'trap', 'zolder', 'kelder', 'tuin']

/** A mesh of as many nodes and works as one likes, heard by one real node: statuses are made up, all else is the real thing. */
export async function simulatedMesh(size: { nodes: number; works: number }, uiDir: string) {
  const show = await exhibition({ uiDir })
  const ids: Did[] = []
  for (let i = 1; i < size.nodes; i += 1) {
    const seed = new Uint8Array(32).fill(9)
    seed[0] = i
    const { publicKey } = await generateKeyPairFromSeed('Ed25519', seed)
    const id = didFromPublicKey(publicKey)
    ids.push(id)
    const name = `${places[i % places.length]}${i < places.length ? '' : ` ${i}`}`
    await show.accept(await seal('steward', { kind: 'node-grant', node: id, name }))
  }
  const roots: string[] = []
  const manifests = new Map<string, Manifest>()
  for (let i = 0; i < size.works; i += 1) {
    const root = CID.createV1(0x55, create(0x12, sha256(new Uint8Array([i & 255, i >> 8]))))
    const record = await seal('artist', manifestOf(`werk-${i}`, { root, size: 5_000_000, chunks: 5 }))
    // Not by the door: these works have no files.
    show.deps.catalogue.add(record)
    roots.push(root.toString())
    manifests.set(root.toString(), record.body as Manifest)
  }
  const holds = { have: 5, total: 5, complete: true, cells: '1'.repeat(36) }
  const holdings = { progress: () => holds, refusal: () => undefined, rootsOf: () => [] }
  const own = new OwnHealth(
    {
      mesh: show.mesh,
      holdings,
      chunks: show.chunks,
      shown: () => manifests,
      records: () => 40,
      wallNowMs: () => 1_800_000_000_000,
    },
    show.nowMs,
  )
  own.storage = { freeBytes: 2e10, reserveBytes: 1e8 }
  own.machine = { load: 20, memory: { available: 600, total: 1000, used: 120 }, written: 3, diskErrors: 0 }
  const watch = new MeshWatch({
    self: { id: dids.node, name: 'Kelder' },
    version: '0.1.0-test',
    catalogue: show.deps.catalogue,
    mesh: show.mesh,
    holdings,
    own,
    machine: { read: async () => own.machine },
    storage: async () => own.storage,
    events: show.deps.events,
    logger: show.deps.logger,
    steadyNowMs: () => show.nowMs,
  })
  const hash = await hashOf()
  const technician = new Technician({
    self: dids.node,
    login: new Login(hash, () => show.nowMs),
    orders: new OrderBook({ did: dids.node, exhibition: dids.steward, boot: () => '' }, hash.did),
    runner: new ActionRunner({
      ...show.deps,
      saveName: async () => undefined,
      blink: async () => false,
      restart: null,
      admit: async () => undefined,
      setClock: async () => false,
      diagnostics: async () => new Uint8Array([31, 139]),
    }),
    mesh: show.mesh,
    watch,
    holdsKey: true,
  })
  const sorted = roots.toSorted()
  const neighboursOf = (index: number): Did[] =>
    [index - 2, index - 1, index + 1, index + 2].flatMap((at) => ids[at] ?? [])
  show.mesh.ownRecords = 'same'

  /** One status of a node, as if it had just come. @param share of the work at an index; 1 unless said */
  const hear = (
    index: number,
    extra: Parameters<typeof healthOf>[0] = {},
    share?: (at: number) => number,
  ): void => {
    const id = ids[index]
    if (id === undefined) return
    const peer = show.mesh.peer(id, show.nowMs)
    const neighbours = [...neighboursOf(index), ...(index < 3 ? [dids.node] : [])]
    const place = new Map(sorted.map((root, at) => [root, at]))
    const shown = new Map(sorted.map((root) => [root, null]))
    const status = statusHoldings(shown, (root) => share?.(place.get(root) ?? 0) ?? 1)
    peer.held = heldByStatus(status, shown) ?? new Map()
    peer.showsTheSame = true
    peer.records = 'same'
    peer.neighbour = index < 3
    peer.neighbours = neighbours
    peer.version = '0.1.0-test'
    peer.lastHeardMs = show.nowMs
    peer.works = { complete: sorted.length, total: sorted.length }
    if (index < 3) peer.rttMs = 4
    peer.health = healthOf({
      up: Math.floor(show.nowMs / 1000),
      links: neighbours.map(() => [40 + index, 0, 0, 0, 0, 0]),
      ...extra,
    })
    show.deps.events.emit('mesh')
  }
  const hearAll = (): void => ids.forEach((_id, index) => hear(index))
  hearAll()
  watch.tick()
  const server = createHttpServer({ ...show.deps, watch, technician })
  const { port } = await server.start()
  return {
    show,
    ids,
    roots: sorted,
    watch,
    hear,
    hearAll,
    url: `http://127.0.0.1:${port}`,
    close: () => server.stop(),
    /** Time goes on, and this node looks. */
    pass: (ms: number): void => {
      show.nowMs += ms
      watch.tick()
    },
  }
}
