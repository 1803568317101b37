import type { ValueCheck, ValueCheckId } from '../../node/http/contracts/values.ts'

export const values = ['open', 'transparent', 'accountable', 'sovereign', 'user-centred'] as const
export type Value = (typeof values)[number]

/** As in the Digital Powerwash: it is so, it is not so, or it is so in another way, which is explained. */
export type Answer = 'yes' | 'no' | 'explain'

export const statementIds = [
  ...(['free-software', 'open-formats', 'anyone'] as const),
  ...(['public-decisions', 'no-hidden-choice', 'no-business-model'] as const),
  ...(['traceable', 'verified-without-data', 'answerable'] as const),
  ...(['own-keys', 'no-visitor-data', 'own-network'] as const),
  ...(['no-tracking', 'accessible', 'private-line'] as const),
] as const
export type StatementId = (typeof statementIds)[number]

export interface Statement {
  readonly id: StatementId
  readonly value: Value
  readonly answer: Answer
  /** Checks that this node runs on itself; a statement without any rests on its explanation. */
  readonly checks: readonly ValueCheckId[]
}

const said = (id: StatementId, value: Value, answer: Answer, ...checks: ValueCheckId[]): Statement => ({
  ...{ id, value, answer, checks },
})

export const statements: readonly Statement[] = [
  said('free-software', 'open', 'yes', 'source', 'licence'),
  said('open-formats', 'open', 'yes', 'source'),
  said('anyone', 'open', 'explain', 'same-for-all'),
  said('public-decisions', 'transparent', 'yes', 'decisions'),
  said('no-hidden-choice', 'transparent', 'yes', 'same-for-all'),
  said('no-business-model', 'transparent', 'yes', 'origins', 'cookies'),
  said('traceable', 'accountable', 'yes', 'signatures'),
  said('verified-without-data', 'accountable', 'explain', 'signatures', 'addresses'),
  said('answerable', 'accountable', 'yes', 'decisions'),
  said('own-keys', 'sovereign', 'yes', 'withdrawn'),
  said('no-visitor-data', 'sovereign', 'yes', 'addresses', 'cookies'),
  said('own-network', 'sovereign', 'yes', 'origins'),
  said('no-tracking', 'user-centred', 'yes', 'cookies', 'origins', 'same-for-all'),
  said('accessible', 'user-centred', 'explain'),
  said('private-line', 'user-centred', 'no'),
]

/** What the checks make of a statement: one that fails makes it fail, whatever it answers. */
export function stateOf(
  { checks }: Statement,
  found: ReadonlyMap<ValueCheckId, ValueCheck>,
): 'good' | 'bad' | 'unknown' | 'unchecked' {
  if (checks.length === 0) return 'unchecked'
  const states = checks.map((id) => found.get(id)?.state ?? 'unknown')
  if (states.includes('bad')) return 'bad'
  return states.includes('unknown') ? 'unknown' : 'good'
}
