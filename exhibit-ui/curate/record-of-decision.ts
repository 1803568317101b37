import type { UnlinkedRecord } from '../key/record-of-message.ts'

/** What a curator says of a work. */
export type Decision =
  | { kind: 'admission'; manifest: string }
  | { kind: 'admission'; artist: string }
  | { kind: 'decline'; manifest: string; reason: { nl: string; en: string } }
  | { kind: 'removal'; artist: string; slug: string; reason: { nl: string; en: string } }

/** What a curator signs. @param claimed the browser's clock: shown as a claim, and decides nothing */
export function recordOfDecision(decision: Decision, exhibition: string, claimed: string): UnlinkedRecord {
  const { kind, ...said } = decision
  return { kind, v: 1, exhibition, claimed, ...(kind === 'admission' ? { target: said } : said) }
}
