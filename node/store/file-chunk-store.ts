import { cidKey } from '../../artworks/format/cid-key.ts'
import { join } from 'node:path'
import type { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { assertBlock, isVerifiedBlock } from './block-hash.ts'
import { BlockWriter } from './block-writer.ts'
import { listChunkFiles } from './chunk-directory.ts'
import type { ChunkDamage, ChunkReading, ChunkStore } from './chunk-store.ts'
import { DirectorySyncer } from './directory-syncer.ts'
import { makeDirectory, nodeFileSystem, storeErrorOf, systemCode } from './durable-files.ts'
import type { FileSystem } from './durable-files.ts'
import { StoreError } from './errors.ts'
import { Quarantine } from './quarantine.ts'
import { Turns } from './turns.ts'

export const fileChunkStoreLimits = Object.freeze({
  /** Written at most between two looks at how much of the disk is free. */
  uncheckedBytes: 16 * 1024 * 1024,
  /** Bytes of the disk left free for the system, its journal and the database. */
  reserveBytes: 256 * 1024 * 1024,
  /** On a small disk the default reserve is at most this share of it. */
  reserveShare: 0.05,
  /** Damaged files kept for whoever wants to know what happened; further ones are deleted. */
  quarantinedFiles: 32,
})

export interface FileChunkStoreOptions {
  /** Bytes of the disk to leave free; default 256 MiB, or 5 % of a small disk. */
  readonly reserveBytes?: number
  /** Default 16 MiB: written at most between two looks at how much of the disk is free. */
  readonly uncheckedBytes?: number
  readonly logger?: Logger
  readonly fs?: FileSystem
}

/** What reading says of a file that holds no block any more. Anything else (too many open files) is the machine's trouble. */
const UNREADABLE_CODES = new Set(['ENOENT', 'EIO', 'EBADMSG', 'EUCLEAN', 'EISDIR', 'ENOTDIR', 'ELOOP'])

/** One stored block. Each put makes a new one, so identity tells whether a file was replaced while it was being read. */
interface Entry {
  readonly size: number
}

/**
 * Blocks as files, `<dir>/<CID>`. A block is written under a temporary name in `<dir>/incoming`, synced, renamed and its directory
 * synced before it counts as held, so that a loss of power at any instant leaves whole blocks and left-over temporary files, never
 * half a block under its name. One directory for all: one sync of it holds for all that were renamed before (docs/decisions/0065).
 */
export class FileChunkStore implements ChunkStore {
  /** Bytes of the disk that are left free. */
  readonly reserveBytes: number
  readonly #uncheckedBytes: number
  readonly #dir: string
  readonly #fs: FileSystem
  readonly #logger: Logger | undefined
  readonly #index: Map<string, Entry>
  readonly #quarantine: Quarantine
  readonly #writer: BlockWriter
  readonly #syncer: DirectorySyncer
  readonly #turns = new Turns()
  readonly #puts = new Map<string, Promise<void>>()
  readonly #listeners = new Set<(damage: ChunkDamage) => void>()
  #bytes = 0
  #inFlightBytes = 0
  /** May be written before the system is asked again how much is free. */
  #roomBytes = 0
  #temporaries = 0

  private constructor(
    dir: string,
    parts: {
      fs: FileSystem
      logger: Logger | undefined
      index: Map<string, Entry>
      quarantine: Quarantine
      reserveBytes: number
      uncheckedBytes: number
    },
  ) {
    this.#dir = dir
    this.#fs = parts.fs
    this.#logger = parts.logger
    this.#index = parts.index
    this.#quarantine = parts.quarantine
    this.#writer = new BlockWriter(parts.fs)
    this.#syncer = new DirectorySyncer(parts.fs)
    this.reserveBytes = parts.reserveBytes
    this.#uncheckedBytes = parts.uncheckedBytes
    for (const { size } of parts.index.values()) this.#bytes += size
  }

  /**
   * Opens or creates a store: removes temporary files, lists what is there by name and size (reading no content), and sets
   * aside what cannot be a block. Damage inside a block is found when it is read.
   * @throws {StoreError} `disk-full`, `disk-unwritable`
   */
  static async open(dir: string, options: FileChunkStoreOptions = {}): Promise<FileChunkStore> {
    const { fs = nodeFileSystem, logger, uncheckedBytes = fileChunkStoreLimits.uncheckedBytes } = options
    try {
      const incoming = join(dir, 'incoming')
      await makeDirectory(incoming, { fs })
      for (const name of await fs.readdir(incoming)) {
        await fs.rm(join(incoming, name), { recursive: true, force: true })
      }
      const quarantine = await Quarantine.open(join(dir, 'quarantine'), {
        fs,
        logger,
        maxFiles: fileChunkStoreLimits.quarantinedFiles,
      })
      const { chunks, impossible } = await listChunkFiles(dir, fs)
      for (const path of impossible) await quarantine.take(path)
      const index = new Map<string, Entry>()
      for (const [cid, size] of chunks) index.set(cid, { size })
      const reserveBytes = options.reserveBytes ?? (await defaultReserve(dir, fs))
      return new FileChunkStore(dir, { fs, logger, index, quarantine, reserveBytes, uncheckedBytes })
    } catch (error) {
      throw storeErrorOf(error, dir)
    }
  }

  has(cid: CID): boolean {
    return this.#index.has(cidKey(cid))
  }

  size(cid: CID): number | null {
    return this.#index.get(cidKey(cid))?.size ?? null
  }

  list(): Iterable<string> {
    return this.#index.keys()
  }

  usage(): { chunks: number; bytes: number } {
    return { chunks: this.#index.size, bytes: this.#bytes }
  }

  /** Bytes of the disk that are free for this user now, the reserve included. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await this.#fs.statfs(this.#dir)
    return bavail * bsize
  }

  async get(cid: CID, { signal, into, checks = true }: ChunkReading = {}): Promise<Uint8Array | null> {
    const key = cidKey(cid)
    for (;;) {
      signal?.throwIfAborted()
      const entry = this.#index.get(key)
      if (entry === undefined) return null
      const bytes = await this.#read(key, entry.size, into)
      if (bytes !== null && (checks ? isVerifiedBlock(cid, bytes) : bytes.length === entry.size)) return bytes
      // Deleted, set aside or put anew while it was being read: look again, what was read says nothing of what is there.
      if (this.#index.get(key) !== entry) continue
      const cause = bytes === null ? 'unreadable' : 'mismatch'
      this.#logger?.warn({ cid: key, cause }, 'a stored chunk is damaged and is set aside')
      this.#drop(key)
      // In turn, so that a put of the same block waits and its good file is not the one that is moved.
      await this.#turns.take(key, () => this.#quarantine.take(this.#pathOf(key)))
      for (const listener of this.#listeners) listener({ cid: key, cause })
      return null
    }
  }

  async put(cid: CID, bytes: Uint8Array): Promise<void> {
    assertBlock(cid, bytes)
    const key = cidKey(cid)
    if (this.#index.has(key)) return
    const joined = this.#puts.get(key)
    if (joined !== undefined) return joined
    const put = this.#turns.take(key, () => this.#write(key, bytes))
    this.#puts.set(key, put)
    try {
      await put
    } finally {
      if (this.#puts.get(key) === put) this.#puts.delete(key)
    }
  }

  async delete(cid: CID): Promise<void> {
    const key = cidKey(cid)
    // From here a put starts anew instead of joining one whose file this call removes.
    this.#puts.delete(key)
    this.#drop(key)
    await this.#turns.take(key, async () => {
      this.#drop(key)
      try {
        // Not synced: a block that comes back after a loss of power is whole, and the next gc drops it again.
        await this.#fs.rm(this.#pathOf(key), { force: true })
      } catch (error) {
        throw storeErrorOf(error, this.#dir)
      }
    })
  }

  onDamage(listener: (damage: ChunkDamage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#turns.idle()
    this.#listeners.clear()
  }

  #pathOf(key: string): string {
    return join(this.#dir, key)
  }

  #drop(key: string): void {
    const entry = this.#index.get(key)
    if (entry === undefined) return
    this.#index.delete(key)
    this.#bytes -= entry.size
  }

  /** @returns up to `size` bytes of the file; null when it cannot be read */
  async #read(key: string, size: number, into?: Uint8Array): Promise<Uint8Array | null> {
    // Not from Buffer's shared pool: a small block kept by a caller would hold the whole pool.
    const bytes = into !== undefined && into.length >= size ? into : Buffer.allocUnsafeSlow(size)
    try {
      const file = await this.#fs.open(this.#pathOf(key), 'r')
      try {
        let filled = 0
        while (filled < size) {
          const { bytesRead } = await file.read(bytes, filled, size - filled, filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
        return bytes.subarray(0, filled)
      } finally {
        // Nobody waits for it, and nothing hangs on it.
        file.close().catch(() => undefined)
      }
    } catch (error) {
      if (UNREADABLE_CODES.has(systemCode(error) ?? '')) return null
      throw storeErrorOf(error, this.#dir)
    }
  }

  async #write(key: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(this.#dir, 'incoming', `${key}.${this.#temporaries++}`)
    this.#inFlightBytes += bytes.length
    try {
      await this.#assertRoom(bytes.length)
      await this.#writer.write(temporary, bytes)
      await this.#fs.rename(temporary, this.#pathOf(key))
      await this.#syncer.sync(this.#dir)
    } catch (error) {
      await this.#fs.rm(temporary, { force: true }).catch((left: unknown) => {
        // The first error is the one to tell; the next start removes what is left.
        this.#logger?.debug({ err: left }, 'a temporary file could not be removed')
      })
      throw storeErrorOf(error, this.#dir)
    } finally {
      this.#inFlightBytes -= bytes.length
    }
    this.#index.set(key, { size: bytes.length })
    this.#bytes += bytes.length
  }

  /** The system is asked anew after so many bytes, since others write to the same disk; near the reserve, before every write. */
  async #assertRoom(bytes: number): Promise<void> {
    this.#roomBytes -= bytes
    if (this.#roomBytes > 0) return
    const freeBytes = await this.freeBytes()
    // What is being written counts in full: too careful, never too late.
    const room = freeBytes - this.#inFlightBytes - this.reserveBytes
    this.#roomBytes = Math.min(this.#uncheckedBytes, room / 2)
    if (room >= 0) return
    this.#roomBytes = 0
    throw new StoreError(
      'disk-full',
      `the disk of ${this.#dir} has ${mebibytes(freeBytes)} free and keeps ${mebibytes(this.reserveBytes)} in reserve: ` +
        `free some space, run 'mesh-art gc', or use a larger card`,
    )
  }
}

async function defaultReserve(dir: string, fs: FileSystem): Promise<number> {
  const { blocks, bsize } = await fs.statfs(dir)
  return Math.min(
    fileChunkStoreLimits.reserveBytes,
    Math.floor(blocks * bsize * fileChunkStoreLimits.reserveShare),
  )
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MiB`
}
