import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairFromSeed, privateKeyFromProtobuf } from '@libp2p/crypto/keys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import { foundExhibition } from '../../node/ingest/found-exhibition.ts'
import { grantedNode } from '../../node/ingest/granted-node.ts'
import { loadNodeKey, provisionNames, readProvision } from '../../node/provision.ts'

const seeded = (byte: number) => generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(byte))
const foyer = { id: 'house/foyer', key: 1, name: 'foyer', place: { en: 'By the door' } }
let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mesh-art-provision-'))
})

afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

async function writeCard(steward = 1, node = foyer): Promise<{ did: string }> {
  const key = await seeded(steward)
  const granted = await grantedNode(key, node)
  const texts = { title: { en: 'A' }, statement: { en: 'B' } }
  const { records } = await foundExhibition(key, { did: granted.did, name: 'x' }, texts, {
    quorum: 0,
    curators: [],
  })
  await writeFile(join(dir, provisionNames.key), granted.key)
  await writeFile(join(dir, provisionNames.exhibition), records[0] ?? '')
  await writeFile(join(dir, provisionNames.grant), granted.grant)
  return { did: granted.did }
}

describe("a node's key and grant", () => {
  it('are the same bytes each time, and others for another node, key or steward', async () => {
    const [one, two] = [await seeded(1), await seeded(2)]
    const again = await grantedNode(one, foyer)
    expect(await grantedNode(one, foyer)).toEqual(again)
    const others = [
      await grantedNode(one, { ...foyer, id: 'house/attic' }),
      await grantedNode(one, { ...foyer, key: 2 }),
      await grantedNode(two, foyer),
    ]
    expect(new Set([again, ...others].map(({ did }) => did)).size).toBe(4)
    // A name or place that changes changes the grant and not the key.
    const moved = await grantedNode(one, { ...foyer, place: { en: 'Upstairs' } })
    expect(moved.did).toBe(again.did)
    expect(moved.grant).not.toEqual(again.grant)
  })

  it('make a member of the node that has them', async () => {
    const { did } = await writeCard()
    const path = join(dir, 'kept.key')
    const key = await loadNodeKey(path, dir)
    expect(didFromPublicKey(key.publicKey)).toBe(did)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const steward = await seeded(1)
    expect(await readProvision(dir, didFromPublicKey(key.publicKey))).toMatchObject({
      id: didFromPublicKey(steward.publicKey),
      firstRecords: [expect.any(Uint8Array), expect.any(Uint8Array)],
    })
  })

  it('never replace a key that is there', async () => {
    await writeCard()
    const path = join(dir, 'kept.key')
    const own = await loadNodeKey(path, undefined)
    const again = await loadNodeKey(path, dir)
    expect(again.equals(own)).toBe(true)
    expect(privateKeyFromProtobuf(await readFile(path)).equals(own)).toBe(true)
    // And then the card's grant is not for this node, which is told.
    await expect(readProvision(dir, didFromPublicKey(own.publicKey))).rejects.toThrow('is for another node')
  })

  it('are refused when they do not belong together, are damaged or are not there', async () => {
    const { did } = await writeCard(1)
    const node = did as Parameters<typeof readProvision>[1]
    const stranger = await grantedNode(await seeded(2), foyer)
    await writeFile(join(dir, provisionNames.grant), stranger.grant)
    await expect(readProvision(dir, node)).rejects.toThrow('is for another node or exhibition')
    await writeFile(join(dir, provisionNames.grant), 'nothing of ours')
    await expect(readProvision(dir, node)).rejects.toThrow('holds a damaged record')
    await rm(join(dir, provisionNames.grant))
    await expect(readProvision(dir, node)).rejects.toThrow('cannot be read (ENOENT)')
  })
})
