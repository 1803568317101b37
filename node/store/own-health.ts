import { CID } from 'multiformats/cid'
import type { MachineFacts } from '../machine/machine-reader.ts'
import { Rates } from '../health/rates.ts'
import { SlowLink } from '../health/slow-link.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import { lackCauses } from '../wire/status-health.ts'
import type { LackCause, StatusHealth } from '../wire/status-health.ts'
import { wireLimits } from '../wire/limits.ts'
import type { ChunkStore } from './chunk-store.ts'
import type { Holdings } from './holdings.ts'
import type { MeshState } from './mesh-state.ts'

const KIB = 1024
const MIB = 1024 * 1024
const HOUR_MS = 3_600_000
const RTT_FRESH_MS = 15_000
const MAX_SECONDS = 1_000_000
/** A clock that was set, and did not merely drift. */
const CLOCK_SET_MS = 5_000

export interface OwnHealthSources {
  readonly mesh: MeshState
  readonly holdings: Pick<Holdings, 'progress' | 'refusal' | 'rootsOf'>
  readonly chunks: Pick<ChunkStore, 'usage'>
  /** Root to manifest of what is shown. */
  readonly shown: () => ReadonlyMap<string, Manifest>
  readonly records: () => number
  readonly wallNowMs: () => number
}

const idleMachine: MachineFacts = {
  load: 0,
  memory: { available: 0, total: 0, used: 0 },
  written: 0,
  diskErrors: 0,
}

/** What this node says of its own health. Sampled once a second; asked for with every status. */
export class OwnHealth {
  readonly #sources: OwnHealthSources
  readonly #startedMs: number
  readonly #rates = new Rates()
  readonly #slow = new Map<string, SlowLink>()
  readonly #links = new Map<string, { inKiBps: number; outKiBps: number; isSlow: boolean }>()
  readonly #works = new Map<string, number>()
  readonly #rtts = new Map<string, { rttMs: number; atMs: number }>()
  /** Roots with a chunk that was found damaged, until they are whole again. */
  readonly #refetching = new Set<string>()
  #damaged = 0
  #nowMs: number
  /** What the clock on the wall was ahead of the steady one when others last were told that it was set. */
  #clockAheadMs: number
  machine: MachineFacts = idleMachine
  storage = { freeBytes: 0, reserveBytes: 0 }

  constructor(sources: OwnHealthSources, nowMs: number) {
    this.#sources = sources
    this.#startedMs = nowMs
    this.#nowMs = nowMs
    this.#clockAheadMs = sources.wallNowMs() - nowMs
  }

