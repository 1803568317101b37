import type { ArtistVersionView, ArtistWorkView } from '../../../node/http/contracts/studio.ts'

/** Whether curators are still to decide on this version while an earlier one is on show. */
export function waitsBehindShown(
  work: Pick<ArtistWorkView, 'standing' | 'versions'>,
  version: Pick<ArtistVersionView, 'sequence'>,
): boolean {
  const shown = work.versions.find((one) => one.shown)
  return work.standing === 'shown' && shown !== undefined && version.sequence > shown.sequence
}
