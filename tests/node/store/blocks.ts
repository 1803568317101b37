import { encode as encodeDagPb, prepare } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import * as digest from 'multiformats/hashes/digest'
import { DAG_PB_CODEC, RAW_CODEC } from '../../../artworks/format/dag.ts'
import { sha256 } from '../../../node/store/block-hash.ts'

export interface Block {
  readonly cid: CID
  readonly bytes: Uint8Array
}

export function block(bytes: Uint8Array, codec = RAW_CODEC): Block {
  return { cid: CID.createV1(codec, digest.create(0x12, sha256(bytes))), bytes }
}

/** A raw block that only this text has. */
export function rawBlock(text: string): Block {
  return block(new TextEncoder().encode(text))
}

/** `length` bytes that differ with the seed. */
export function bytesOf(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed >>> 0
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

/** A UnixFS directory that links to the blocks, in this order. */
export function directoryBlock(children: readonly Block[]): Block {
  const node = prepare({
    Data: new UnixFS({ type: 'directory' }).marshal(),
    Links: children.map((child, i) => ({
      Name: String(i).padStart(6, '0'),
      Tsize: child.bytes.length,
      Hash: child.cid,
    })),
  })
  return block(encodeDagPb(node), DAG_PB_CODEC)
}
