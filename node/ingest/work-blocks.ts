import { hash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { CID } from 'multiformats/cid'
import { isBlock, RAW_CODEC } from '../../artworks/format/dag.ts'
import { leafPlaces } from '../../artworks/format/leaf-places.ts'
import type { LeafPlace } from '../../artworks/format/leaf-places.ts'
import { systemCode } from '../store/durable-files.ts'
import { IngestError } from './errors.ts'
import { importDirectory } from './import-directory.ts'
import type { ImportedDirectory, ImportOptions } from './import-directory.ts'

/**
 * The blocks of a work's folder, any of them at any time, without a copy of the files: inner nodes (some 60 bytes a chunk) are
 * kept in memory, leaves are read from the files again, and checked, when they are asked for.
 */
export class WorkBlocks {
  readonly imported: ImportedDirectory
  readonly #dir: string
  readonly #inner: ReadonlyMap<string, Uint8Array>
  readonly #leaves: ReadonlyMap<string, LeafPlace>

  private constructor(dir: string, imported: ImportedDirectory, inner: ReadonlyMap<string, Uint8Array>) {
    this.#dir = dir
    this.imported = imported
    this.#inner = inner
    this.#leaves = leafPlaces(imported.root, inner)
  }

  /** Reads every file once. @throws as importDirectory */
  static async read(dir: string, options: ImportOptions = {}): Promise<WorkBlocks> {
    const inner = new Map<string, Uint8Array>()
    const imported = await importDirectory(
      dir,
      async (cid, bytes) => {
        if (cid.code !== RAW_CODEC) inner.set(cid.toString(), bytes)
      },
      options,
    )
    return new WorkBlocks(dir, imported, inner)
  }

  /** Length of a block, undefined for one that is not of this work. */
  size(cid: CID): number | undefined {
    const key = cid.toString()
    return this.#inner.get(key)?.length ?? this.#leaves.get(key)?.bytes
  }

  /** @throws {IngestError} `changed` when the file no longer holds what it held @throws {RangeError} when it is of another work */
  async get(cid: CID): Promise<Uint8Array> {
    const key = cid.toString()
    const inner = this.#inner.get(key)
    if (inner !== undefined) return inner
    const place = this.#leaves.get(key)
    if (place === undefined) throw new RangeError(`${key} is no block of this work`)
    const bytes = await this.#readPlace(place)
    if (!isBlock(cid, bytes, (data) => hash('sha256', data, 'buffer'))) throw changed(place.path)
    return bytes
  }

  async #readPlace({ path, offset, bytes }: LeafPlace): Promise<Uint8Array> {
    // As in file-content.ts: neither a link nor a pipe that was put in the place of the file.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    try {
      const file = await open(join(this.#dir, path), flags)
      try {
        const buffer = Buffer.allocUnsafeSlow(bytes)
        const { bytesRead } = await file.read(buffer, 0, bytes, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    } catch (cause) {
      if (systemCode(cause) === undefined) throw cause
      throw changed(path, cause)
    }
  }
}

function changed(path: string, cause?: unknown): IngestError {
  const message = 'changed while the work was being published: nothing was published; publish it again'
  return new IngestError('changed', [{ path, message }], { cause })
}
