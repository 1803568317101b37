import { access, open, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ImageError } from '../image/image-error.ts'
import type { BootChange, BootTexts } from './boot-loader.ts'
import { commandLinePath } from './command-line.ts'
import { piConfigPath } from './pi-loader.ts'
import { slots } from './slot.ts'
import { sheetPath } from './update-plan.ts'

const entries = 'loader/entries'
/** What is changed in place must be within one. */
const sectorBytes = 512
/** Of a text there; larger ones are none of ours. */
const maxTextBytes = 16 * 1024

/** The texts of a boot partition that is mounted at `folder`. */
export async function readBootTexts(folder: string): Promise<BootTexts> {
  const names = (await ifThere(readdir(join(folder, entries)))) ?? []
  const paths = [
    ...names.map((name) => `${entries}/${name}`),
    piConfigPath,
    ...slots.flatMap((slot) => [commandLinePath(slot), sheetPath(slot)]),
  ]
  const texts = new Map<string, string>()
  for (const path of paths) {
    const bytes = await ifThere(readFile(join(folder, path)))
    if (bytes !== null && bytes.length <= maxTextBytes) texts.set(path, bytes.toString())
  }
  return texts
}

/** What cannot be read is not taken for what is not there: a failing card would else look empty. */
async function ifThere<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Makes changes one after the other, each on the card before the next. */
export async function makeBootChanges(folder: string, changes: readonly BootChange[]): Promise<void> {
  for (const change of changes) {
    const path = join(folder, change.path)
    if (change.kind === 'remove') {
      if ((await ifThere(access(path))) === null) continue
      await rm(path)
    } else if (change.kind === 'over') await writeOver(path, change.text)
    // Under its own name: after a rename, FAT has the name on the card and not yet what it stands for.
    else await writeSynced(path, Buffer.from(change.text), 'w')
    await syncFolder(dirname(path))
  }
}

async function writeOver(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8')
  const differing = Array.from(text).findLastIndex((sign, i) => sign !== before[i])
  if (text.length !== before.length || differing >= sectorBytes)
    throw new ImageError(`${path} cannot be changed in place: it was changed by hand`)
  await writeSynced(path, Buffer.from(text).subarray(0, sectorBytes), 'r+')
}

export async function writeSynced(path: string, bytes: Uint8Array, flags: 'w' | 'r+'): Promise<void> {
  const file = await open(path, flags, 0o600)
  try {
    await file.write(bytes, 0, bytes.length, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const file = await open(folder)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
