import type { Catalogue, CatalogueArtwork } from '../../../artworks/format/catalogue.ts'
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
  { slug, standing, versions, shown, reasons }: CatalogueArtwork,
): ArtistWorkView {
  const exhibition = catalogue.exhibition?.body
  const newest = versions[0]?.body
  const nameOf = (did: string): string => exhibition?.curators.find((one) => one.did === did)?.name ?? ''
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
      admittedBy: catalogue.admittedBy(version).map((did) => ({ did, name: nameOf(did) })),
    })),
    quorum: exhibition?.quorum ?? 0,
    curators: exhibition?.curators.length ?? 0,
    reasons: [...reasons],
  }
}
