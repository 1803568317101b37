import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What was packed at an earlier build, by the sum of what it was made of: packing is half of a build, and of what is large
 * (readers of publications and models) hardly anything ever changes.
 */
export class PackedFiles {
  readonly #directory: string
  readonly #used = new Set<string>()

  constructor(directory: string) {
    this.#directory = directory
  }

  /** @param ending of the name; another way of packing has another */
  async get(bytes: Buffer, ending: string, pack: (bytes: Buffer) => Promise<Buffer>): Promise<Buffer> {
    const name = `${hash('sha256', bytes)}.${ending}`
    this.#used.add(name)
    const path = join(this.#directory, name)
    try {
      return await readFile(path)
    } catch {
      // Not packed before.
    }
    const packed = await pack(bytes)
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
