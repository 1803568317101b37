import { decode } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import type { CID } from 'multiformats/cid'
import { formatLimits } from './limits.ts'

/** Where the bytes of a leaf are: in which file of the work, from which byte, how many. */
export interface LeafPlace {
  /** Inside the work. */
  readonly path: string
  readonly offset: number
  readonly bytes: number
}

/** A sub-shard of a HAMT directory has the two hexadecimal digits of its place for a name, an entry has them before its own. */
const SHARD_PREFIX_LENGTH = 2

/**
 * Where in the files the leaves of a DAG are, by CID: whoever has the files and the inner nodes (some 60 bytes a chunk) has
 * every block, without a copy.
 * @param inner every block that is no leaf, by CID
 */
export function leafPlaces(root: CID, inner: ReadonlyMap<string, Uint8Array>): Map<string, LeafPlace> {
  const places = new Map<string, LeafPlace>()
  locate(root, { path: '', offset: 0, bytes: 0 }, inner, places)
  return places
}

/** Follows the links, in order: UnixFS says how long each part of a file is. */
function locate(
  cid: CID,
  place: LeafPlace,
  inner: ReadonlyMap<string, Uint8Array>,
  places: Map<string, LeafPlace>,
): void {
  const key = cid.toString()
  const block = inner.get(key)
  if (block === undefined) {
    if (!places.has(key)) places.set(key, place)
    return
  }
  const node = decode(block)
  const unixfs = UnixFS.unmarshal(node.Data ?? new Uint8Array())
  const isSharded = unixfs.type === 'hamt-sharded-directory'
  const { path } = place
  let { offset } = place
  for (const [i, link] of node.Links.entries()) {
    if (unixfs.type === 'file') {
      const bytes = Number(unixfs.blockSizes[i] ?? 0n)
      locate(link.Hash, { path, offset, bytes }, inner, places)
      offset += bytes
      continue
    }
    const name = (link.Name ?? '').slice(isSharded ? SHARD_PREFIX_LENGTH : 0)
    const inside = name === '' ? path : path === '' ? name : `${path}/${name}`
    const bytes = Math.min(link.Tsize ?? 0, formatLimits.chunkBytes)
    locate(link.Hash, { path: inside, offset: 0, bytes }, inner, places)
  }
}
