import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What was packed at an earlier build, by the sum of what it was made of: packing is half of a build, and of what is large
 * (readers of publications and models) hardly anything ever changes.
 */
export class PackedFiles {
  readonly #directory: string
  /** By name: two files of a build may hold the same. */
  readonly #used = new Map<string, Promise<Buffer>>()

  constructor(directory: string) {
    this.#directory = directory
  }

  /** @param ending of the name; another way of packing has another */
  get(bytes: Buffer, ending: string, pack: (bytes: Buffer) => Promise<Buffer>): Promise<Buffer> {
    const name = `${hash('sha256', bytes)}.${ending}`
    const got = this.#used.get(name) ?? this.#get(join(this.#directory, name), () => pack(bytes))
    this.#used.set(name, got)
    return got
  }

  async #get(path: string, pack: () => Promise<Buffer>): Promise<Buffer> {
    try {
      return await readFile(path)
    } catch {
      // Not packed before.
    }
    const packed = await pack()
    await mkdir(this.#directory, { recursive: true })
    // Whole or not at all: a build may be broken off, and two may run at once.
    const written = `${path}.${process.pid}`
    await writeFile(written, packed)
    await rename(written, path)
    return packed
  }

  /** Keeps what this build has used. */
  async prune(): Promise<void> {
    for (const name of await readdir(this.#directory)) {
      if (!this.#used.has(name)) await rm(join(this.#directory, name), { force: true })
    }
  }
}
