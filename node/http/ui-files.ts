import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from './content-encoding.ts'
import type { Encoding } from './content-encoding.ts'
import { entityTagOf } from './entity-tag.ts'

export interface UiFile {
  readonly bytes: Buffer
  readonly tag: string
}

/** What the build has compressed already, well and once. */
const suffixes = { br: '.br', zstd: '.zst', gzip: '.gz' }
/** Pictures and fonts are compressed already. */
const compressible = /\.(?:html|js|css|svg|json|txt|webmanifest|map|wasm)$/
const NAME = /^[\w.-]{1,200}$/

/** The built user interface: read when first asked for, compressed once, kept in memory up to a bound. */
export class UiFiles {
  readonly #dir: string
  readonly #limits: { readonly assetBytes: number; readonly compressedBytesKept: number }
  readonly #kept = new Map<string, Promise<UiFile | null>>()
  #keptBytes = 0

  constructor(dir: string, limits: { assetBytes: number; compressedBytesKept: number }) {
    this.#dir = dir
    this.#limits = limits
  }

  /** A page in a language, or null when the user interface is not built. @param name of its HTML file, without the ending */
  page(name: string, language: string, encoding: Encoding): Promise<UiFile | null> {
    return this.#keep(`page ${name} ${language} ${encoding}`, async () => {
      const page = await this.pageText(name, language)
      return page === null ? null : this.#encode(Buffer.from(page), encoding)
    })
  }

  /** The same as text, for a page that is made anew for each visitor. */
  async pageText(name: string, language: string): Promise<string | null> {
    const html = await this.text(`${name}.html`)
    return html?.replace(/(<html\b[^>]*?\blang=)"[^"]*"/, `$1"${language}"`) ?? null
  }

  /** A text directly in the folder, or null. */
  async text(name: string): Promise<string | null> {
    const file = await this.#keep(`text ${name}`, async () => {
      const bytes = await this.#read(name)
      return bytes === null ? null : { bytes, tag: '' }
    })
    return file?.bytes.toString('utf8') ?? null
  }

  /** @param name of a file directly in the folder, or in `assets/`; anything else is null */
  file(folder: '' | 'assets', name: string, encoding: Encoding): Promise<UiFile | null> {
    if (!NAME.test(name) || name.startsWith('.')) return Promise.resolve(null)
    const path = join(folder, name)
    const used = compressible.test(name) ? encoding : 'identity'
    return this.#keep(`${path} ${used}`, async () => {
      const ready = used === 'identity' ? null : await this.#read(`${path}${suffixes[used]}`)
      if (ready !== null) return { bytes: ready, tag: entityTagOf(ready) }
      const bytes = await this.#read(path)
      return bytes === null ? null : this.#encode(bytes, used)
    })
  }

  isCompressible(name: string): boolean {
    return compressible.test(name)
  }

  async #encode(bytes: Buffer, encoding: Encoding): Promise<UiFile> {
    const encoded = await encode(bytes, encoding)
    return { bytes: encoded, tag: entityTagOf(encoded) }
  }

  /** Asked for twice at once, a file is read once. What is not there is not kept: it may be built while we run. */
  async #keep(key: string, make: () => Promise<UiFile | null>): Promise<UiFile | null> {
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const making = make()
    this.#kept.set(key, making)
    try {
      const file = await making
      this.#keptBytes += file?.bytes.length ?? 0
      if (file === null || this.#keptBytes > this.#limits.compressedBytesKept) {
        this.#kept.delete(key)
        this.#keptBytes -= file?.bytes.length ?? 0
      }
      return file
    } catch (error) {
      this.#kept.delete(key)
      throw error
    }
  }

  async #read(path: string): Promise<Buffer | null> {
    try {
      const file = await open(join(this.#dir, path))
      try {
        const stat = await file.stat()
        if (!stat.isFile() || stat.size > this.#limits.assetBytes) return null
        return await file.readFile()
      } finally {
        await file.close()
      }
    } catch (error) {
      // Not there, or the user interface is not built.
      if (isMissing(error)) return null
      throw error
    }
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR'
}
