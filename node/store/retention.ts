import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { afterMs } from '../lifecycle/after.ts'
import type { After } from '../lifecycle/after.ts'
import { atMostEvery } from '../lifecycle/at-most-every.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { planRetention } from '../replication/retention.ts'
import type { RetentionWork } from '../replication/retention.ts'
import type { ExhibitionContent } from './exhibition-content.ts'
import type { Holdings } from './holdings.ts'
import type { MeshState, PeerState } from './mesh-state.ts'

/** How much of the exhibition a node keeps: all of it, or some, with so many copies of each work in the mesh. */
export type RetentionPolicy =
  | { readonly kind: 'full' }
  | { readonly kind: 'quota'; readonly quotaBytes: number; readonly copies: number }

export const retentionLimits = Object.freeze({
  /** What is kept is thought over at most so often, and at least once in each interval. */
  planMs: 2_000,
  intervalMs: 60_000,
  /** What a node said it holds counts for so long after it was last heard. */
  heardMs: 45_000,
  /** A granted node that is silent for longer is not counted on to keep works; it may be switched off for the night. */
  presentMs: 15 * 60_000,
})

export interface RetentionParts {
  readonly policy: Extract<RetentionPolicy, { kind: 'quota' }>
  readonly self: Did
  readonly catalogue: Catalogue
  readonly content: Pick<ExhibitionContent, 'shown' | 'keepOnly'>
  readonly holdings: Holdings
  readonly state: MeshState
  readonly events: NodeEventBus
  readonly storage: () => Promise<{ freeBytes: number; reserveBytes: number }>
  readonly steadyNowMs: () => number
  readonly logger: Logger
  readonly after?: After
}

/** Keeps what is stored within the quota: thinks it over whenever works, or what others hold of them, change. */
export class Retention {
  readonly #parts: RetentionParts
  readonly #startedMs: number
  readonly #soon: { ask: () => void; cancel: () => void }
  readonly #after: After
  #stopInterval = (): void => {}
  #planning: Promise<void> = Promise.resolve()

  constructor(parts: RetentionParts) {
    this.#parts = parts
    this.#startedMs = parts.steadyNowMs()
    this.#after = parts.after ?? afterMs
    this.#soon = atMostEvery(retentionLimits.planMs, () => this.#planLater(), this.#after)
  }

  async start(): Promise<void> {
    const { events } = this.#parts
    for (const event of ['catalogue', 'progress', 'mesh'] as const) events.on(event, this.#soon.ask)
    this.#everyInterval()
    await this.plan()
  }

  async stop(): Promise<void> {
    const { events } = this.#parts
    for (const event of ['catalogue', 'progress', 'mesh'] as const) events.off(event, this.#soon.ask)
    this.#soon.cancel()
    this.#stopInterval()
    await this.#planning
  }

  /** Thinks it over now. */
  async plan(): Promise<void> {
    const { policy, self, catalogue, content, state, storage } = this.#parts
    const { freeBytes, reserveBytes } = await storage()
    const works = [...content.shown()].map(([root, { size }]) => this.#work(root, size))
    const heldBytes = works.reduce((sum, { size, share }) => sum + size * share, 0)
    const { keep, letGo, crowdedOut } = planRetention({
      self,
      nodes: [...catalogue.grants()].map(({ body }) => body.node).filter((node) => this.#isPresent(node)),
      copies: policy.copies,
      roomBytes: Math.min(policy.quotaBytes, heldBytes + Math.max(0, freeBytes - reserveBytes)),
      works,
    })
    state.elsewhere = new Set(works.map(({ root }) => root).filter((root) => !keep.has(root)))
    state.crowdedOut = crowdedOut.length
    await content.keepOnly(keep, letGo)
  }

  #everyInterval(): void {
    this.#stopInterval = this.#after(retentionLimits.intervalMs, () => {
      this.#planLater()
      this.#everyInterval()
    })
  }

  #planLater(): void {
    // One that fails is made again when something changes, or after the interval.
    this.#planning = this.#planning
      .then(() => this.plan())
      .catch((err: unknown) =>
        this.#parts.logger.error({ err }, 'what to keep could not be planned; tried again later'),
      )
  }

  #work(root: string, size: number): RetentionWork {
    const { holdings, state } = this.#parts
    const progress = holdings.progress(root)
    const share =
      progress === undefined ? 0 : progress.complete ? 1 : 0.999 * (progress.have / progress.total)
    const holders = [...state.peers.values()].filter((peer) => this.#holds(peer, root)).map(({ id }) => id)
    return { root, size, share, holders }
  }

  #holds(peer: PeerState, root: string): boolean {
    const { catalogue, steadyNowMs } = this.#parts
    const isHeard = peer.neighbour || steadyNowMs() - peer.lastHeardMs <= retentionLimits.heardMs
    return isHeard && peer.held.get(root) === 1 && catalogue.isMember(peer.id as Did)
  }

  #isPresent(node: Did): boolean {
    const { self, catalogue, state, steadyNowMs } = this.#parts
    if (node === self) return true
    if (!catalogue.isMember(node)) return false
    const peer = state.peers.get(node)
    // One that was never heard has as long as this node has been listening.
    const heardMs = peer?.neighbour === true ? steadyNowMs() : (peer?.lastHeardMs ?? this.#startedMs)
    return steadyNowMs() - heardMs <= retentionLimits.presentMs
  }
}
