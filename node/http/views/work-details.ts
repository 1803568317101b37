import type { Did } from '../../../artworks/format/did-key.ts'
import { BoundedMap } from '../bounded-map.ts'
import { listFiles } from '../content/list-files.ts'
import type { ListedFile } from '../content/list-files.ts'
import type { ArtworkDetail } from '../contract.ts'
import type { HttpDependencies } from '../dependencies.ts'
import type { HttpLimits } from '../limits.ts'
import { HttpProblem } from '../problems.ts'
import { artworkDetail } from './artwork-view.ts'
import type { ShownArtwork } from './artwork-view.ts'
import type { NodeNames } from './node-names.ts'

const LISTINGS_KEPT = 64

/** Looks works up by artist and slug, with all there is to tell of them. */
export class WorkDetails {
  readonly #deps: HttpDependencies
  readonly #limits: HttpLimits
  readonly #names: NodeNames
  readonly #listings = new BoundedMap<string, readonly ListedFile[]>(LISTINGS_KEPT)

  constructor({ deps, limits, names }: { deps: HttpDependencies; limits: HttpLimits; names: NodeNames }) {
    this.#deps = deps
    this.#limits = limits
    this.#names = names
  }

  /** @throws {HttpProblem} `not-found`, `removed`, `withdrawn` */
  async detail(artist: string, slug: string): Promise<ArtworkDetail> {
    const { catalogue, holdings, mesh, records } = this.#deps
    const work = this.#require(artist, slug)
    const files = await this.#filesOf(work.shown.body.root.toString())
    return artworkDetail(
      work,
      { holdings, mesh, names: this.#names },
      {
        files,
        intakeNode: records.get(work.shown.cid)?.intakeNode ?? null,
        curatorName: (did) => catalogue.curatorName(did as Did) ?? '',
      },
    )
  }

  #require(artist: string, slug: string): ShownArtwork {
    const work = this.#deps.catalogue.artwork(artist, slug)
    const reason = work?.reasons.map((text) => text['en'] ?? Object.values(text)[0]).join('; ')
    if (work?.standing === 'removed' || work?.standing === 'withdrawn') {
      throw new HttpProblem(work.standing, reason)
    }
    if (work === undefined || work.shown === null) throw new HttpProblem('not-found', 'no such work is shown')
    return { ...work, shown: work.shown }
  }

  async #filesOf(root: string): Promise<readonly ListedFile[]> {
    const known = this.#listings.get(root)
    if (known !== undefined) return known
    const { files, partial } = await listFiles(this.#deps.chunks, root, this.#limits)
    if (!partial) this.#listings.set(root, files)
    return files
  }
}
