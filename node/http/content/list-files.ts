import { CID } from 'multiformats/cid'
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { isFileName } from '../../../artworks/format/work-path.ts'
import type { ChunkStore } from '../../store/chunk-store.ts'
import { parseUnixfsNode } from '../../../artworks/format/unixfs-node.ts'
import { listDirectory } from './unixfs-reader.ts'

export interface ListedFile {
  readonly path: string
  readonly size: number
}

interface Listing {
  readonly files: ListedFile[]
  /** Whether something of the work's shape is still missing, so that a later listing may say more. */
  partial: boolean
}

/** Thrown where a directory's node is not here; caught where the directory is listed. */
class NotHere extends Error {}

/** Files of a work in path order, as far as its directories are here. Waits for nothing. */
export async function listFiles(
  chunks: Pick<ChunkStore, 'get' | 'size'>,
  root: string,
  limits: { readonly listedFiles: number; readonly directoryEntries: number },
): Promise<Listing> {
  const listing: Listing = { files: [], partial: false }
  await walk(CID.parse(root), [])
  return listing

  async function getBlock(cid: CID): Promise<Uint8Array> {
    const bytes = await chunks.get(cid)
    if (bytes === null) throw new NotHere()
    return bytes
  }

  async function walk(directory: CID, parents: readonly string[]): Promise<void> {
    if (parents.length > formatLimits.dagDepth) return
    const entries = []
    try {
      for await (const entry of listDirectory(getBlock, directory, limits)) {
        if (isFileName(entry.name)) entries.push(entry)
      }
    } catch (error) {
      if (!(error instanceof NotHere)) throw error
      listing.partial = true
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const { cid, name, declaredSize } of entries) {
      if (listing.files.length >= limits.listedFiles) return
      const path = [...parents, name]
      if (cid.code === RAW_CODEC) {
        listing.files.push({ path: path.join('/'), size: chunks.size(cid) ?? declaredSize })
        continue
      }
      const bytes = await chunks.get(cid)
      if (bytes === null) {
        // A file or a directory: its node will tell.
        listing.partial = true
        continue
      }
      const node = parseUnixfsNode(cid, bytes)
      if (node.kind === 'file') listing.files.push({ path: path.join('/'), size: node.size })
      else await walk(cid, path)
    }
  }
}
