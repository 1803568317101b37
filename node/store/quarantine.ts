import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import { makeDirectory, systemCode } from './durable-files.ts'
import type { FileSystem } from './durable-files.ts'

/** A directory of damaged files, kept for whoever wants to know what happened to a card. Bounded: the first ones stay. */
export class Quarantine {
  readonly #dir: string
  readonly #fs: FileSystem
  readonly #logger: Logger | undefined
  readonly #maxFiles: number
  #files: number

  private constructor(
    dir: string,
    files: number,
    options: { fs: FileSystem; logger: Logger | undefined; maxFiles: number },
  ) {
    this.#dir = dir
    this.#files = files
    this.#fs = options.fs
    this.#logger = options.logger
    this.#maxFiles = options.maxFiles
  }

  static async open(
    dir: string,
    options: { fs: FileSystem; logger: Logger | undefined; maxFiles: number },
  ): Promise<Quarantine> {
    await makeDirectory(dir, { fs: options.fs })
    const files = await options.fs.readdir(dir)
    return new Quarantine(dir, files.length, options)
  }

  /**
   * Moves a file here, or deletes it when this directory is full. Never throws: the file is out of the index already, and a
   * disk that refuses the move must not keep the chunk from being fetched again.
   */
  async take(path: string): Promise<void> {
    const full = this.#files >= this.#maxFiles
    // Counted before the move: two files at once must not both take the last place.
    if (!full) this.#files += 1
    try {
      if (full) await this.#fs.rm(path, { recursive: true, force: true })
      else await this.#fs.rename(path, join(this.#dir, `${basename(path)}.${this.#files}`))
      this.#logger?.warn({ file: basename(path), deleted: full }, 'a damaged file was set aside')
    } catch (error) {
      if (!full) this.#files -= 1
      // Gone already: what cannot be read need not be moved.
      if (systemCode(error) === 'ENOENT') return
      this.#logger?.error({ err: error, file: basename(path) }, 'a damaged file could not be set aside')
    }
  }
}
