import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { recordOfDecision } from '../../../exhibit-ui/curate/record-of-decision.ts'
import type { Decision } from '../../../exhibit-ui/curate/record-of-decision.ts'
import { claimedAt } from '../../../exhibit-ui/key/claimed-at.ts'
import { recordOfMessage } from '../../../exhibit-ui/key/record-of-message.ts'
import { openRecord, sealRecord } from '../../../artworks/format/envelope.ts'
import { didOf, exhibitionId, steward } from '../../artworks/format/samples.ts'

const manifest = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'
const reason = { nl: 'Daarom.', en: 'Because.' }
const decisions: Decision[] = [
  { kind: 'admission', manifest },
  { kind: 'admission', artist: didOf(steward) },
  { kind: 'decline', manifest, reason },
  { kind: 'removal', artist: didOf(steward), slug: 'golf', reason },
]

describe('what a page asks the key to sign', () => {
  for (const decision of decisions) {
    test(`is a record when it crosses to the worker: ${JSON.stringify(decision).slice(0, 40)}`, async () => {
      const claimed = claimedAt(Date.UTC(2026, 5, 12, 10, 11, 12, 345))
      const message = structuredClone(recordOfDecision(decision, exhibitionId, claimed))
      const { bytes } = await sealRecord(recordOfMessage(message), steward)
      const { body } = await openRecord(bytes)
      expect(body).toMatchObject({ kind: decision.kind, claimed: '2026-06-12T10:11:12Z' })
      const { kind: _, ...said } = decision
      const { target = {}, ...rest } = body as unknown as Record<string, unknown>
      const found = { ...rest, ...(target as object) }
      expect(found).toMatchObject('manifest' in said ? { ...said, manifest: CID.parse(manifest) } : said)
    })
  }

  test('and what is no link in the place of one is refused', () => {
    expect(() => recordOfMessage({ kind: 'artwork', root: 'not a link' })).toThrow(/base/i)
  })
})
