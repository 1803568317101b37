import { constants } from 'node:fs'
import { systemCode, writeSynced } from './durable-files.ts'
import type { FileSystem } from './durable-files.ts'
import { isWholePages } from './page-memory.ts'

const DIRECT = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_DIRECT

/**
 * Writes new files whose content is on the disk on return. Whole pages go to the disk from where they are, past the system's cache
 * (O_DIRECT): a copy of each in fresh memory of the kernel's costs more than all else that storing it takes, and pushes out what
 * visitors look at (docs/decisions/0064). Where a file system does not know that, as everything else: by way of the cache.
 */
export class BlockWriter {
  readonly #fs: FileSystem
  #isDirect = constants.O_DIRECT !== undefined

  constructor(fs: FileSystem) {
    this.#fs = fs
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (this.#isDirect && isWholePages(bytes)) {
      try {
        await this.#writeDirect(path, bytes)
        return
      } catch (error) {
        if (systemCode(error) !== 'EINVAL') throw error
        this.#isDirect = false
        await this.#fs.rm(path, { force: true })
      }
    }
    await writeSynced(path, bytes, { fs: this.#fs })
  }

  async #writeDirect(path: string, bytes: Uint8Array): Promise<void> {
    const file = await this.#fs.open(path, DIRECT, 0o644)
    try {
      // One write as a rule; a disk that takes a part of it takes whole blocks, and says on the next try why not all.
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, at)
        if (bytesWritten === 0) throw new Error(`nothing more of ${path} can be written`)
        at += bytesWritten
      }
      await file.sync()
    } finally {
      // What was synced is on the disk, whatever closing says.
      file.close().catch(() => undefined)
    }
  }
}
