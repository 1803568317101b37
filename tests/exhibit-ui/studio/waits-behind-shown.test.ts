import { expect, test } from 'vitest'
import { waitsBehindShown } from '../../../exhibit-ui/studio/model/waits-behind-shown.ts'
import type { ArtistVersionView } from '../../../node/http/contracts/studio.ts'

const versions = (shown?: number): ArtistVersionView[] =>
  [3, 2, 1].map((sequence) => ({
    ...{ manifest: `m${sequence}`, sequence, root: `r${sequence}`, size: 1, shown: sequence === shown },
    ...{ admittedBy: [], declined: [] },
  }))

test('what is newer than the version on show waits; with none on show the work itself is said to', () => {
  const waiting = (standing: 'shown' | 'submitted' | 'removed', shown?: number): number[] => {
    const work = { standing, versions: versions(shown) }
    return work.versions.filter((one) => waitsBehindShown(work, one)).map(({ sequence }) => sequence)
  }
  expect(waiting('shown', 1)).toEqual([3, 2])
  expect(waiting('shown', 3)).toEqual([])
  expect(waiting('submitted')).toEqual([])
  expect(waiting('removed')).toEqual([])
})
