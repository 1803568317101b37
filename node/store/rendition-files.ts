import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const DIGEST_BYTES = 32
const NAME = /^[a-z0-9]{20,80}-\d{2,4}\.(?:avif|webp|jpeg)$/

interface Entry {
  readonly bytes: number
}

/**
 * Renditions on the disk, in a folder for each work, so that those of a withdrawn one go with it. Each begins with the digest
 * of the rest: none is synced, so after a power cut one may hold anything; it is then deleted and made again.
 */
export class RenditionFiles {
  readonly #dir: string
  readonly #maxBytes: number
  /** By `root/name`; what was used last is last. */
  readonly #entries = new Map<string, Entry>()
  #bytes = 0
  #opened: Promise<void> | undefined

  constructor(dir: string, maxBytes: number) {
    this.#dir = dir
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  async read(root: string, name: string): Promise<Buffer | null> {
    await this.#open()
    const key = `${root}/${name}`
    const entry = this.#entries.get(key)
    if (entry === undefined) return null
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    let file: Buffer
    try {
      file = await readFile(join(this.#dir, key))
    } catch {
      // Deleted by somebody else: made again.
      this.#forget(key)
      return null
    }
    const bytes = file.subarray(DIGEST_BYTES)
    if (!digestOf(bytes).equals(file.subarray(0, DIGEST_BYTES))) {
      await this.#delete(key)
      return null
    }
    return bytes
  }

  /** @throws a system error when the disk does not take it */
  async write(root: string, name: string, bytes: Uint8Array): Promise<void> {
    await this.#open()
    const key = `${root}/${name}`
    const size = bytes.length + DIGEST_BYTES
    if (size > this.#maxBytes) return
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes + size <= this.#maxBytes) break
      await this.#delete(oldest)
    }
    await mkdir(join(this.#dir, root), { recursive: true })
    const path = join(this.#dir, key)
    await writeFile(`${path}.tmp`, Buffer.concat([digestOf(bytes), bytes]))
    await rename(`${path}.tmp`, path)
    this.#forget(key)
    this.#entries.set(key, { bytes: size })
    this.#bytes += size
  }

  /** Deletes those of works that are no longer shown. */
  async keepOnly(isShown: (root: string) => boolean): Promise<void> {
    await this.#open()
    const roots = new Set([...this.#entries.keys()].map((key) => key.slice(0, key.indexOf('/'))))
    for (const root of roots) {
      if (isShown(root)) continue
      for (const key of this.#entries.keys()) if (key.startsWith(`${root}/`)) this.#forget(key)
      await rm(join(this.#dir, root), { recursive: true, force: true })
    }
  }

  /** Looked through when first needed, not at the start of the node: oldest first, since no use is written down. */
  #open(): Promise<void> {
    this.#opened ??= this.#list()
    return this.#opened
  }

  async #list(): Promise<void> {
    const found: { key: string; bytes: number; at: number }[] = []
    for (const root of await namesIn(this.#dir)) {
      for (const name of await namesIn(join(this.#dir, root))) {
        const path = join(this.#dir, root, name)
        if (!NAME.test(name)) await rm(path, { force: true, recursive: true })
        else {
          const { size, mtimeMs } = await stat(path)
          found.push({ key: `${root}/${name}`, bytes: size, at: mtimeMs })
        }
      }
    }
    found.sort((a, b) => a.at - b.at)
    for (const { key, bytes } of found) {
      this.#entries.set(key, { bytes })
      this.#bytes += bytes
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }

  async #delete(key: string): Promise<void> {
    this.#forget(key)
    await rm(join(this.#dir, key), { force: true })
  }
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir)
  } catch {
    // Not there yet, or no directory: nothing is in it.
    return []
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
