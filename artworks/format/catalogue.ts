import { compareText } from './compare-text.ts'
import { Decisions } from './decisions.ts'
import type { CuratorDecision, DecisionRules } from './decisions.ts'
import type { Did } from './did-key.ts'
import { isKind } from './records.ts'
import type {
  Admission,
  Decline,
  ExhibitionRecord,
  LanguageMap,
  Manifest,
  NodeGrant,
  OpenedRecord,
  RecordOf,
} from './records.ts'

/** Where an artwork stands. `submitted`: signed, and not (yet) admitted by enough curators. */
export type ArtworkStanding = 'shown' | 'submitted' | 'removed' | 'withdrawn'

export interface CatalogueArtwork {
  readonly artist: Did
  readonly slug: string
  readonly standing: ArtworkStanding
  /** The version shown; null unless `standing` is `shown`. */
  readonly shown: OpenedRecord<Manifest> | null
  /** Every version known, newest first: by sequence, ties by CID. */
  readonly versions: readonly OpenedRecord<Manifest>[]
  /** Curators whose admission of the shown version counts. */
  readonly admittedBy: readonly Did[]
  /** Reasons given with the removals or the withdrawal that decided. */
  readonly reasons: readonly LanguageMap[]
}

/**
 * What a set of records says the exhibition shows now. Adding is commutative, associative and idempotent: the catalogue
 * depends on the set, never on the order of arrival, and on no clock (design, decision 3).
 *
 * - The exhibition is the steward's record of the highest sequence, ties by the greater CID.
 * - A version is eligible when `quorum` current curators admitted it, or its artist; with quorum 0, always.
 * - What a former curator signed is void, but for the records that the exhibition record upholds by their CIDs.
 * - The eligible version of the highest sequence is shown, ties by the greater CID.
 * - An artist's withdrawal beats every version of the work, whatever its sequence (decision 4).
 * - A node is called as its grant of the highest sequence says, ties by the greater CID; any grant makes it a member.
 * - A removal takes the quorum of current curators, at least one. Where there are no curators, the steward acts as one.
 */
export class Catalogue {
  readonly id: Did
  readonly #seen = new Set<string>()
  #exhibition: OpenedRecord<ExhibitionRecord> | null = null
  /** The newest grant of a node: a grant says a name and a place, and that it is a member. */
  readonly #grants = new Map<Did, OpenedRecord<NodeGrant>>()
  readonly #works = new Map<string, WorkRecords>()
  /** By the CID of a manifest. */
  readonly #ofVersion = new Map<string, WorkRecords>()
  readonly #decisions = new Decisions()
  /** What each curator was last called, former ones too: by the newest exhibition record that names them. */
  readonly #curatorNames = new Map<
    Did,
    { readonly name: string; readonly by: OpenedRecord<ExhibitionRecord> }
  >()
  /** In the order of artist and slug; null when a work was added. */
  #order: readonly WorkRecords[] | null = null
  #rules: DecisionRules | null = null
  #view: readonly CatalogueArtwork[] | null = null

  constructor(id: Did) {
    this.id = id
  }

  /** @returns whether the record was new to it. A record of another exhibition, or one it does not know, changes nothing. */
  add(record: OpenedRecord): boolean {
    if (record.exhibition !== this.id || record.body === null || this.#seen.has(record.cid)) return false
    this.#seen.add(record.cid)
    this.#view = null
    if (isKind(record, 'exhibition')) {
      this.#nameCurators(record)
      if (this.#exhibition === null || isNewer(record, this.#exhibition)) this.#exhibition = record
      this.#rules = null
      for (const work of this.#works.values()) work.judged = null
    } else if (isKind(record, 'node-grant')) {
      const known = this.#grants.get(record.body.node)
      if (known === undefined || isNewer(record, known)) this.#grants.set(record.body.node, record)
    } else if (isKind(record, 'artwork')) {
      const work = this.#judgedAnew(record.signer, record.body.slug)
      work.versions.push(record)
      this.#ofVersion.set(record.cid, work)
    } else if (isKind(record, 'withdrawal')) {
      this.#judgedAnew(record.signer, record.body.slug).withdrawals.push(record)
    } else if (isKind(record, 'removal')) {
      this.#judgedAnew(record.body.artist, record.body.slug)
      this.#decisions.add(record)
    } else if (isKind(record, 'admission') || isKind(record, 'decline')) {
      this.#decisions.add(record)
      this.#judgeWhatIsAdmitted(record)
    }
    return true
  }

  get exhibition(): OpenedRecord<ExhibitionRecord> | null {
    return this.#exhibition
  }

  grant(node: Did): OpenedRecord<NodeGrant> | undefined {
    return this.#grants.get(node)
  }

  grants(): Iterable<OpenedRecord<NodeGrant>> {
    return this.#grants.values()
  }

  /** Whether the node is a member now: granted, and not revoked by the current exhibition record. */
  isMember(node: Did): boolean {
    return this.#grants.has(node) && !(this.#exhibition?.body.revokedNodes?.includes(node) ?? false)
  }

  /** Every artwork there is a record of, in the order of artist and slug. */
  artworks(): readonly CatalogueArtwork[] {
    this.#order ??= [...this.#works.values()].sort(
      (a, b) => compareText(a.artist, b.artist) || compareText(a.slug, b.slug),
    )
    this.#view ??= this.#order.map((work) => this.#judged(work))
    return this.#view
  }

  artwork(artist: string, slug: string): CatalogueArtwork | undefined {
    const work = this.#works.get(workKey(artist, slug))
    return work && this.#judged(work)
  }

  /** What curators said of a work and its versions, those that do not count among them; in the order of their CIDs. */
  decisionsOn(artist: Did, slug: string): CuratorDecision[] {
    const versions = this.#works.get(workKey(artist, slug))?.versions ?? []
    return this.#decisions.on(
      artist,
      slug,
      versions.map(({ cid }) => cid),
      this.#ruled(),
    )
  }

  /** Whether a decision of this signer counts: a curator's now, or one that the exhibition record upholds by its CID. */
  counts(decision: { readonly cid: string; readonly signer: Did }): boolean {
    const { curators, upheld } = this.#ruled()
    return curators.has(decision.signer) || upheld.has(decision.cid)
  }

  /** Whose admission of this version counts, or of everything of its artist. */
  admittedBy(version: Pick<OpenedRecord<Manifest>, 'cid' | 'signer'>): Did[] {
    return this.#decisions.admittersOf(version.cid, version.signer, this.#ruled())
  }

  shown(): (CatalogueArtwork & { readonly shown: OpenedRecord<Manifest> })[] {
    return this.artworks().filter((work) => work.shown !== null) as (CatalogueArtwork & {
      readonly shown: OpenedRecord<Manifest>
    })[]
  }

  /** The name of a curator, or of one who was; undefined for anybody else. */
  curatorName(did: Did): string | undefined {
    return this.#curatorNames.get(did)?.name
  }

  #nameCurators(by: OpenedRecord<ExhibitionRecord>): void {
    for (const { did, name } of by.body.curators) {
      const known = this.#curatorNames.get(did)
      if (known === undefined || isNewer(by, known.by)) this.#curatorNames.set(did, { name, by })
    }
  }

