import { importer } from 'ipfs-unixfs-importer'
import type { CID } from 'multiformats/cid'
import { linksOfBlock, RAW_CODEC } from '../../../artworks/format/dag.ts'
import { leafPlaces } from '../../../artworks/format/leaf-places.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import type { HashedWork, Leaf, LocalFile } from './hashed-work.ts'

/** Chunks of 1 MiB in memory: at most one being read and their product being hashed. A phone's page has little to spare. */
const concurrency = { fileImportConcurrency: 2, blockWriteConcurrency: 2 } as const

export class WorkTooLargeError extends Error {
  readonly code = 'too-large'
}

/**
 * The UnixFS DAG of files in a browser, by the same importer and profile as `node/ingest/import-directory.ts`: the root is the
 * one the command line would give. Keeps the inner nodes and where each leaf is; the files stay where they are.
 * @throws {WorkTooLargeError} @throws {DOMException} when a file cannot be read any more
 */
export async function hashWork(
  files: readonly LocalFile[],
  { onBytes, signal }: { onBytes?: (bytes: number, path: string) => void; signal?: AbortSignal } = {},
): Promise<HashedWork> {
  const inner = new Map<string, Uint8Array>()
  const seen = new Set<string>()
  let size = 0
  const storage = {
    async put(cid: CID, block: unknown): Promise<CID> {
      signal?.throwIfAborted()
      const key = cid.toString()
      if (seen.has(key) || !(block instanceof Uint8Array)) return cid
      seen.add(key)
      size += block.length
      if (cid.code !== RAW_CODEC) {
        if (linksOfBlock(cid, block).length > formatLimits.blockLinks) throw new WorkTooLargeError()
        inner.set(key, block)
      }
      if (size > formatLimits.artworkBytes || seen.size > formatLimits.artworkChunks)
        throw new WorkTooLargeError()
      return cid
    },
  }
  // In the order of their names' code units, as the command line reads them.
  const candidates = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, blob }) => ({ path, content: pieces(blob, (bytes) => onBytes?.(bytes, path)) }))
  const options = { profile: 'unixfs-v1-2025' as const, wrapWithDirectory: true, ...concurrency }
  let root: CID | undefined
  for await (const entry of importer(candidates, storage, options)) root = entry.cid
  signal?.throwIfAborted()
  if (root === undefined) throw new RangeError('a work has at least one file')
  const leaves = new Map<string, Leaf>(leafPlaces(root, inner))
  return { root: root.toString(), size, chunks: seen.size, inner, leaves }
}

/** Pieces of one chunk each, every one a buffer of its own. */
async function* pieces(blob: Blob, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < blob.size; offset += formatLimits.chunkBytes) {
    const piece = new Uint8Array(await blob.slice(offset, offset + formatLimits.chunkBytes).arrayBuffer())
    onBytes(piece.length)
    yield piece
  }
}
