import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { waysToHolders } from '../replication/ways-to-holders.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { wireLimits } from '../wire/limits.ts'

/** The ways through the mesh are found anew after this time. */
const WAYS_KEPT_MS = 1_000

export interface MeshWaysDependencies {
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly membership: { members(): Iterable<{ readonly did: Did; readonly peer: { toString(): string } }> }
  readonly state: MeshState
  readonly self: { readonly did: Did }
  readonly steadyNowMs: () => number
}

interface Way {
  readonly did: Did
  readonly peer: string
}

/** The ways to works that this node does not hold, by what the nodes of the mesh say of themselves. */
export class MeshWays {
  readonly #deps: MeshWaysDependencies
  readonly #known = new Map<string, { readonly via: readonly Way[]; readonly untilMs: number }>()

  constructor(deps: MeshWaysDependencies) {
    this.#deps = deps
  }

  /**
   * Peer ids of neighbours on the shortest ways to nodes that hold the work, nearest first.
   * @param without these are not on any way
   */
  to(root: string, without: readonly Did[] = []): readonly string[] {
    return this.#to(root).flatMap(({ did, peer }) => (without.includes(did) ? [] : [peer]))
  }

  #to(root: string): readonly Way[] {
    const { membership, state, self, steadyNowMs } = this.#deps
    const nowMs = steadyNowMs()
    const known = this.#known.get(root)
    if (known !== undefined && known.untilMs > nowMs) return known.via
    const members = [...membership.members()]
    const own: ReadonlyMap<string, Way> = new Map(
      members.map(({ did, peer }) => [did, { did, peer: peer.toString() }]),
    )
    const ways = waysToHolders(
      self.did,
      [...own.keys()],
      state.peers.values(),
      this.#holders(root),
      wireLimits.seekHops,
    )
    const via = ways.flatMap((did) => own.get(did) ?? [])
    for (const [other, { untilMs }] of this.#known) if (untilMs <= nowMs) this.#known.delete(other)
    this.#known.set(root, { via, untilMs: nowMs + WAYS_KEPT_MS })
    return via
  }

  /** Nodes that say they hold it whole; else some of it; else those where its manifest came in, with its files. */
  #holders(root: string): string[] {
    const { state, catalogue, keeper } = this.#deps
    const saying = (least: number): string[] =>
      [...state.peers.values()].flatMap(({ id, held }) => ((held.get(root) ?? 0) >= least ? [id] : []))
    for (const least of [1, Number.MIN_VALUE]) {
      const holders = saying(least)
      if (holders.length > 0) return holders
    }
    return catalogue
      .artworks()
      .flatMap(({ versions }) => versions)
      .filter(({ body }) => body.root.toString() === root)
      .flatMap(({ cid }) => keeper.store.get(cid)?.intakeNode ?? [])
  }
}
