import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PrivateKey } from '@libp2p/interface'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { Holdings } from '../store/holdings.ts'
import type { RecordDoor } from '../store/record-door.ts'
import { readArtworkFolder } from './artwork-yaml.ts'
import { importDirectory } from './import-directory.ts'
import type { ImportProgress } from './import-directory.ts'
import { claimedNow, manifestOf } from './manifest.ts'

export interface HouseCollectionParts {
  readonly dir: string
  readonly key: PrivateKey
  readonly catalogue: Catalogue
  readonly chunks: ChunkStore
  readonly holdings: Holdings
  readonly door: RecordDoor
  readonly signal: AbortSignal
  onWork(slug: string, index: number, total: number): void
  onProgress(slug: string, progress: ImportProgress): void
}

/** Hangs the works of a collection folder that are not in the catalogue yet; what is there, or was withdrawn, stays as it is. */
export async function hangHouseCollection(parts: HouseCollectionParts): Promise<number> {
  const artist = didFromPublicKey(parts.key.publicKey)
  const slugs = await collectionSlugs(parts.dir)
  const missing = slugs.filter((slug) => parts.catalogue.artwork(artist, slug) === undefined)
  for (const [index, slug] of missing.entries()) {
    parts.onWork(slug, index, missing.length)
    const folder = await readArtworkFolder(join(parts.dir, slug))
    const files = await importDirectory(folder.workDir, (cid, bytes) => parts.chunks.put(cid, bytes), {
      signal: parts.signal,
      onProgress: (progress) => parts.onProgress(slug, progress),
    })
    await parts.holdings.track(files.root.toString(), files)
    const manifest = manifestOf(folder.description, files, {
      exhibition: parts.catalogue.id,
      sequence: 1,
      claimed: claimedNow(),
    })
    await parts.door.submit((await sealRecord(manifest, parts.key)).bytes)
  }
  return missing.length
}

async function collectionSlugs(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}
