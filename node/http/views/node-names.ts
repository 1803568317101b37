import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import type { LanguageMap } from '../../../artworks/format/records.ts'
import type { MeshState } from '../../store/mesh-state.ts'

interface Self {
  readonly id: string
  readonly name: string
  readonly place?: LanguageMap
}

/** What a node is called: as the steward granted it, else as it says itself. */
export class NodeNames {
  readonly #catalogue: Pick<Catalogue, 'grant'>
  readonly #mesh: Pick<MeshState, 'peers'>
  readonly #self: Self

  constructor(catalogue: Pick<Catalogue, 'grant'>, mesh: Pick<MeshState, 'peers'>, self: Self) {
    this.#catalogue = catalogue
    this.#mesh = mesh
    this.#self = self
  }

  /** `name` is empty for a node nobody has named. */
  of(id: string): { name: string; place?: LanguageMap } {
    // Only asked for: an id that is no did has no grant.
    const granted = this.#catalogue.grant(id as Did)?.body
    const said = id === this.#self.id ? this.#self : this.#mesh.peers.get(id)
    const place = granted?.place ?? said?.place
    return { name: granted?.name ?? said?.name ?? '', ...(place === undefined ? {} : { place }) }
  }
}
