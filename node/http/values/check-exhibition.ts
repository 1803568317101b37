import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import { openRecord } from '../../../artworks/format/envelope.ts'
import type { ChunkStore } from '../../store/chunk-store.ts'
import type { Holdings } from '../../store/holdings.ts'
import type { RecordStore } from '../../store/record-store.ts'
import type { ValueCheck } from '../contracts/values.ts'
import { finding } from './finding.ts'

/** Works whose signatures are checked at a time: on a small node each takes some milliseconds. The next time others have their turn. */
const WORKS_AT_ONCE = 60

export interface ExhibitionSources {
  readonly catalogue: Catalogue
  readonly records: RecordStore
  readonly chunks: ChunkStore
  readonly holdings: Holdings
}

/** What this node shows against the records under it. */
export class ExhibitionCheck {
  readonly #sources: ExhibitionSources
  #turn = 0

  constructor(sources: ExhibitionSources) {
    this.#sources = sources
  }

  /** Each work that is shown is one that its artist signed, and its files are not others than it says. */
  async signatures(): Promise<ValueCheck> {
    const { catalogue, records, holdings } = this.#sources
    const shown = catalogue.shown()
    const turn = Array.from(
      { length: Math.min(WORKS_AT_ONCE, shown.length) },
      (_, i) => shown[(this.#turn + i) % shown.length],
    )
    this.#turn += turn.length
    const found: string[] = []
    for (const work of turn) {
      if (work === undefined) continue
      const { artist, slug, shown: manifest } = work
      const stored = records.get(manifest.cid)
      try {
        if (stored === undefined) throw new Error('its manifest is not kept')
        const opened = await openRecord(stored.record.bytes)
        if (opened.signer !== artist || opened.cid !== manifest.cid)
          throw new Error('signed by somebody else')
        const refusal = holdings.refusal(manifest.body.root.toString())
        if (refusal !== undefined) throw new Error(refusal)
      } catch (error) {
        found.push(`${artist}/${slug}: ${error instanceof Error ? error.message : 'not signed'}`)
      }
    }
    return finding('signatures', turn.length, found, shown.length)
  }

  /** What is shown or gone by a decision has that decision among the records that everybody can read. */
  decisions(): ValueCheck {
    const { catalogue, records } = this.#sources
    const quorum = catalogue.exhibition?.body.quorum ?? 0
    const found: string[] = []
    let looked = 0
    for (const work of catalogue.artworks()) {
      const needed = neededDecisions(work, quorum)
      if (needed === null) continue
      const said = catalogue
        .decisionsOn(work.artist, work.slug)
        .filter(({ kind, counts, record }) => kind === needed.kind && counts && records.has(record))
      looked += said.length
      if (new Set(said.map(({ curator }) => curator)).size < needed.count)
        found.push(`${work.artist}/${work.slug} is ${work.standing} without the decisions that say so`)
    }
    return finding('decisions', looked, found)
  }

  /** Of what its artist withdrew, nothing is kept. */
  withdrawn(): ValueCheck {
    const { catalogue, chunks } = this.#sources
    const works = catalogue.artworks()
    const standing = works.filter((work) => work.standing === 'shown' || work.standing === 'submitted')
    const wanted = new Set(
      standing.flatMap(({ versions }) => versions.map(({ body }) => body.root.toString())),
    )
    const gone = works.filter((work) => work.standing === 'withdrawn')
    const found = gone.flatMap(({ artist, slug, versions }) =>
      versions.some(({ body }) => !wanted.has(body.root.toString()) && chunks.has(body.root))
        ? [`${artist}/${slug} was withdrawn and is still kept here`]
        : [],
    )
    return finding('withdrawn', gone.length, found)
  }
}

function neededDecisions(
  { standing }: CatalogueArtwork,
  quorum: number,
): { kind: 'admission' | 'removal'; count: number } | null {
  if (standing === 'shown') return { kind: 'admission', count: quorum }
  return standing === 'removed' ? { kind: 'removal', count: Math.max(1, quorum) } : null
}