  /** The records of a work, of which something new is known. */
  #judgedAnew(artist: Did, slug: string): WorkRecords {
    const key = workKey(artist, slug)
    let work = this.#works.get(key)
    if (work === undefined) {
      work = { artist, slug, versions: [], withdrawals: [], judged: null }
      this.#works.set(key, work)
      this.#order = null
    }
    work.judged = null
    return work
  }

  #judgeWhatIsAdmitted({ body }: OpenedRecord<Admission | Decline>): void {
    const target = body.kind === 'admission' ? body.target : body
    if ('artist' in target) {
      for (const work of this.#works.values()) if (work.artist === target.artist) work.judged = null
      return
    }
    // Of a version that is not known yet the work is judged when it comes.
    const work = this.#ofVersion.get(target.manifest.toString())
    if (work !== undefined) work.judged = null
  }

  #ruled(): DecisionRules {
    const body = this.#exhibition?.body
    const named = body?.curators ?? []
    this.#rules ??= {
      curators: new Set(named.length > 0 ? named.map(({ did }) => did) : [this.id]),
      upheld: new Set((body?.upheld ?? []).map(String)),
    }
    return this.#rules
  }

  #judged(work: WorkRecords): CatalogueArtwork {
    work.judged ??= this.#judge(work, this.#ruled())
    return work.judged
  }

  #judge(work: WorkRecords, rules: DecisionRules): CatalogueArtwork {
    const { artist, slug } = work
    const versions = work.versions.toSorted((a, b) => (isNewer(a, b) ? -1 : 1))
    const base = { artist, slug, versions, shown: null, admittedBy: [] }
    if (work.withdrawals.length > 0) {
      return { ...base, standing: 'withdrawn', reasons: reasonsOf(work.withdrawals) }
    }
    const quorum = this.#exhibition?.body.quorum ?? Number.POSITIVE_INFINITY
    const removals = this.#decisions.removalsOf(artist, slug, rules)
    if (new Set(removals.map(({ signer }) => signer)).size >= Math.max(1, quorum)) {
      return { ...base, standing: 'removed', reasons: reasonsOf(removals) }
    }
    for (const version of versions) {
      const admittedBy = this.#decisions.admittersOf(version.cid, artist, rules)
      if (admittedBy.length >= quorum)
        return { ...base, standing: 'shown', shown: version, admittedBy, reasons: [] }
    }
    return { ...base, standing: 'submitted', reasons: [] }
  }
}

interface WorkRecords {
  readonly artist: Did
  readonly slug: string
  readonly versions: OpenedRecord<Manifest>[]
  readonly withdrawals: OpenedRecord<RecordOf<'withdrawal'>>[]
  /** What the records say of it; null when one came since. */
  judged: CatalogueArtwork | null
}

function workKey(artist: string, slug: string): string {
  return `${artist}/${slug}`
}

type Sequenced = OpenedRecord<ExhibitionRecord | Manifest | NodeGrant>

function isNewer(a: Sequenced, b: Sequenced): boolean {
  const [first = 0, second = 0] = [a.body.sequence, b.body.sequence]
  return first !== second ? first > second : a.cid > b.cid
}

function reasonsOf(records: readonly OpenedRecord<RecordOf<'withdrawal' | 'removal'>>[]): LanguageMap[] {
  return records
    .toSorted((a, b) => compareText(a.cid, b.cid))
    .flatMap(({ body }) => (body.reason === undefined ? [] : [body.reason]))
}
