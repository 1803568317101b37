import { importer } from 'ipfs-unixfs-importer'
import type { WritableStorage } from 'ipfs-unixfs-importer'
import type { CID } from 'multiformats/cid'
import { CountingSink } from './block-sink.ts'
import type { BlockSink } from './block-sink.ts'
import { IngestError } from './errors.ts'
import { contentOf } from './file-content.ts'
import { listWorkFiles } from './work-files.ts'
import type { WorkFile } from './work-files.ts'

/** At most their product in chunks of 1 MiB is in memory at once, and as much again being read. */
export const importLimits = Object.freeze({ concurrentFiles: 4, concurrentBlocksOfFile: 4 })

export interface ImportProgress {
  /** The file being read, as a path inside the work. */
  readonly path: string
  readonly bytesRead: number
  readonly bytesTotal: number
}

export interface ImportOptions {
  readonly signal?: AbortSignal
  /** Called for every piece read. */
  readonly onProgress?: (progress: ImportProgress) => void
}

export interface ImportedDirectory {
  /** Root CID: a UnixFS directory. */
  readonly root: CID
  /** Bytes of all different blocks, dag-pb nodes included: `size` of the manifest. */
  readonly size: number
  /** Number of different blocks: `chunks` of the manifest. */
  readonly chunks: number
  readonly files: number
  /** Paths left out, see work-files.ts. */
  readonly ignored: readonly string[]
}

/**
 * Turns a folder into a UnixFS DAG with the profile `unixfs-v1-2025` (IPIP-499: CIDv1, raw leaves, 1 MiB chunks, 1024 links,
 * balanced, directories beyond 256 KiB sharded), children before parents. Memory is independent of the size of the files.
 * @throws {IngestError} see listWorkFiles; `changed`, `too-large`
 * @throws whatever the sink throws; no block is handed to it after that
 */
export async function importDirectory(
  dir: string,
  sink: BlockSink,
  { signal, onProgress }: ImportOptions = {},
): Promise<ImportedDirectory> {
  const listed = await listWorkFiles(dir, signal === undefined ? {} : { signal })
  const counting = new CountingSink(sink)
  // Of this import alone: when one file fails, the others that are being read stop as well.
  const stop = new AbortController()
  const stopped = AbortSignal.any([stop.signal, ...(signal === undefined ? [] : [signal])])
  const storage: WritableStorage = {
    async put(cid, block) {
      stopped.throwIfAborted()
      if (!(block instanceof Uint8Array)) throw new TypeError('the importer makes blocks of bytes')
      await counting.put(cid, block)
      const excess = counting.excess()
      if (excess !== undefined) throw new IngestError('too-large', [{ path: dir, message: excess }])
      return cid
    },
  }
  let bytesRead = 0
  const candidates = listed.files.map((file) => ({
    path: file.path,
    content: pieces(file, stopped, (bytes) => {
      bytesRead += bytes
      onProgress?.({ path: file.path, bytesRead, bytesTotal: listed.bytes })
    }),
  }))
  try {
    let root: CID | undefined
    const options = {
      profile: 'unixfs-v1-2025' as const,
      wrapWithDirectory: true,
      fileImportConcurrency: importLimits.concurrentFiles,
      blockWriteConcurrency: importLimits.concurrentBlocksOfFile,
    }
    // The root comes last.
    for await (const entry of importer(candidates, storage, options)) root = entry.cid
    stopped.throwIfAborted()
    if (root === undefined) throw new IngestError('empty', [{ path: dir, message: 'has no files' }])
    const refusal = counting.refusal(root)
    if (refusal !== undefined) throw new IngestError('too-large', [{ path: dir, message: refusal }])
    return { root, ...counting.figures, files: listed.files.length, ignored: listed.ignored }
  } finally {
    stop.abort()
  }
}

async function* pieces(
  file: WorkFile,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of contentOf(file, signal)) {
    onRead(piece.length)
    yield piece
  }
}
