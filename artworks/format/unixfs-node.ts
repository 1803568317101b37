import { decode as decodeDagPb } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import type { CID } from 'multiformats/cid'
import { RAW_CODEC } from './dag.ts'
import { FormatError } from './errors.ts'

/** Part of a file: a leaf, or a node over several, with the bytes of the file that are under it. */
export interface FilePart {
  readonly cid: CID
  readonly size: number
}

export interface DirectoryEntry {
  readonly name: string
  readonly cid: CID
  /** Bytes of the whole DAG under it, as its maker declared them. */
  readonly declaredSize: number
}

/** A block of a UnixFS DAG as far as it matters for reading. */
export type UnixfsNode =
  | { readonly kind: 'file'; readonly size: number; readonly data: Uint8Array; readonly parts: FilePart[] }
  | { readonly kind: 'directory'; readonly entries: DirectoryEntry[] }
  /** One shard of a large directory (HAMT): its entries, and the shards under it. */
  | { readonly kind: 'shard'; readonly entries: DirectoryEntry[]; readonly shards: CID[] }

/**
 * @throws {FormatError} `block-mismatch` when the block is not UnixFS, contradicts itself, or is something a work may not
 * hold, such as a symbolic link
 */
export function parseUnixfsNode(cid: CID, bytes: Uint8Array): UnixfsNode {
  if (cid.code === RAW_CODEC) return { kind: 'file', size: bytes.length, data: bytes, parts: [] }
  try {
    const { Data, Links } = decodeDagPb(bytes)
    const node = UnixFS.unmarshal(Data ?? new Uint8Array())
    const entries = Links.map((link) => ({
      name: link.Name ?? '',
      cid: link.Hash,
      declaredSize: link.Tsize ?? 0,
    }))
    switch (node.type) {
      case 'raw':
      case 'file':
        return fileNode(node, entries)
      case 'directory':
        return { kind: 'directory', entries }
      case 'hamt-sharded-directory':
        return shardNode(node, entries)
      default:
        throw new Error(`a ${node.type}`)
    }
  } catch (cause) {
    throw new FormatError('block-mismatch', `${cid.toString()} is not a file or a directory`, { cause })
  }
}

function fileNode(node: UnixFS, links: DirectoryEntry[]): UnixfsNode {
  if (node.blockSizes.length !== links.length) throw new Error('sizes and links do not match')
  const size = Number(node.fileSize())
  if (!Number.isSafeInteger(size)) throw new Error('the size is not a size')
  const parts = links.map(({ cid }, i) => ({ cid, size: Number(node.blockSizes[i]) }))
  return { kind: 'file', size, data: node.data ?? new Uint8Array(), parts }
}

/** Link names of a shard start with the bucket's number in hex; a name that is nothing more is a shard of its own (UnixFS, HAMT). */
function shardNode(node: UnixFS, links: DirectoryEntry[]): UnixfsNode {
  const prefix = ((node.fanout ?? 256n) - 1n).toString(16).length
  return {
    kind: 'shard',
    entries: links
      .filter(({ name }) => name.length > prefix)
      .map((link) => ({ ...link, name: link.name.slice(prefix) })),
    shards: links.filter(({ name }) => name.length === prefix).map(({ cid }) => cid),
  }
}
