import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { describe, expect, it } from 'vitest'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { sealValue } from '../../../artworks/format/envelope.ts'
import { openPassphrase } from '../../../node/technician/passphrase-hash.ts'
import { OrderBook } from '../../../node/technician/order-book.ts'
import { hashOf, PASSPHRASE } from './passphrase.ts'

const seeded = (byte: number) => generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(byte))
const [steward, a, b, evil] = await Promise.all([1, 2, 3, 4].map(seeded))
if (steward === undefined || a === undefined || b === undefined || evil === undefined)
  throw new Error('no keys')
const exhibition = didFromPublicKey(steward.publicKey)
const [didA, didB, didEvil] = [a, b, evil].map(({ publicKey }) => didFromPublicKey(publicKey))
if (didA === undefined || didB === undefined || didEvil === undefined) throw new Error('no dids')
const hash = await hashOf()
const technician = await openPassphrase(hash, PASSPHRASE)
if (technician === null) throw new Error('the passphrase does not open its own hash')

const RUN = '00112233aabbccdd'
const atA = new OrderBook({ did: didA, exhibition, boot: () => 'aaaaaaaaaaaaaaaa' }, hash.did)
const newB = (boot = RUN, by = hash.did): OrderBook =>
  new OrderBook({ did: didB, exhibition, boot: () => boot }, by)

const write = async (key = technician) => (await atA.write(key, { did: didB, boot: RUN }, 'gc', {})).sealed
const refusal = async (book: OrderBook, sealed: Uint8Array, passedBy = didA) =>
  (await book.judge(sealed, passedBy)).refusal

describe('an order through the mesh', () => {
  it('is taken by the node it is for, from the node it was given at', async () => {
    const { order, refusal: why } = await newB().judge(await write(), didA)
    expect(why).toBeNull()
    expect(order).toMatchObject({ action: 'gc', to: didB, via: didA })
  })

  it('is done once', async () => {
    const book = newB()
    const sealed = await write()
    expect(await refusal(book, sealed)).toBeNull()
    expect(await refusal(book, sealed)).toBe('played-again')
  })

  it('is void after a restart of the node it is for', async () => {
    expect(await refusal(newB('ffffffffffffffff'), await write())).toBe('other-run')
  })

  it('is refused from a granted node where nobody knows the passphrase', async () => {
    expect(await refusal(newB(), await write(evil))).toBe('other-passphrase')
  })

  it('is refused when another node than that of the technician passes it', async () => {
    expect(await refusal(newB(), await write(), didEvil)).toBe('passed-by-another')
  })

  it('is refused by a node with another passphrase, and by one with none', async () => {
    const other = await hashOf('iets heel anders dus')
    expect(await refusal(newB(RUN, other.did), await write())).toBe('other-passphrase')
    const none = new OrderBook({ did: didB, exhibition, boot: () => RUN }, null)
    expect(await refusal(none, await write())).toBe('no-passphrase-here')
  })

  it('is none of another node’s business', async () => {
    expect(await refusal(atA, await write())).toBe('not-for-us')
  })

  it('that is not as it must be is an error, which shuts its sender out', async () => {
    const odd = await sealValue({ kind: 'order', v: 1, action: 'format-disk' }, technician)
    await expect(newB().judge(odd, didA)).rejects.toThrow('action')
    const sealed = await write()
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    await expect(newB().judge(sealed, didA)).rejects.toThrow(/signature|envelope/)
  })
})
