import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import type { LanguageMap } from '../../../artworks/format/records.ts'
import type { MeshState } from '../../store/mesh-state.ts'

interface Self {
  readonly id: string
  readonly name: string
  readonly place?: LanguageMap
}

/** What a node is called: as a technician named it, else as the steward granted it, else as it says itself. */
export class NodeNames {
  readonly #catalogue: Pick<Catalogue, 'grant'>
  readonly #mesh: Pick<MeshState, 'peers' | 'ownName'>
  readonly #self: Self

  constructor(catalogue: Pick<Catalogue, 'grant'>, mesh: Pick<MeshState, 'peers' | 'ownName'>, self: Self) {
    this.#catalogue = catalogue
    this.#mesh = mesh
    this.#self = self
  }

  /** `name` is empty for a node nobody has named. */
  of(id: string): { name: string; place?: LanguageMap } {
    // Only asked for: an id that is no did has no grant.
    const granted = this.#catalogue.grant(id as Did)?.body
    const said = id === this.#self.id ? this.#self : this.#mesh.peers.get(id)
    const named = id === this.#self.id ? this.#mesh.ownName : this.#mesh.peers.get(id)?.health?.named
    const place = named?.place ?? granted?.place ?? said?.place
    return {
      name: named?.name ?? granted?.name ?? said?.name ?? '',
      ...(place === undefined ? {} : { place }),
    }
  }
}
