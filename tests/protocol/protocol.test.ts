import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CID } from 'multiformats/cid'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startNode } from '../integration/support/node.ts'
import { scratch } from '../integration/support/folders.ts'
import { ProtocolClient } from './client.ts'
import { sha256 } from './sealed.ts'

const HOUSE_WORKS = 4

describe('a client written only from docs/protocol.md', () => {
  it('knows nothing of this program', () => {
    for (const file of ['client.ts', 'frames.ts', 'sealed.ts']) {
      const source = readFileSync(join(import.meta.dirname, file), 'utf8')
      const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name)
      expect(imported.length).toBeGreaterThan(0)
      for (const name of imported)
        expect(name).toMatch(
          /^(node:|@libp2p\/|libp2p$|@ipld\/|@multiformats\/|multiformats\/|\.\/(frames|sealed)\.ts$)/,
        )
    }
  })

  it('joins a real node, gets its records and a whole work', { timeout: 120_000 }, async () => {
    const node = await startNode(['--data-dir', scratch(), '--name', 'n'])
    await node.untilWhole(HOUSE_WORKS)
    const client = await ProtocolClient.start(node.invite)
    onTestFinished(() => client.stop())
    await client.join('a stranger with an invite')

    const records = await client.records()
    const told = await node.records()
    // The client's own grant is among them, and the node knows it too.
    expect(records.length).toBe(told.length)
    const kinds = (list: readonly string[]): string[] => [...list].sort()
    expect(kinds(records.map(({ value }) => String(value['kind'])))).toEqual(
      kinds(told.map(({ kind }) => kind)),
    )

    const manifests = records.filter(({ value }) => value['kind'] === 'artwork')
    expect(manifests).toHaveLength(HOUSE_WORKS)
    const [first] = manifests
    if (first === undefined) throw new Error('no manifest')
    const { root, size, chunks, entry } = first.value as {
      root: CID
      size: number
      chunks: number
      entry: string
    }
    const blocks = await client.work(root)
    expect(blocks.size).toBe(chunks)
    expect([...blocks.values()].reduce((sum, bytes) => sum + bytes.length, 0)).toBe(size)
    expect(Buffer.compare(sha256(blocks.get(String(root)) ?? new Uint8Array()), root.multihash.digest)).toBe(
      0,
    )

    // And it is what a visitor sees.
    const page = new Uint8Array(
      await (await fetch(`${node.url}/works/${String(root)}/${entry}`)).arrayBuffer(),
    )
    const whole = Buffer.concat([...blocks.values()])
    expect(page.length).toBeGreaterThan(0)
    expect(whole.includes(page.subarray(0, 1000))).toBe(true)
  })
})
