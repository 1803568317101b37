import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import { HttpProblem } from '../problems.ts'
import type { ProblemCode } from '../problems.ts'

type RootStanding = 'shown' | Extract<ProblemCode, 'superseded' | 'removed' | 'withdrawn'>

/** The less of it, the more it counts: what one work shows is shown, whatever another says of the same files. */
const order: readonly RootStanding[] = ['shown', 'superseded', 'removed', 'withdrawn']

const details: Readonly<Record<Exclude<RootStanding, 'shown'>, string>> = {
  superseded: 'fetch the exhibition again to find the version that is shown',
  removed: 'the reasons are in the records of the exhibition',
  withdrawn: 'a withdrawal is for good',
}

/** Which content may be given out: that of works shown, and no other, whatever lies on the disk. */
export class ShownRoots {
  readonly #catalogue: Catalogue
  #view: readonly CatalogueArtwork[] | null = null
  #standings: ReadonlyMap<string, RootStanding> = new Map()

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  has(root: string): boolean {
    return this.#current().get(root) === 'shown'
  }

  /** @throws {HttpProblem} `not-shown`, `superseded`, `removed`, `withdrawn` */
  require(root: string): void {
    const standing = this.#current().get(root)
    if (standing === undefined) throw new HttpProblem('not-shown')
    if (standing !== 'shown') throw new HttpProblem(standing, details[standing])
  }

  #current(): ReadonlyMap<string, RootStanding> {
    // The catalogue makes a new view when a record changed it, and only then.
    const view = this.#catalogue.artworks()
    if (view !== this.#view) {
      this.#view = view
      this.#standings = standingsOf(view)
    }
    return this.#standings
  }
}

function standingsOf(artworks: readonly CatalogueArtwork[]): Map<string, RootStanding> {
  const standings = new Map<string, RootStanding>()
  const say = (root: string, standing: RootStanding): void => {
    const known = standings.get(root)
    if (known === undefined || order.indexOf(standing) < order.indexOf(known)) standings.set(root, standing)
  }
  for (const { standing, shown, versions } of artworks) {
    const shownAt = shown === null ? versions.length : versions.indexOf(shown)
    for (const [at, version] of versions.entries()) {
      const root = version.body.root.toString()
      if (standing === 'removed' || standing === 'withdrawn') say(root, standing)
      else if (at === shownAt) say(root, 'shown')
      // Versions listed after the one shown are older; one listed before it waits for the curators.
      else if (at > shownAt) say(root, 'superseded')
    }
  }
  return standings
}
