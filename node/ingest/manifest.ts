import type { Did } from '../../artworks/format/did-key.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import type { ArtworkDescription } from './artwork-yaml.ts'
import type { ImportedDirectory } from './import-directory.ts'

/** The statement an artist signs: what they say of the work, and the root, size and chunks of its files. */
export function manifestOf(
  description: ArtworkDescription,
  files: Pick<ImportedDirectory, 'root' | 'size' | 'chunks'>,
  of: { exhibition: Did; sequence: number; claimed?: string },
): Manifest {
  return {
    kind: 'artwork',
    v: 1,
    exhibition: of.exhibition,
    sequence: of.sequence,
    ...(of.claimed === undefined ? {} : { claimed: of.claimed }),
    ...description,
    root: files.root,
    size: files.size,
    chunks: files.chunks,
  }
}

/** Now, as a signer claims it: RFC 3339 in UTC, whole seconds. A claim only: no clock decides anything here. */
export function claimedNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`
}
