import { encode as encodeDagPb, prepare } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import * as digest from 'multiformats/hashes/digest'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { DAG_PB_CODEC, RAW_CODEC } from '../../artworks/format/dag.ts'
import { sha256 } from '../../node/store/block-hash.ts'
import type { Random } from './random.ts'

export interface Block {
  readonly cid: CID
  readonly key: string
  readonly bytes: Uint8Array
}

/** The files of one version of a work, root first, parents before children. */
export interface Dag {
  readonly root: string
  readonly rootCid: CID
  readonly blocks: ReadonlyMap<string, Block>
  readonly size: number
}

function block(bytes: Uint8Array, codec: number): Block {
  const cid = CID.createV1(codec, digest.create(0x12, sha256(bytes)))
  return { cid, key: cidKey(cid), bytes }
}

function link(child: Block, name: string): { Name: string; Tsize: number; Hash: CID } {
  return { Name: name, Tsize: child.bytes.length, Hash: child.cid }
}

function inner(type: 'directory' | 'file', children: readonly Block[]): Block {
  const data = new UnixFS({ type })
  if (type === 'file') for (const { bytes } of children) data.addBlockSize(BigInt(bytes.length))
  const named = type === 'directory'
  const node = prepare({
    Data: data.marshal(),
    Links: children.map((child, i) => link(child, named ? `f${String(i).padStart(3, '0')}` : '')),
  })
  return block(encodeDagPb(node), DAG_PB_CODEC)
}

/**
 * A small work: a directory of files of raw leaves, at times of one that is large enough for inner nodes of its own.
 * @param shared leaves of other works, which some files have too
 */
export function makeDag(random: Random, leafCount: number, shared: readonly Block[]): Dag {
  const leaves = Array.from({ length: leafCount }, () =>
    shared.length > 0 && random.chance(0.15)
      ? random.pick(shared)
      : block(random.bytes(20 + random.below(180)), RAW_CODEC),
  )
  const blocks = new Map<string, Block>()
  const files: Block[] = []
  const inners: Block[] = []
  for (let at = 0; at < leaves.length;) {
    const length = 1 + random.below(6)
    const part = leaves.slice(at, at + length)
    at += length
    const [only] = part
    if (part.length === 1 && only !== undefined) files.push(only)
    else {
      const file = inner('file', part)
      inners.push(file)
      files.push(file)
    }
  }
  const root = inner('directory', files)
  for (const one of [root, ...inners, ...leaves]) blocks.set(one.key, one)
  const size = [...blocks.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  return { root: root.key, rootCid: root.cid, blocks, size }
}
