import { CID } from 'multiformats/cid'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sameBytes } from '../../artworks/format/envelope.ts'
import { digestOfLetGo } from '../../artworks/format/let-go.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import { worksLetGo } from '../store/let-go.ts'
import type { MeshState, PeerState } from '../store/mesh-state.ts'

export interface ReceiptsDependencies {
  readonly catalogue: Catalogue
  readonly content: Pick<ExhibitionContent, 'isReadable'>
  readonly chunks: Pick<ChunkStore, 'has'>
  readonly state: MeshState
  readonly steadyNowMs: () => number
}

/**
 * Who has let go of which withdrawn works. A status says so by a digest alone, which can be told once the same works have been
 * let go of here: until then what a node last said is kept, since it may not say it again for minutes.
 */
export class Receipts {
  readonly #deps: ReceiptsDependencies

  constructor(deps: ReceiptsDependencies) {
    this.#deps = deps
  }

  /** Withdrawn works of which nothing is here any more: what this node's own status says. */
  works(): string[] {
    const { catalogue, content, chunks } = this.#deps
    return worksLetGo(
      catalogue,
      (root) => chunks.has(CID.parse(root)),
      (root) => content.isReadable(root),
    )
  }

  /** @param sealed status that says so */
  hear(did: Did, digest: Uint8Array | undefined, sealed: Uint8Array): void {
    const peer = this.#deps.state.peer(did, this.#deps.steadyNowMs())
    if (digest === undefined) delete peer.saidLetGo
    else {
      peer.saidLetGo = { digest, status: sealed.slice() }
      this.#tell([peer])
    }
  }

  /** What is let go of here has changed: what others said of it before may now be told. */
  changed(): void {
    this.#tell(this.#deps.state.peers.values())
  }

  #tell(peers: Iterable<PeerState>): void {
    const works = this.works()
    if (works.length === 0) return
    const digest = digestOfLetGo(works)
    // One list for all who say the same: there may be many nodes, and many withdrawals.
    const own = this.#deps.state.ownLetGo?.works ?? works
    const list = own.length === works.length && own.every((work, i) => work === works[i]) ? own : works
    for (const peer of peers) {
      const said = peer.saidLetGo
      if (said !== undefined && sameBytes(said.digest, digest))
        peer.letGo = { works: list, status: said.status }
    }
  }
}
