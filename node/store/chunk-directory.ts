import { join } from 'node:path'
import { formatLimits } from '../../artworks/format/limits.ts'
import type { FileSystem } from './durable-files.ts'

/**
 * The base32 text of a CIDv1, raw or dag-pb, sha2-256: four bytes of prefix, 32 of digest. 288 bits fill 57 characters and
 * three bits of the 58th. Checked by form, since parsing a hundred thousand names would cost a second at every start.
 */
const CHUNK_NAME = /^ba(?:fkrei|fybei)[a-h][a-z2-7]{50}[aeimquy4]$/
const SHARD_NAME = /^[a-z2-7]{2}$/
/** The one block of no bytes: an empty file's. */
const EMPTY_CHUNK = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

/** The last two characters: of a digest they spread evenly, over 256 directories. */
export function shardOf(cid: string): string {
  return cid.slice(-2)
}

/**
 * Lists a store's directory by name and size.
 * @returns the size in bytes of each file that can be a block, and the paths of what cannot be one: another name, in the
 * wrong directory, no plain file, empty (what some cards leave of a file after a loss of power) or beyond the largest block
 */
export async function listChunkFiles(
  dir: string,
  fs: FileSystem,
): Promise<{ chunks: Map<string, number>; impossible: string[] }> {
  const chunks = new Map<string, number>()
  const impossible: string[] = []
  const shards = (await fs.readdir(dir)).filter((name) => SHARD_NAME.test(name))
  for (const shard of shards) {
    const names = await fs.readdir(join(dir, shard))
    const stats = await Promise.all(names.map(async (name) => fs.lstat(join(dir, shard, name))))
    for (const [at, name] of names.entries()) {
      const stat = stats[at]
      const possible =
        stat !== undefined &&
        stat.isFile() &&
        CHUNK_NAME.test(name) &&
        shardOf(name) === shard &&
        stat.size <= formatLimits.blockBytes &&
        (stat.size > 0 || name === EMPTY_CHUNK)
      if (possible) chunks.set(name, stat.size)
      else impossible.push(join(dir, shard, name))
    }
  }
  return { chunks, impossible }
}
