import { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'
import type { RecordBody } from '../../artworks/format/records.ts'
import type { Decision } from './key-messages.ts'

/** What a curator signs. @param claimed the browser's clock: shown as a claim, and decides nothing */
export function recordOfDecision(decision: Decision, exhibition: string, claimed: string): RecordBody {
  const base = { v: 1, exhibition: exhibition as Did, claimed } as const
  switch (decision.kind) {
    case 'admission':
      return {
        kind: 'admission',
        ...base,
        target:
          'artist' in decision
            ? { artist: decision.artist as Did }
            : { manifest: CID.parse(decision.manifest) },
      }
    case 'decline':
      return { kind: 'decline', ...base, manifest: CID.parse(decision.manifest), reason: decision.reason }
    case 'removal': {
      const { artist, slug, reason } = decision
      return { kind: 'removal', ...base, artist: artist as Did, slug, reason }
    }
  }
}
