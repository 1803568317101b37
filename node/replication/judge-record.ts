import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Intake } from '../../artworks/format/intake.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'

/** `later`: not wrong, but it cannot be judged before other records are here; a sync brings it again. */
export type RecordJudgement = 'accept' | 'later' | 'wrong-exhibition' | 'no-intake' | 'quota'

export const recordQuotas = Object.freeze({
  /** Records one node may take in. A flood has an address and a bound (design, decision 14). */
  perIntakeNode: 50_000,
  /** Records one author may have. */
  perAuthor: 5_000,
})

export interface RecordCounts {
  ofIntakeNode(node: string): number
  ofAuthor(author: string): number
}

/** Whether a well sealed record may be kept and passed on. The steward's own records need no intake. */
export function judgeRecord(
  record: OpenedRecord,
  intake: Intake | null,
  catalogue: Catalogue,
  counts: RecordCounts,
): RecordJudgement {
  if (record.exhibition !== catalogue.id) return 'wrong-exhibition'
  if (record.signer === catalogue.id) return 'accept'
  if (intake === null || intake.record !== record.cid) return 'no-intake'
  // Ever granted, not granted now: a revoked node's intakes stay good, or two nodes could keep different sets.
  if (catalogue.grant(intake.node) === undefined) return 'later'
  if (counts.ofIntakeNode(intake.node) >= recordQuotas.perIntakeNode) return 'quota'
  if (counts.ofAuthor(record.signer) >= recordQuotas.perAuthor) return 'quota'
  return 'accept'
}
