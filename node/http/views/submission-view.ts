import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import type { Manifest, OpenedRecord } from '../../../artworks/format/records.ts'
import type { Holdings } from '../../store/holdings.ts'
import type { RecordStore } from '../../store/record-store.ts'
import type { DecisionView, Named, SubmissionView, WaitingVersion } from '../contracts/curate.ts'
import type { NodeNames } from './node-names.ts'

/** Of one work; the newest of them. An artist may sign more than anybody reads. */
const VERSIONS_LISTED = 20

export interface SubmissionSources {
  readonly catalogue: Catalogue
  readonly holdings: Holdings
  readonly records: RecordStore
  readonly names: NodeNames
}

/** Versions that curators may still admit: newer than the one shown. None of a work that is withdrawn or removed. */
export function waitingVersions(work: CatalogueArtwork): readonly OpenedRecord<Manifest>[] {
  if (work.standing === 'withdrawn' || work.standing === 'removed') return []
  return work.shown === null ? work.versions : work.versions.slice(0, work.versions.indexOf(work.shown))
}

export function submissionView(work: CatalogueArtwork, sources: SubmissionSources): SubmissionView {
  const { catalogue } = sources
  const said = catalogue.decisionsOn(work.artist, work.slug)
  const decisions: DecisionView[] = said.map(({ curator, ...rest }) => ({
    ...rest,
    curator: namedCurator(catalogue, curator),
  }))
  return {
    artist: work.artist,
    fingerprint: fingerprint(work.artist),
    slug: work.slug,
    shown: work.shown?.cid ?? null,
    waiting: waitingVersions(work)
      .slice(0, VERSIONS_LISTED)
      .map((version) => waitingVersion(version, decisions, sources)),
    decisions,
  }
}

export function namedCurator(catalogue: Catalogue, did: Did): Named {
  return { did, name: catalogue.curatorName(did) ?? '' }
}

function waitingVersion(
  { cid, body }: OpenedRecord<Manifest>,
  decisions: readonly DecisionView[],
  { holdings, records, names }: SubmissionSources,
): WaitingVersion {
  const root = body.root.toString()
  const progress = holdings.progress(root)
  const intake = records.get(cid)?.intakeNode ?? null
  const admissions = decisions.filter(
    ({ kind, manifest, counts }) => kind === 'admission' && counts && (manifest === null || manifest === cid),
  )
  return {
    manifest: cid,
    sequence: body.sequence,
    root,
    title: body.title,
    maker: body.maker,
    track: body.track,
    medium: body.medium,
    size: body.size,
    chunks: body.chunks,
    ...(body.claimed === undefined ? {} : { claimed: body.claimed }),
    intake: intake === null ? null : { id: intake, name: names.of(intake).name },
    here: { have: progress?.have ?? 0, total: progress?.total ?? body.chunks },
    admittedBy: [...new Map(admissions.map(({ curator }) => [curator.did, curator])).values()],
  }
}
