import { CID } from 'multiformats/cid'
import { isBlock, linksOfBlock, RAW_CODEC } from '../../artworks/format/dag.ts'
import { formatLimits } from '../../artworks/format/limits.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import { parseUnixfsNode } from '../../artworks/format/unixfs-node.ts'
import type { FilePart } from '../../artworks/format/unixfs-node.ts'
import { isWorkPath } from '../../artworks/format/work-path.ts'
import { CheckFailedError } from './check-report.ts'

/** How a check asks a node. Both reject with a `CheckFailedError` of `no-answer` when it does not give an answer. */
export interface FileAsker {
  /** A block as it is: `/ipfs/{cid}?format=raw`. */
  readonly block: (cid: string) => Promise<Uint8Array>
  /** A file as the page itself shows it: out of the browser's cache where it is there. */
  readonly file: (path: string) => AsyncIterable<Uint8Array>
}

export interface FilesProgress {
  readonly bytes: number
  readonly blocks: number
  readonly files: number
}

/**
 * Every byte of a work against the root that its artist signed. What holds it together (directories, lists of leaves) is read as
 * blocks; the bytes of files are read from the address at which the page shows them, so that it is those that are checked.
 * @throws {CheckFailedError}
 */
export async function checkFiles(
  manifest: Manifest,
  ask: FileAsker,
  onProgress: (progress: FilesProgress) => void,
): Promise<FilesProgress> {
  /** Every different block once, as the manifest counts them. */
  const blocks = new Set<string>()
  let bytes = 0
  let files = 0
  await directory(manifest.root, [], 0)
  if (bytes !== manifest.size || blocks.size !== manifest.chunks) {
    const found = `${bytes} bytes, ${blocks.size} blocks`
    throw new CheckFailedError('files', 'figures', `${found}; ${manifest.size}, ${manifest.chunks}`)
  }
  return { bytes, blocks: blocks.size, files }

  function count(cid: CID, size: number): void {
    const key = cid.toString()
    if (blocks.has(key)) return
    blocks.add(key)
    bytes += size
    if (blocks.size > manifest.chunks || bytes > manifest.size)
      throw new CheckFailedError('files', 'figures', `> ${manifest.size}, ${manifest.chunks}`)
    onProgress({ bytes, blocks: blocks.size, files })
  }

  async function innerNode(cid: CID, path: string): Promise<ReturnType<typeof parseUnixfsNode>> {
    const block = await ask.block(cid.toString())
    if (!isBlock(cid, block)) throw new CheckFailedError('files', 'file', path || cid.toString())
    count(cid, block.length)
    try {
      linksOfBlock(cid, block)
      return parseUnixfsNode(cid, block)
    } catch (cause) {
      throw new CheckFailedError('files', 'file', path || cid.toString(), { cause })
    }
  }

  async function directory(cid: CID, parents: readonly string[], depth: number): Promise<void> {
    const path = parents.join('/')
    if (depth > formatLimits.dagDepth) throw new CheckFailedError('files', 'file', path)
    const node = await innerNode(cid, path)
    if (node.kind === 'file') return file(path, cid, node)
    for (const { name, cid: child } of node.entries) {
      const below = [...parents, name]
      if (!isWorkPath(below.join('/'))) throw new CheckFailedError('files', 'file', below.join('/'))
      if (child.code === RAW_CODEC) await file(below.join('/'), child)
      else await directory(child, below, depth + 1)
    }
    if (node.kind === 'shard') for (const shard of node.shards) await directory(shard, parents, depth + 1)
  }

  async function file(path: string, cid: CID, node?: ReturnType<typeof parseUnixfsNode>): Promise<void> {
    const wrong = (cause?: unknown): CheckFailedError =>
      new CheckFailedError('files', 'file', path, cause === undefined ? {} : { cause })
    const reader = new ExactReader(ask.file(path), wrong)
    try {
      if (node === undefined) await leaf(cid, await reader.rest(formatLimits.chunkBytes))
      else await parts(cid, node, 0)
      await reader.end()
    } finally {
      await reader.close()
    }
    files += 1

    async function leaf(leafCid: CID, content: Uint8Array): Promise<void> {
      if (!isBlock(leafCid, content)) throw wrong()
      count(leafCid, content.length)
    }

    async function parts(of: CID, inner: ReturnType<typeof parseUnixfsNode>, depth: number): Promise<void> {
      if (inner.kind !== 'file' || depth > formatLimits.dagDepth) throw wrong(of.toString())
      const own = await reader.take(inner.data.length)
      if (!own.every((byte, i) => byte === inner.data[i])) throw wrong()
      for (const part of inner.parts) await onePart(part, depth)
    }

    async function onePart(part: FilePart, depth: number): Promise<void> {
      if (part.cid.code === RAW_CODEC) await leaf(part.cid, await reader.take(part.size))
      else await parts(part.cid, await innerNode(part.cid, path), depth + 1)
    }
  }
}

/** Takes a stream in pieces of given lengths; never holds more than one piece and what came with it. */
class ExactReader {
  readonly #items: AsyncIterator<Uint8Array>
  readonly #wrong: () => Error
  #left: Uint8Array = new Uint8Array()

  constructor(stream: AsyncIterable<Uint8Array>, wrong: () => Error) {
    this.#items = stream[Symbol.asyncIterator]()
    this.#wrong = wrong
  }

  async take(length: number): Promise<Uint8Array> {
    if (length > formatLimits.blockBytes) throw this.#wrong()
    const piece = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      if (this.#left.length === 0 && !(await this.#more())) throw this.#wrong()
      const some = this.#left.subarray(0, length - filled)
      piece.set(some, filled)
      filled += some.length
      this.#left = this.#left.subarray(some.length)
    }
    return piece
  }

  /** All there is, which must not be more than so much. */
  async rest(most: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = []
    let length = 0
    do {
      pieces.push(this.#left)
      length += this.#left.length
      if (length > most) throw this.#wrong()
    } while (await this.#more())
    this.#left = new Uint8Array()
    const all = new Uint8Array(length)
    let at = 0
    for (const piece of pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return all
  }

  /** Nothing may follow. */
  async end(): Promise<void> {
    if (this.#left.length > 0 || (await this.#more())) throw this.#wrong()
  }

  async close(): Promise<void> {
    await this.#items.return?.()
  }

  async #more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#items.next()
      if (done === true) return false
      if (value.length === 0) continue
      this.#left = value
      return true
    }
  }
}
