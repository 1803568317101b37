import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInvite, InviteError, inviteSecret, joinProof, parseInvite } from '../../../node/wire/invite.ts'
import { exhibitionId, steward } from '../../artworks/format/samples.ts'

const id = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const invite = {
  exhibition: exhibitionId,
  id,
  secret: inviteSecret(steward.raw, id),
  addresses: ['/ip4/10.0.0.1/tcp/4001'],
}

describe('an invite', () => {
  it('says the same after being written and read', () => {
    expect(parseInvite(` ${formatInvite(invite)}\n`)).toEqual(invite)
  })

  it('is refused with one clear line when a character is changed, missing or added', () => {
    const text = formatInvite(invite)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: text.length - 1 }),
        fc.constantFrom('change', 'drop', 'double'),
        (at, how) => {
          const head = text.slice(0, at)
          const tail = text.slice(at + 1)
          const here = text.charAt(at)
          const broken =
            head + (how === 'drop' ? '' : how === 'double' ? here + here : here === 'A' ? 'B' : 'A') + tail
          if (broken === text) return
          let said = ''
          try {
            parseInvite(broken)
          } catch (err) {
            if (!(err instanceof InviteError)) throw err
            said = err.message
          }
          expect(said).toMatch(/invite/)
          expect(said).not.toContain('\n')
        },
      ),
    )
  })

  it('has a proof that is bound to both ends', () => {
    const proof = joinProof(invite.secret, 'joiner', 'granter')
    expect(joinProof(invite.secret, 'joiner', 'another')).not.toEqual(proof)
    expect(joinProof(invite.secret, 'another', 'granter')).not.toEqual(proof)
    expect(joinProof(inviteSecret(steward.raw, id.toReversed()), 'joiner', 'granter')).not.toEqual(proof)
  })
})
