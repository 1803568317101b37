import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { LanguageMap } from '../../artworks/format/records.ts'
import { AlertBook } from '../health/alert-book.ts'
import type { Alert } from '../health/alert-book.ts'
import { conditionsOf } from '../health/conditions.ts'
import { LinkMemory } from '../health/link-memory.ts'
import type { Lack, MeshFacts, NodeFacts } from '../health/mesh-facts.ts'
import { Rises } from '../health/rises.ts'
import { Timeline } from '../health/timeline.ts'
import type { TimelineEvent } from '../health/timeline.ts'
import { worthTelling } from '../health/worth-telling.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { MachineReader } from '../machine/machine-reader.ts'
import { lackCauses } from '../wire/status-health.ts'
import type { StatusHealth } from '../wire/status-health.ts'
import type { Holdings } from './holdings.ts'
import type { MeshState, PeerState } from './mesh-state.ts'
import type { OwnHealth } from './own-health.ts'

const TICK_MS = 1_000
/** The machine and the disk are looked at every so many ticks. */
const MACHINE_TICKS = 5
const MAX_KNOWN = 4096

export interface MeshWatchDependencies {
  readonly self: { readonly id: Did; readonly name: string; readonly place?: LanguageMap }
  readonly version: string
  readonly catalogue: Catalogue
  readonly mesh: MeshState
  readonly holdings: Pick<Holdings, 'progress'>
  readonly own: OwnHealth
  readonly machine: Pick<MachineReader, 'read'>
  readonly storage: () => Promise<{ freeBytes: number; reserveBytes: number }>
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
}

/** Looks at the mesh once a second: what is known of each node, which alerts that gives, and what happened. */
export class MeshWatch {
  readonly timeline = new Timeline()
  readonly #deps: MeshWatchDependencies
  readonly #book = new AlertBook()
  readonly #rises = new Rises()
  readonly #links = new LinkMemory()
  readonly #boots = new Map<string, number>()
  /** When each node was first known. */
  readonly #known = new Map<string, number>()
  readonly #startedMs: number
  #timer: NodeJS.Timeout | undefined
  #ticks = 0
  #told = ''
  #facts: MeshFacts = { upMs: 0, nodes: [], works: [], lostLinks: [] }

  constructor(deps: MeshWatchDependencies) {
    this.#deps = deps
    this.#startedMs = deps.steadyNowMs()
  }

