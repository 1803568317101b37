import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import type { Manifest } from '../../../artworks/format/records.ts'
import type { HttpLimits } from '../limits.ts'
import { byTrackAndTitle } from './artwork-view.ts'
import type { ShownArtwork } from './artwork-view.ts'
import { foldText } from './find-works.ts'
import type { FindableWork } from './find-works.ts'

export interface ShownWork extends FindableWork {
  readonly work: ShownArtwork
}

type Limits = Pick<HttpLimits, 'searchedTextLength' | 'searchedTextKept'>

/**
 * The works shown, in the exhibition's order, ready to be searched: put together anew only when the catalogue has changed.
 * Folded texts are kept up to a bound; those beyond it are folded each time.
 */
export class ShownWorks {
  readonly #catalogue: Catalogue
  readonly #venueOf: (manifest: string) => string | null
  readonly #limits: Limits
  #of: readonly CatalogueArtwork[] | null = null
  #works: readonly ShownWork[] = []
  #texts = new Map<string, string>()
  #textLength = 0

  constructor(catalogue: Catalogue, venueOf: (manifest: string) => string | null, limits: Limits) {
    this.#catalogue = catalogue
    this.#venueOf = venueOf
    this.#limits = limits
  }

  all(): readonly ShownWork[] {
    const artworks = this.#catalogue.artworks()
    if (artworks !== this.#of) {
      this.#of = artworks
      this.#works = this.#catalogue
        .shown()
        .sort((a, b) => byTrackAndTitle(a.shown, b.shown))
        .map((work) => this.#findable(work))
      this.#forgetGone()
    }
    return this.#works
  }

  #findable(work: ShownArtwork): ShownWork {
    const { body, cid } = work.shown
    return {
      work,
      artist: work.artist,
      maker: body.maker,
      track: body.track,
      medium: body.medium,
      languages: languagesOf(body),
      venue: this.#venueOf(cid),
      text: () => this.#text(cid, body),
    }
  }

  #text(cid: string, body: Manifest): string {
    const known = this.#texts.get(cid)
    if (known !== undefined) return known
    const text = foldText(textOf(body).slice(0, this.#limits.searchedTextLength))
    if (this.#textLength + text.length <= this.#limits.searchedTextKept) {
      this.#texts.set(cid, text)
      this.#textLength += text.length
    }
    return text
  }

  #forgetGone(): void {
    const kept = new Map<string, string>()
    for (const { work } of this.#works) {
      const text = this.#texts.get(work.shown.cid)
      if (text !== undefined) kept.set(work.shown.cid, text)
    }
    this.#texts = kept
    this.#textLength = [...kept.values()].reduce((sum, text) => sum + text.length, 0)
  }
}

/** Of the work itself, not of what is said of its picture. */
function languagesOf(body: Manifest): string[] {
  const tags = [
    ...Object.keys(body.statement),
    ...Object.keys(body.transcript ?? {}),
    ...(body.captions ?? []).map(({ lang }) => lang),
  ]
  return [...new Set(tags.map((tag) => tag.split('-', 1)[0] ?? tag))]
}

function textOf(body: Manifest): string {
  return [
    ...Object.values(body.title),
    body.maker,
    ...Object.values(body.technique ?? {}),
    ...(body.credits ?? []).map(({ name }) => name),
    ...Object.values(body.statement),
    ...Object.values(body.transcript ?? {}),
  ].join('\n')
}
