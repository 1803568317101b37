import type { CID } from 'multiformats/cid'
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { FormatError } from '../../../artworks/format/errors.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { parseUnixfsNode } from '../../../artworks/format/unixfs-node.ts'
import type { DirectoryEntry, FilePart } from '../../../artworks/format/unixfs-node.ts'

/** Where verified blocks come from. Rejects when a block cannot be had. */
export type GetBlock = (cid: CID) => Promise<Uint8Array>

/** Told what a reader will come to next, so that it can be on its way. */
export type AskAhead = (cids: readonly CID[]) => void

/** Leaves told ahead of a reader: enough to fill a slow link while one is sent. */
const LEAVES_AHEAD = 3

/**
 * The bytes `start` up to, not including, `end` of a file, block by block, each read when it is asked for. Leaves outside the
 * range are not read. (`ipfs-unixfs-exporter` reads a whole file ahead of a reader that has paused: 201 blocks of 201 where
 * this reads as many as were taken.)
 * @throws {FormatError} `block-mismatch` when the DAG contradicts the sizes it declares
 */
export function readFile(
  getBlock: GetBlock,
  file: FilePart,
  start = 0,
  end: number = file.size,
  ahead: AskAhead = () => {},
): AsyncGenerator<Uint8Array> {
  return readPart({ get: getBlock, ahead }, file, start, end, 0)
}

async function* readPart(
  source: { readonly get: GetBlock; readonly ahead: AskAhead },
  file: FilePart,
  start: number,
  end: number,
  depth: number,
): AsyncGenerator<Uint8Array> {
  if (start >= end) return
  if (file.cid.code === RAW_CODEC) {
    const bytes = await source.get(file.cid)
    if (bytes.length !== file.size) throw contradiction(file.cid)
    yield bytes.subarray(start, end)
    return
  }
  if (depth > formatLimits.dagDepth) throw contradiction(file.cid)
  const node = parseUnixfsNode(file.cid, await source.get(file.cid))
  if (node.kind !== 'file' || node.size !== file.size) throw contradiction(file.cid)
  const { data } = node
  if (data.length > start) yield data.subarray(start, end)
  let offset = data.length
  for (const [i, part] of node.parts.entries()) {
    const from = Math.max(start - offset, 0)
    const to = Math.min(end - offset, part.size)
    if (from < to) {
      source.ahead(partsFrom(node.parts, i, end - offset))
      yield* readPart(source, part, from, to, depth + 1)
    }
    offset += part.size
    if (offset >= end) return
  }
}

/** The part at `at` and the next few, as far as they are within the next `bytes`. */
function partsFrom(parts: readonly FilePart[], at: number, bytes: number): CID[] {
  const cids: CID[] = []
  let left = bytes
  for (const part of parts.slice(at, at + 1 + LEAVES_AHEAD)) {
    if (left <= 0) break
    cids.push(part.cid)
    left -= part.size
  }
  return cids
}

/**
 * What a directory holds under a name, or undefined. A sharded directory is searched shard by shard, without its hash: the
 * names decide.
 * @throws {FormatError} `block-mismatch`
 */
export async function findEntry(
  getBlock: GetBlock,
  directory: CID,
  name: string,
  limits: { readonly directoryEntries: number },
): Promise<DirectoryEntry | undefined> {
  for await (const entry of listDirectory(getBlock, directory, limits)) {
    if (entry.name === name) return entry
  }
  return undefined
}

/**
 * The entries of a directory, and nothing at all when it is a file.
 * @throws {FormatError} `block-mismatch`, `too-large`
 */
export async function* listDirectory(
  getBlock: GetBlock,
  directory: CID,
  limits: { readonly directoryEntries: number },
): AsyncGenerator<DirectoryEntry> {
  const pending: CID[] = [directory]
  let seen = 0
  for (let cid = pending.pop(); cid !== undefined; cid = pending.pop()) {
    if (cid.code === RAW_CODEC) continue
    const node = parseUnixfsNode(cid, await getBlock(cid))
    if (node.kind === 'file') continue
    if (node.kind === 'shard') pending.push(...node.shards)
    seen += node.entries.length + (node.kind === 'shard' ? node.shards.length : 0)
    if (seen > limits.directoryEntries) {
      throw new FormatError('too-large', `the directory ${directory.toString()} holds too many entries`)
    }
    yield* node.entries
  }
}

function contradiction(cid: CID): FormatError {
  return new FormatError('block-mismatch', `${cid.toString()} is not of the size its file declares`)
}
