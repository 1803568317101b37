import { describe, expect, it } from 'vitest'
import type { ScenarioOptions } from './scenario.ts'
import { Simulation } from './simulation.ts'
import type { Mutations } from './world.ts'

const MAX_SEEDS = 40

/** Planted bugs, and what must be said of them. */
const planted: readonly {
  readonly name: string
  readonly bug: Mutations
  readonly given?: ScenarioOptions
  readonly says: RegExp
}[] = [
  {
    name: 'a chunk offered before fsync',
    bug: { offersBeforeSync: true },
    says: /before it is on the card|without .* on the card/,
  },
  {
    name: 'a withdrawal ignored on import and sync',
    bug: { ignoresWithdrawals: true },
    says: /lacks the record|different records/,
  },
  {
    name: 'a missed have',
    bug: { missesHaves: true },
    given: { faults: [], badNodes: false },
    says: /has \d+ of \d+ chunks of|afar, which n\d+ holds/,
  },
  { name: 'a chunk stored unverified', bug: { storesUnverified: true }, says: /wrong bytes/ },
  { name: 'a duplicate request', bug: { asksTwice: true }, says: /which n\d+ is asked for/ },
  {
    name: 'room made without looking at copies',
    bug: { evictsBlindly: true },
    says: /which no other node keeps|nobody holds/,
  },
  {
    name: 'a sync that passes over one kind of record',
    bug: { syncSkips: 'withdrawal' },
    says: /lacks the record|different records/,
  },
]

describe('the simulation catches', () => {
  it.each(planted)('$name', { timeout: 120_000 }, async ({ bug, given, says }) => {
    for (let seed = 1; seed <= MAX_SEEDS; seed++) {
      const { failure } = await Simulation.run({ ...given, seed, mutations: bug })
      if (failure === null) continue
      expect(failure).toMatch(says)
      return
    }
    expect.fail(`not caught in ${MAX_SEEDS} seeds`)
  })
})
