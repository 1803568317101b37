import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import type { ArtistWorkView } from '../contracts/studio.ts'

/** Every work of an artist that there is a record of, in the order of their slugs. */
export function artistWorksView(catalogue: Catalogue, artist: string): ArtistWorkView[] {
  return catalogue
    .artworks()
    .filter((work) => work.artist === artist)
    .map((work) => workView(catalogue, work))
}

function workView(
  catalogue: Catalogue,
  { artist, slug, standing, versions, shown, reasons }: CatalogueArtwork,
): ArtistWorkView {
  const exhibition = catalogue.exhibition?.body
  const newest = versions[0]?.body
  const nameOf = (did: Did): string => catalogue.curatorName(did) ?? ''
  const declines = catalogue
    .decisionsOn(artist, slug)
    .filter(({ kind, counts }) => kind === 'decline' && counts)
  return {
    slug,
    standing,
    ...(newest === undefined ? {} : { title: newest.title, track: newest.track, medium: newest.medium }),
    versions: versions.map((version) => ({
      manifest: version.cid,
      sequence: version.body.sequence,
      root: version.body.root.toString(),
      size: version.body.size,
      ...(version.body.claimed === undefined ? {} : { claimed: version.body.claimed }),
      shown: version.cid === shown?.cid,
      declined: declines
        .filter(({ manifest }) => manifest === version.cid)
        .map(({ curator, reason }) => ({
          name: nameOf(curator),
          ...(reason === undefined ? {} : { reason }),
        })),
      admittedBy: catalogue.admittedBy(version).map((did) => ({ did, name: nameOf(did) })),
    })),
    quorum: exhibition?.quorum ?? 0,
    curators: exhibition?.curators.length ?? 0,
    reasons: [...reasons],
  }
}
