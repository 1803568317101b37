import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { isKind } from '../../../artworks/format/records.ts'
import type { ExhibitionRecord, Manifest, OpenedRecord } from '../../../artworks/format/records.ts'
import type { HeardRecord, RecordStore } from '../../store/record-store.ts'
import type { LogEntry, Named } from '../contracts/curate.ts'
import type { NodeNames } from './node-names.ts'
import { namedCurator } from './submission-view.ts'

export interface LogSources {
  readonly catalogue: Catalogue
  readonly records: RecordStore
  readonly names: NodeNames
}

/** What a record decided, for whoever reads the log. Undefined for one that this program does not understand. */
export function logEntry({ record, intakeNode, at }: HeardRecord, sources: LogSources): LogEntry | undefined {
  const { names, catalogue } = sources
  const { body } = record
  if (body === null || body.kind === 'artwork') return undefined
  const entry = {
    at,
    record: record.cid,
    signer: namedCurator(catalogue, record.signer),
    ...(body.claimed === undefined ? {} : { claimed: body.claimed }),
    ...(intakeNode === null ? {} : { intake: { id: intakeNode, name: names.of(intakeNode).name } }),
    ...('reason' in body && body.reason !== undefined ? { reason: body.reason } : {}),
  }
  switch (body.kind) {
    case 'admission': {
      const counted = { ...entry, kind: body.kind, counts: catalogue.counts(record) }
      return 'manifest' in body.target
        ? { ...counted, ...ofManifest(body.target.manifest.toString(), sources) }
        : { ...counted, artist: artistOf(body.target.artist, catalogue) }
    }
    case 'decline':
      return {
        ...entry,
        kind: body.kind,
        counts: catalogue.counts(record),
        ...ofManifest(body.manifest.toString(), sources),
      }
    case 'removal':
      return {
        ...entry,
        kind: body.kind,
        counts: catalogue.counts(record),
        work: workOf(body.artist, body.slug, catalogue),
      }
    case 'withdrawal':
      return {
        ...entry,
        kind: body.kind,
        signer: { did: record.signer, name: artistOf(record.signer, catalogue).name },
        work: workOf(record.signer, body.slug, catalogue),
      }
    case 'exhibition':
      return {
        ...entry,
        kind: body.kind,
        exhibition: change(record as OpenedRecord<ExhibitionRecord>, sources),
      }
    case 'node-grant':
      return { ...entry, kind: body.kind, node: { id: body.node, name: body.name } }
  }
}

function ofManifest(cid: string, { records, catalogue }: LogSources): Pick<LogEntry, 'work'> {
  const record = records.get(cid)?.record
  if (record === undefined || !isKind(record, 'artwork')) return {}
  const { slug, sequence, title } = record.body
  return { work: { ...workOf(record.signer, slug, catalogue), sequence, title } }
}

function workOf(artist: Did, slug: string, catalogue: Catalogue): NonNullable<LogEntry['work']> {
  const work = catalogue.artwork(artist, slug)
  const title = work?.versions[0]?.body.title
  return {
    artist,
    slug,
    ...(title === undefined ? {} : { title }),
    ...(work === undefined ? {} : { standing: work.standing }),
  }
}

/** As the artist's newest known work calls its maker. */
function artistOf(did: Did, catalogue: Catalogue): NonNullable<LogEntry['artist']> {
  const works = catalogue.artworks().filter(({ artist, versions }) => artist === did && versions.length > 0)
  const newest: OpenedRecord<Manifest> | undefined = works[0]?.versions[0]
  return { did, fingerprint: fingerprint(did), name: newest?.body.maker ?? '' }
}

/** What it changed in the exhibition record of the number before it, as far as that is known here. */
function change(
  record: OpenedRecord<ExhibitionRecord>,
  { records, catalogue }: LogSources,
): NonNullable<LogEntry['exhibition']> {
  const { body } = record
  const before = records
    .list({ kind: 'exhibition' })
    .flatMap(({ record: other }) => (isKind(other, 'exhibition') ? [other.body] : []))
    .filter(({ sequence }) => sequence < body.sequence)
    .sort((a, b) => b.sequence - a.sequence)[0]
  const without = (some: readonly Named[], others: readonly Named[]): Named[] =>
    some
      .filter(({ did }) => !others.some((other) => other.did === did))
      .map(({ did, name }) => ({ did, name }))
  return {
    sequence: body.sequence,
    isCurrent: catalogue.exhibition?.cid === record.cid,
    quorum: body.quorum,
    curators: body.curators.map(({ did, name }) => ({ did, name })),
    added: without(body.curators, before?.curators ?? []),
    removed: without(before?.curators ?? [], body.curators),
    upheld: body.upheld?.length ?? 0,
    revokedNodes: body.revokedNodes?.length ?? 0,
  }
}
