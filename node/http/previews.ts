import { randomBytes } from 'node:crypto'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { LookRequest } from '../../artworks/format/look.ts'
import type { Manifest, OpenedRecord } from '../../artworks/format/records.ts'
import { BoundedMap } from './bounded-map.ts'
import { HttpProblem } from './problems.ts'
import { waitingVersions } from './views/submission-view.ts'

const previewLimits = Object.freeze({
  /** Looks kept at once; the one unused for longest goes first. */
  looks: 64,
  /** A look nobody uses for this long is over. */
  idleMs: 60 * 60_000,
  tokenBytes: 24,
})

interface Look {
  readonly curator: Did
  readonly artist: Did
  readonly slug: string
  readonly manifest: string
  readonly root: string
  touchedMs: number
}

/**
 * Who may see what waits: the curators, each with a look they signed. Kept in memory alone, and asked of the catalogue anew each
 * time: a curator who is removed, or a work that is withdrawn, is so at once.
 */
export class Previews {
  /** Another one each time the node starts, so that an old look is worth nothing. */
  readonly word = randomBytes(16).toString('base64url')
  readonly #looks = new BoundedMap<string, Look>(previewLimits.looks)
  readonly #catalogue: Catalogue
  readonly #self: string
  readonly #steadyNowMs: () => number

  constructor(parts: { catalogue: Catalogue; self: string; steadyNowMs: () => number }) {
    this.#catalogue = parts.catalogue
    this.#self = parts.self
    this.#steadyNowMs = parts.steadyNowMs
  }

  /** @throws {HttpProblem} `not-allowed`, `wrong-exhibition`, `not-found` */
  open(asked: LookRequest & { readonly curator: Did }): { token: string; version: OpenedRecord<Manifest> } {
    if (asked.exhibition !== this.#catalogue.id) throw new HttpProblem('wrong-exhibition')
    if (asked.node !== this.#self || asked.word !== this.word)
      throw new HttpProblem(
        'not-allowed',
        'this look was signed for another node, or before it was restarted',
      )
    if (!this.#isCurator(asked.curator))
      throw new HttpProblem('not-allowed', `${asked.curator} is no curator of this exhibition`)
    const version = this.#waiting(asked.manifest)
    if (version === undefined) throw new HttpProblem('not-found', 'no such version waits for curators')
    const token = randomBytes(previewLimits.tokenBytes).toString('base64url')
    this.#looks.set(token, {
      curator: asked.curator,
      artist: version.signer,
      slug: version.body.slug,
      manifest: version.cid,
      root: version.body.root.toString(),
      touchedMs: this.#steadyNowMs(),
    })
    return { token, version }
  }

  /** The root that may be read with this token. @throws {HttpProblem} `not-found`, `withdrawn`, `removed` */
  root(token: string): string {
    const look = this.#looks.get(token)
    const nowMs = this.#steadyNowMs()
    if (
      look === undefined ||
      nowMs - look.touchedMs > previewLimits.idleMs ||
      !this.#isCurator(look.curator)
    ) {
      throw new HttpProblem('not-found', 'this look is over; open the work again')
    }
    const standing = this.#catalogue.artwork(look.artist, look.slug)?.standing
    if (standing === 'withdrawn' || standing === 'removed') throw new HttpProblem(standing)
    look.touchedMs = nowMs
    return look.root
  }

  #isCurator(did: Did): boolean {
    const curators = this.#catalogue.exhibition?.body.curators ?? []
    return curators.length === 0 ? did === this.#catalogue.id : curators.some((one) => one.did === did)
  }

  #waiting(manifest: string): OpenedRecord<Manifest> | undefined {
    for (const work of this.#catalogue.artworks()) {
      const found = waitingVersions(work).find(({ cid }) => cid === manifest)
      if (found !== undefined) return found
    }
    return undefined
  }
}
