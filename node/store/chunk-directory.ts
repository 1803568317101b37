import { join } from 'node:path'
import { formatLimits } from '../../artworks/format/limits.ts'
import { syncDirectory } from './durable-files.ts'
import type { FileSystem } from './durable-files.ts'

/**
 * The base32 text of a CIDv1, raw or dag-pb, sha2-256: four bytes of prefix, 32 of digest. 288 bits fill 57 characters and
 * three bits of the 58th. Checked by form, since parsing a hundred thousand names would cost a second at every start.
 */
const CHUNK_NAME = /^ba(?:fkrei|fybei)[a-h][a-z2-7]{50}[aeimquy4]$/
/** An older store has its files in folders of two characters. */
const FOLDER_NAME = /^[a-z2-7]{2}$/
/** Files whose size is asked for at once. */
const AT_ONCE = 256
/** The one block of no bytes: an empty file's. */
const EMPTY_CHUNK = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

/**
 * Lists a store's directory by name and size, reading no content. Files of an older store are moved to where they belong first.
 * @returns the size in bytes of each file that can be a block, and the paths of what cannot be one: another name, no plain
 * file, empty (what some cards leave of a file after a loss of power) or beyond the largest block
 */
export async function listChunkFiles(
  dir: string,
  fs: FileSystem,
): Promise<{ chunks: Map<string, number>; impossible: string[] }> {
  const chunks = new Map<string, number>()
  const impossible: string[] = []
  await unfold(dir, fs)
  const names = await fs.readdir(dir)
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE)
    const stats = await Promise.all(some.map(async (name) => fs.lstat(join(dir, name))))
    for (const [at, name] of some.entries()) {
      const stat = stats[at]
      if (stat === undefined || stat.isDirectory()) continue
      const possible =
        stat.isFile() &&
        CHUNK_NAME.test(name) &&
        stat.size <= formatLimits.blockBytes &&
        (stat.size > 0 || name === EMPTY_CHUNK)
      if (possible) chunks.set(name, stat.size)
      else impossible.push(join(dir, name))
    }
  }
  return { chunks, impossible }
}

/** Where the power fails in the middle, the next start goes on. */
async function unfold(dir: string, fs: FileSystem): Promise<void> {
  for (const folder of (await fs.readdir(dir)).filter((name) => FOLDER_NAME.test(name))) {
    const path = join(dir, folder)
    if (!(await fs.lstat(path)).isDirectory()) continue
    for (const name of await fs.readdir(path)) {
      // What is no chunk must not lie over anything of the store's own.
      const to = CHUNK_NAME.test(name) ? name : `${folder}-${name}`
      await fs.rename(join(path, name), join(dir, to))
    }
    await syncDirectory(dir, fs)
    await fs.rm(path, { recursive: true })
  }
}
