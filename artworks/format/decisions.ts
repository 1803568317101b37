import { compareText } from './compare-text.ts'
import type { Did } from './did-key.ts'
import { isKind } from './records.ts'
import type { Admission, Decline, LanguageMap, OpenedRecord, Removal } from './records.ts'

/** Whose decisions count, by the exhibition record: its curators', and single records of others that it upholds. */
export interface DecisionRules {
  readonly curators: ReadonlySet<Did>
  /** CIDs of records. */
  readonly upheld: ReadonlySet<string>
}

/** One curator's word on a work, as a queue or a log shows it. */
export interface CuratorDecision {
  /** CID of the record. */
  readonly record: string
  readonly kind: 'admission' | 'decline' | 'removal'
  readonly curator: Did
  /** The version it is about; null when it is about the work as a whole, or about everything of the artist. */
  readonly manifest: string | null
  readonly counts: boolean
  readonly reason?: LanguageMap
  readonly claimed?: string
}

type Decision = OpenedRecord<Admission> | OpenedRecord<Decline> | OpenedRecord<Removal>

/** Curators' decisions by what they are about. A set of records, like all of the catalogue: who says it first does not matter. */
export class Decisions {
  readonly #ofVersion = new Map<string, Decision[]>()
  readonly #ofArtist = new Map<Did, OpenedRecord<Admission>[]>()
  readonly #removals = new Map<string, OpenedRecord<Removal>[]>()

  /** Each record once: the caller knows which it has seen. */
  add(record: Decision): void {
    if (isKind(record, 'removal')) push(this.#removals, workKey(record.body.artist, record.body.slug), record)
    else if (isKind(record, 'decline')) push(this.#ofVersion, record.body.manifest.toString(), record)
    else if (isKind(record, 'admission')) {
      const { target } = record.body
      if ('manifest' in target) push(this.#ofVersion, target.manifest.toString(), record)
      else push(this.#ofArtist, target.artist, record)
    }
  }

  /** Whose admissions of a version count, each once, in text order. */
  admittersOf(manifest: string, artist: Did, rules: DecisionRules): Did[] {
    const said = [...(this.#ofVersion.get(manifest) ?? []), ...(this.#ofArtist.get(artist) ?? [])]
    const counted = said.filter((record) => record.kind === 'admission' && counts(record, rules))
    return [...new Set(counted.map(({ signer }) => signer))].sort(compareText)
  }

  /** Removals of a work that count. */
  removalsOf(artist: Did, slug: string, rules: DecisionRules): OpenedRecord<Removal>[] {
    return (this.#removals.get(workKey(artist, slug)) ?? []).filter((record) => counts(record, rules))
  }

  /** All that was said of a work and its versions, in the order of the records' CIDs. */
  on(artist: Did, slug: string, manifests: readonly string[], rules: DecisionRules): CuratorDecision[] {
    const records: Decision[] = [
      ...manifests.flatMap((manifest) => this.#ofVersion.get(manifest) ?? []),
      ...(this.#ofArtist.get(artist) ?? []),
      ...(this.#removals.get(workKey(artist, slug)) ?? []),
    ]
    return records
      .sort((a, b) => compareText(a.cid, b.cid))
      .map((record) => ({
        record: record.cid,
        kind: record.body.kind,
        curator: record.signer,
        manifest: manifestOf(record),
        counts: counts(record, rules),
        ...('reason' in record.body && record.body.reason !== undefined
          ? { reason: record.body.reason }
          : {}),
        ...(record.body.claimed === undefined ? {} : { claimed: record.body.claimed }),
      }))
  }
}

function counts(record: Decision, { curators, upheld }: DecisionRules): boolean {
  return curators.has(record.signer) || upheld.has(record.cid)
}

function manifestOf({ body }: Decision): string | null {
  if (body.kind === 'decline') return body.manifest.toString()
  return body.kind === 'admission' && 'manifest' in body.target ? body.target.manifest.toString() : null
}

function workKey(artist: Did, slug: string): string {
  return `${artist}/${slug}`
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
