import type { ArtworkSummary, TrackId } from '../../node/http/contract.ts'

export function countsOf(works: readonly ArtworkSummary[]): Partial<Record<TrackId, number>> {
  const counts: Partial<Record<TrackId, number>> = {}
  for (const { track } of works) counts[track] = (counts[track] ?? 0) + 1
  return counts
}