  onDamaged(cid: string): void {
    this.#damaged += 1
    for (const root of this.#sources.holdings.rootsOf(CID.parse(cid))) this.#refetching.add(root)
  }

  /** Once a second. @returns whether something changed that others should hear of before the next status is due */
  step(nowMs: number): boolean {
    this.#nowMs = nowMs
    const { mesh, holdings, shown, wallNowMs } = this.#sources
    const busy = new Set([...mesh.sources.values()].flatMap((peers) => [...peers]))
    let changed = false
    const clockAheadMs = wallNowMs() - nowMs
    if (Math.abs(clockAheadMs - this.#clockAheadMs) > CLOCK_SET_MS) {
      this.#clockAheadMs = clockAheadMs
      changed = true
    }
    const sampled = new Set<string>()
    for (const peer of mesh.peers.values()) {
      if (!peer.neighbour) {
        this.#links.delete(peer.id)
        this.#slow.delete(peer.id)
        this.#rtts.delete(peer.id)
        continue
      }
      sampled.add(`in ${peer.id}`).add(`out ${peer.id}`)
      const inKiBps = Math.round(this.#rates.sample(`in ${peer.id}`, peer.receivedBytes, nowMs) / KIB)
      const outKiBps = Math.round(this.#rates.sample(`out ${peer.id}`, peer.sentBytes, nowMs) / KIB)
      const slow = this.#slow.get(peer.id) ?? new SlowLink()
      this.#slow.set(peer.id, slow)
      const rttMs = this.#freshRtt(peer.id, peer.rttMs, nowMs)
      const isSlow = slow.step({ isBusy: busy.has(peer.id), inKiBps, outKiBps, rttMs })
      if (isSlow !== (this.#links.get(peer.id)?.isSlow ?? false)) changed = true
      this.#links.set(peer.id, { inKiBps, outKiBps, isSlow })
    }
    for (const [root, manifest] of shown()) {
      const progress = holdings.progress(root)
      if (progress === undefined || progress.complete) {
        this.#works.delete(root)
        if (progress?.complete === true && this.#refetching.delete(root)) changed = true
        continue
      }
      sampled.add(`work ${root}`)
      const bytes = progress.have * (manifest.size / Math.max(1, manifest.chunks))
      this.#works.set(root, this.#rates.sample(`work ${root}`, bytes, nowMs))
    }
    for (const root of this.#refetching) if (!shown().has(root)) this.#refetching.delete(root)
    this.#rates.keepOnly((key) => sampled.has(key))
    return changed
  }

  /** Links that are quiet are not measured: what was measured long ago says nothing about now. */
  #freshRtt(id: string, rttMs: number | undefined, nowMs: number): number | undefined {
    const known = this.#rtts.get(id)
    if (rttMs === undefined) return undefined
    if (known?.rttMs !== rttMs) this.#rtts.set(id, { rttMs, atMs: nowMs })
    else if (nowMs - known.atMs > RTT_FRESH_MS) return undefined
    return rttMs
  }

  say(neighbours: readonly string[], shown: readonly string[]): StatusHealth {
    const { mesh, chunks, records, wallNowMs } = this.#sources
    const { machine, storage } = this
    const { forged, stale, stranger } = mesh.droppedStatuses
    const lacks = [...this.#lacks(shown)]
    const beyond = lacks[wireLimits.statusPartialWorks]
    return {
      v: 1,
      up: Math.floor((this.#nowMs - this.#startedMs) / 1000),
      load: Math.max(0, machine.load),
      mem: [machine.memory.available, machine.memory.total, machine.memory.used],
      ...(machine.temperature === undefined ? {} : { temp: machine.temperature }),
      ...(machine.throttled === undefined ? {} : { throttled: machine.throttled }),
      disk: [
        Math.ceil(chunks.usage().bytes / MIB),
        Math.max(0, Math.floor(storage.freeBytes / MIB)),
        Math.floor(storage.reserveBytes / MIB),
        machine.written,
      ],
      diskErrors: machine.diskErrors,
      full: mesh.diskFull || storage.freeBytes <= storage.reserveBytes ? 1 : 0,
      counts: [
        this.#damaged,
        this.#incidents('not-granted', 'other-exhibition'),
        this.#incidents('bad-chunk', 'bad-record', 'bad-message', 'flood'),
        forged + stale + stranger,
      ],
      ...(machine.clients === undefined ? {} : { clients: machine.clients }),
      clock: Math.max(0, Math.floor(wallNowMs() / 1000)),
      records: records(),
      links: neighbours.map((id) => this.#link(id)),
      lacks: lacks.slice(0, wireLimits.statusPartialWorks),
      ...(beyond === undefined ? {} : { rest: beyond[1] }),
      ...(machine.tq === undefined ? {} : { tq: machine.tq }),
      ...(mesh.isDraining ? { draining: 1 as const } : {}),
      ...(this.#nowMs < mesh.identifyUntilMs ? { identify: 1 as const } : {}),
      ...(mesh.ownName === undefined ? {} : { named: mesh.ownName }),
    }
  }

  #link(id: string): StatusHealth['links'][number] {
    const peer = this.#sources.mesh.peers.get(id)
    const { inKiBps = 0, outKiBps = 0, isSlow = false } = this.#links.get(id) ?? {}
    const losses = peer?.lostAtMs.filter((atMs) => this.#nowMs - atMs < HOUR_MS).length ?? 0
    return [
      Math.max(0, Math.round((peer?.rttMs ?? 0) * 10)),
      inKiBps,
      outKiBps,
      losses,
      peer?.clockAheadSeconds ?? 0,
      isSlow ? 1 : 0,
    ]
  }

  *#lacks(shown: readonly string[]): Iterable<StatusHealth['lacks'][number]> {
    for (const [index, root] of shown.entries()) {
      const progress = this.#sources.holdings.progress(root)
      if (progress?.complete === true) continue
      const cause = this.#cause(root)
      const rate = this.#works.get(root) ?? 0
      const manifest = this.#sources.shown().get(root)
      const size = manifest?.size ?? 0
      const missing = progress === undefined ? size : (1 - progress.have / Math.max(1, progress.total)) * size
      const left = rate < 1 ? 0 : Math.min(MAX_SECONDS, Math.max(1, Math.ceil(missing / rate)))
      yield [index, lackCauses.indexOf(cause), Math.round(rate / KIB), cause === 'coming' ? left : 0]
    }
  }

  /** One cause; what stops it for good comes first. */
  #cause(root: string): LackCause {
    const { mesh, holdings } = this.#sources
    if (holdings.refusal(root) !== undefined || mesh.refusedRoots.has(root)) return 'refused'
    if (
      mesh.diskFull ||
      (this.storage.reserveBytes > 0 && this.storage.freeBytes <= this.storage.reserveBytes)
    )
      return 'disk-full'
    if (this.#refetching.has(root)) return 'refetching'
    if ((mesh.sources.get(root)?.size ?? 0) > 0) return 'coming'
    for (const peer of mesh.peers.values()) {
      // A neighbour that has not said what it holds may yet have it.
      if (peer.neighbour && (peer.held.get(root) ?? 1) > 0) return 'coming'
    }
    return 'unreachable'
  }

  #incidents(...reasons: string[]): number {
    return this.#sources.mesh.incidents
      .filter(({ reason }) => reasons.includes(reason))
      .reduce((sum, { count }) => sum + count, 0)
  }
}
