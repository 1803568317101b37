import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { DataDir } from './data-dir.ts'
import { writeFileAtomically } from './durable-files.ts'
import { StoreError } from './errors.ts'

const FILE = 'exhibition'

/** Which exhibition a data directory belongs to: its did, or null in a new one. @throws {StoreError} when the file is damaged */
export async function readExhibitionId(dataDir: DataDir): Promise<Did | null> {
  const path = join(dataDir.path, FILE)
  let text: string
  try {
    text = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  if (!isDid(text)) {
    throw new StoreError(
      'database-damaged',
      `${path} does not name an exhibition; put its id (did:key:…) back, or start with another --data-dir`,
    )
  }
  return text
}

/** Written last of all that founding or joining writes: a start that was cut off before begins anew. */
export async function writeExhibitionId(dataDir: DataDir, id: Did): Promise<void> {
  await writeFileAtomically(join(dataDir.path, FILE), new TextEncoder().encode(`${id}\n`))
}
