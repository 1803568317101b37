import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { expect, test } from 'vitest'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { sealValue } from '../../../artworks/format/envelope.ts'
import { digestOfLetGo } from '../../../artworks/format/let-go.ts'
import { checkReceipts } from '../../../exhibit-ui/studio/model/check-receipts.ts'

const node = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(1))
const other = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(2))
const id = didFromPublicKey(node.publicKey)
const work = 'did:key:zA/getij'
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

async function judged(
  receipt: { list: number; status: string } | undefined,
  lists = [[work, 'b/c']],
): Promise<string> {
  const nodes = [{ id, name: 'a', isHeard: true, ...(receipt === undefined ? {} : { receipt }) }]
  const [first] = await checkReceipts({ work, nodes, lists })
  return first?.state ?? ''
}

test('a receipt counts when that very node signed a list with that very work', async () => {
  const said = { kind: 'status', letGo: digestOfLetGo(['b/c', work]) }
  const good = base64(await sealValue(said, node))
  expect(await judged({ list: 0, status: good })).toBe('signed')
  expect(await judged(undefined)).toBe('none')
  // Signed by another, of another list, of another kind, of no list, or not signed at all.
  expect(await judged({ list: 0, status: base64(await sealValue(said, other)) })).toBe('forged')
  expect(await judged({ list: 0, status: good }, [[work]])).toBe('forged')
  expect(await judged({ list: 0, status: good }, [['b/c']])).toBe('forged')
  expect(await judged({ list: 3, status: good })).toBe('forged')
  expect(await judged({ list: 0, status: base64(await sealValue({ ...said, kind: 'look' }, node)) })).toBe(
    'forged',
  )
  expect(await judged({ list: 0, status: good.replace('A', 'B') })).toBe('forged')
  expect(await judged({ list: 0, status: '%%%' })).toBe('forged')
})
