import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { entityTagOf } from './entity-tag.ts'

export type Encoding = 'br' | 'gzip' | 'identity'

export interface UiFile {
  readonly bytes: Buffer
  readonly tag: string
}

const compressors = {
  br: (bytes: Buffer): Promise<Buffer> =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (bytes: Buffer): Promise<Buffer> => promisify(gzip)(bytes, { level: 7 }),
}
const suffixes = { br: '.br', gzip: '.gz' }
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
      const html = await this.#read(`${name}.html`)
      if (html === null) return null
      const page = html.toString('utf8').replace(/(<html\b[^>]*?\blang=)"[^"]*"/, `$1"${language}"`)
      return this.#encode(Buffer.from(page), encoding)
    })
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
    const encoded = encoding === 'identity' ? bytes : await compressors[encoding](bytes)
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