  start(): void {
    const { mesh, own, events } = this.#deps
    mesh.sayHealth = (neighbours, shown) => own.say(neighbours, shown)
    events.on('chunk:damaged', this.#onDamaged)
    this.timeline.add({ atMs: this.#deps.steadyNowMs(), kind: 'started', node: this.#deps.self.id })
    this.#lookAtMachine()
    this.#timer = setInterval(() => this.tick(), TICK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#deps.events.off('chunk:damaged', this.#onDamaged)
    this.#deps.mesh.sayHealth = undefined
  }

  alerts(): readonly Alert[] {
    return this.#book.alerts()
  }

  /** As of now. */
  facts(): MeshFacts {
    this.#facts = this.#gather(this.#deps.steadyNowMs())
    return this.#facts
  }

  /** Something a technician did, or tried. */
  note(event: Omit<TimelineEvent, 'id' | 'atMs'>): void {
    this.timeline.add({ ...event, atMs: this.#deps.steadyNowMs() })
    this.#deps.events.emit('alerts')
  }

  tick(): void {
    const nowMs = this.#deps.steadyNowMs()
    this.#ticks += 1
    if (this.#ticks % MACHINE_TICKS === 0) this.#lookAtMachine()
    const changed = this.#deps.own.step(nowMs)
    const facts = this.#gather(nowMs)
    const own = facts.nodes[0]?.health
    const told = own === undefined ? '' : worthTelling(own)
    if (changed || told !== this.#told) this.#deps.events.emit('own-health')
    this.#told = told
    const before = this.timeline.lastId
    this.#noteNodes(facts, nowMs)
    const { raised, cleared } = this.#book.step(conditionsOf(facts, this.#book), nowMs)
    for (const [kind, alerts] of [
      ['alert-raised', raised],
      ['alert-cleared', cleared],
    ] as const) {
      for (const { kind: what, node } of alerts) this.timeline.add({ atMs: nowMs, kind, what, node })
    }
    if (this.timeline.lastId !== before) this.#deps.events.emit('alerts')
  }

  readonly #onDamaged = (cid: string): void => {
    this.#deps.own.onDamaged(cid)
    this.#deps.events.emit('own-health')
  }

  #lookAtMachine(): void {
    const { machine, storage, own, events, logger } = this.#deps
    Promise.all([machine.read(), storage()]).then(
      ([facts, disk]) => {
        const wasFull = own.storage.freeBytes <= own.storage.reserveBytes
        own.machine = facts
        own.storage = disk
        if (wasFull !== disk.freeBytes <= disk.reserveBytes) events.emit('own-health')
      },
      (err: unknown) => logger.warn({ err }, 'the machine could not be looked at'),
    )
  }

  #noteNodes({ nodes }: MeshFacts, nowMs: number): void {
    for (const { id, isSelf, health } of nodes) {
      if (isSelf || health === undefined) continue
      const before = this.#boots.get(id)
      const bootMs = nowMs - health.up * 1000
      if (before === undefined) this.timeline.add({ atMs: nowMs, kind: 'node-appeared', node: id })
      // A status may lie a while: only a start that is clearly later is another one.
      else if (bootMs > before + 60_000 && health.up < 60)
        this.timeline.add({ atMs: nowMs, kind: 'node-restarted', node: id })
      else continue
      this.#boots.set(id, bootMs)
    }
  }

  #gather(nowMs: number): MeshFacts {
    const { catalogue, mesh, self } = this.#deps
    const shown = catalogue.shown().map(({ shown: { body } }) => body.root.toString())
    const sorted = shown.toSorted()
    const members = [...catalogue.grants()]
      .map(({ body }) => body.node)
      .filter((id) => catalogue.isMember(id))
    const others = new Set<string>([...members, ...mesh.peers.keys()])
    others.delete(self.id)
    const nodes = [
      this.#self(sorted, nowMs),
      ...[...others].toSorted().map((id) => this.#other(id, sorted, nowMs)),
    ]
    const withdrawn = catalogue
      .artworks()
      .filter(({ standing }) => standing === 'withdrawn')
      .map(({ versions }) => versions[0]?.body.root.toString())
      .filter((root) => root !== undefined)
      .slice(0, 100)
    return {
      upMs: nowMs - this.#startedMs,
      nodes,
      works: [
        ...shown.map((root) => ({ root, isWithdrawn: false })),
        ...withdrawn.map((root) => ({ root, isWithdrawn: true })),
      ],
      lostLinks: this.#links.step(linksOf(nodes), nowMs),
    }
  }

  #self(sorted: readonly string[], nowMs: number): NodeFacts {
    const { self, version, mesh, own, holdings, catalogue } = this.#deps
    const { name = self.name, place } = mesh.ownName ?? catalogue.grant(self.id)?.body ?? {}
    const neighbours = [...mesh.peers.values()].filter(({ neighbour }) => neighbour).map(({ id }) => id)
    const health = own.say(neighbours, sorted)
    const held = new Map(
      sorted.map((root) => {
        const progress = holdings.progress(root)
        if (progress?.complete === true) return [root, 1] as const
        return [
          root,
          progress === undefined || progress.total === 0 ? 0 : progress.have / progress.total,
        ] as const
      }),
    )
    const complete = [...held.values()].filter((share) => share >= 1).length
    return {
      ...self,
      name,
      ...(place === undefined ? {} : { place }),
      isSelf: true,
      isGranted: true,
      isNeighbour: false,
      silentMs: 0,
      version,
      health,
      neighbours,
      hasSameRecords: true,
      works: { complete, total: sorted.length },
      held,
      showsTheSame: true,
      ...lacksOf(health, sorted),
      roseMsAgo: this.#rose(self.id, health, nowMs),
    }
  }

  #other(id: string, sorted: readonly string[], nowMs: number): NodeFacts {
    const { catalogue, mesh } = this.#deps
    const peer: PeerState | undefined = mesh.peers.get(id)
    const grant = catalogue.grant(id as Did)?.body
    const health = peer?.health
    const named = health?.named
    const place = named?.place ?? grant?.place ?? peer?.place
    const hasSame =
      peer?.records === undefined || mesh.ownRecords === '' ? undefined : peer.records === mesh.ownRecords
    return {
      id,
      name: named?.name ?? grant?.name ?? peer?.name ?? '',
      ...(place === undefined ? {} : { place }),
      isSelf: false,
      isGranted: catalogue.isMember(id as Did),
      isNeighbour: peer?.neighbour === true,
      silentMs: peer === undefined ? null : Math.max(0, nowMs - peer.lastHeardMs),
      knownMs: this.#knownMs(id, nowMs),
      ...(peer?.version === undefined ? {} : { version: peer.version }),
      ...(health === undefined ? {} : { health }),
      neighbours: peer?.neighbours ?? [],
      ...(hasSame === undefined ? {} : { hasSameRecords: hasSame }),
      ...(peer?.works === undefined ? {} : { works: peer.works }),
      held: peer?.held ?? new Map(),
      showsTheSame: peer?.showsTheSame === true,
      ...lacksOf(peer?.showsTheSame === true ? health : undefined, sorted),
      roseMsAgo: this.#rose(id, health, nowMs),
    }
  }

  #knownMs(id: string, nowMs: number): number {
    let sinceMs = this.#known.get(id)
    if (sinceMs === undefined) {
      sinceMs = nowMs
      this.#known.set(id, sinceMs)
      const [oldest] = this.#known.keys()
      if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest)
    }
    return nowMs - sinceMs
  }

  #rose(id: string, health: StatusHealth | undefined, nowMs: number): NodeFacts['roseMsAgo'] {
    const ago = (index: 0 | 1 | 2 | 3): number =>
      health === undefined
        ? Number.POSITIVE_INFINITY
        : this.#rises.sample(`${index} ${id}`, health.counts[index], nowMs)
    return [ago(0), ago(1), ago(2), ago(3)]
  }
}

function lacksOf(
  health: StatusHealth | undefined,
  sorted: readonly string[],
): Pick<NodeFacts, 'lacks' | 'rest'> {
  const lacks = new Map<string, Lack>()
  for (const [index, code, rate, left] of health?.lacks ?? []) {
    const root = sorted[index]
    const cause = lackCauses[code]
    if (root !== undefined && cause !== undefined) lacks.set(root, { cause, rate, left })
  }
  const rest = health?.rest === undefined ? undefined : lackCauses[health.rest]
  return rest === undefined ? { lacks } : { lacks, rest }
}

function* linksOf(nodes: readonly NodeFacts[]): Iterable<readonly [string, string]> {
  for (const { id, neighbours } of nodes)
    // Empty: a neighbour of its that is not known here.
    for (const other of neighbours) if (other !== '' && other !== id) yield [id, other]
}
