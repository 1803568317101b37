import { encode as encodeCbor } from '@ipld/dag-cbor'
import { varint } from 'multiformats'
import type { CID } from 'multiformats/cid'
import { linksOfBlock, RAW_CODEC } from '../../../artworks/format/dag.ts'
import type { GetBlock } from './unixfs-reader.ts'
import { parseUnixfsNode } from '../../../artworks/format/unixfs-node.ts'

export type DagScope = 'all' | 'entity' | 'block'

/**
 * A CAR (version 1) of a DAG, depth first, each block once (IPFS trustless gateway, `order=dfs; dups=n`).
 * Written here rather than by the channel of `@ipld/car`, which waits for ever when its reader leaves.
 * @param path blocks on the way to the root, which lets a reader verify where it comes from
 */
export async function* carOf(
  getBlock: GetBlock,
  root: CID,
  path: readonly CID[],
  scope: DagScope,
): AsyncGenerator<Uint8Array> {
  yield frame(encodeCbor({ version: 1, roots: [root] }))
  const written = new Set<string>()
  for (const cid of path) {
    if (cid.equals(root) || written.has(cid.toString())) continue
    written.add(cid.toString())
    yield frame(cid.bytes, await getBlock(cid))
  }
  const pending = [root]
  for (let cid = pending.pop(); cid !== undefined; cid = pending.pop()) {
    const text = cid.toString()
    if (written.has(text)) continue
    written.add(text)
    const bytes = await getBlock(cid)
    yield frame(cid.bytes, bytes)
    pending.push(...nextBlocks(cid, bytes, scope).reverse())
  }
}

function nextBlocks(cid: CID, bytes: Uint8Array, scope: DagScope): CID[] {
  if (cid.code === RAW_CODEC || scope === 'block') return []
  if (scope === 'all') return linksOfBlock(cid, bytes)
  // An entity is a whole file, or a directory without what is in it.
  const node = parseUnixfsNode(cid, bytes)
  if (node.kind === 'file') return node.parts.map((part) => part.cid)
  return node.kind === 'shard' ? [...node.shards] : []
}

/** A section of a CAR: its length as varint, then its parts. */
function frame(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = varint.encodeTo(length, new Uint8Array(varint.encodingLength(length)))
  return Buffer.concat([head, ...parts])
}
