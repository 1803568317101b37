import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import { compareText } from '../../../artworks/format/compare-text.ts'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import { trackIds } from '../../../artworks/format/records.ts'
import type { LanguageMap, Manifest, OpenedRecord } from '../../../artworks/format/records.ts'
import { mediaTypeOf } from '../content/media-type.ts'
import type { ArtworkDetail, ArtworkSummary } from '../contract.ts'
import { progressView } from './progress-view.ts'
import type { ProgressSources } from './progress-view.ts'
import { workUrl } from './work-url.ts'

export type ShownArtwork = CatalogueArtwork & { readonly shown: OpenedRecord<Manifest> }

/** Every work shown, by track, then title. */
export function artworkSummaries(catalogue: Catalogue, sources: ProgressSources): ArtworkSummary[] {
  return catalogue
    .shown()
    .sort((a, b) => byTrackAndTitle(a.shown, b.shown))
    .map((work) => artworkSummary(work, sources))
}

/** The order in which works hang. */
export function byTrackAndTitle(a: OpenedRecord<Manifest>, b: OpenedRecord<Manifest>): number {
  return (
    trackIds.indexOf(a.body.track) - trackIds.indexOf(b.body.track) ||
    byTitle.compare(titleText(a.body.title), titleText(b.body.title)) ||
    compareText(a.cid, b.cid)
  )
}

export function artworkSummary(work: ShownArtwork, sources: ProgressSources): ArtworkSummary {
  const { artist, slug, shown } = work
  const { body } = shown
  const root = body.root.toString()
  const { poster } = body
  return {
    artist,
    slug,
    sequence: body.sequence,
    manifest: shown.cid,
    root,
    title: body.title,
    maker: body.maker,
    track: body.track,
    medium: body.medium,
    ...given('technique', body.technique),
    ...given('year', body.year),
    ...(poster && { poster: { url: workUrl(root, poster.path), alt: poster.alt } }),
    alt: body.alt,
    ...given('durationSeconds', body.durationSeconds),
    ...given('dimensions', body.dimensions),
    warnings: (body.warnings ?? []).map(({ kind, text }) => ({ kind, ...given('text', text) })),
    licence: body.licence,
    size: body.size,
    progress: progressView(sources, root, body.chunks),
  }
}

export interface DetailExtras {
  /** Files of the work that are known here: path and size in bytes. */
  readonly files: readonly { path: string; size: number }[]
  /** Node that took the shown version in. */
  readonly intakeNode: string | null
  readonly curatorName: (did: string) => string
}

export function artworkDetail(
  work: ShownArtwork,
  sources: ProgressSources,
  extras: DetailExtras,
): ArtworkDetail {
  const { body, cid } = work.shown
  const alts = new Map((body.pictures ?? []).map(({ path, alt }) => [path, alt]))
  const root = body.root.toString()
  return {
    ...artworkSummary(work, sources),
    statement: body.statement,
    credits: (body.credits ?? []).map(({ name, role }) => ({ name, ...given('role', role) })),
    captions: (body.captions ?? []).map(({ lang, path }) => ({ lang, url: workUrl(root, path) })),
    ...given('transcript', body.transcript),
    entry: { url: workUrl(root, body.entry), path: body.entry, mediaType: mediaTypeOf(body.entry) },
    files: extras.files.map(({ path, size }) => ({
      path,
      url: workUrl(root, path),
      mediaType: mediaTypeOf(path),
      size,
      ...given('alt', alts.get(path)),
    })),
    versions: work.versions.map((version) => ({
      manifest: version.cid,
      sequence: version.body.sequence,
      ...given('claimed', version.body.claimed),
      shown: version.cid === cid,
    })),
    provenance: {
      artist: work.artist,
      fingerprint: fingerprint(work.artist),
      ...given('claimed', body.claimed),
      intakeNode: extras.intakeNode,
      admittedBy: work.admittedBy.map((did) => ({ did, name: extras.curatorName(did) })),
    },
  }
}

const byTitle = new Intl.Collator('nl', { numeric: true })

function titleText(title: LanguageMap): string {
  return title['nl'] ?? title['en'] ?? Object.values(title)[0] ?? ''
}

/** An optional field: there when it has a value, absent otherwise. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}
