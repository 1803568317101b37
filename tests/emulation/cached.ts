import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface CachedInit {
  readonly cache: string
  readonly name: string
  /** All that the result depends on: another recipe is another result. */
  readonly recipe: string
  readonly say: (line: string) => void
  /** Makes it, in an empty folder. */
  readonly make: (folder: string) => Promise<void> | void
}

/** A folder that takes minutes to make, from the cache where it is there. What was cut off while it was made does not count. */
export async function cached({ cache, name, recipe, say, make }: CachedInit): Promise<string> {
  const digest = createHash('sha256').update(recipe).digest('hex').slice(0, 12)
  const folder = join(cache, `${name}-${digest}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  // Of an older recipe, or of a run that was cut off.
  for (const entry of readdirSync(cache)) {
    if (entry.startsWith(`${name}-`)) rmSync(join(cache, entry), { recursive: true, force: true })
  }
  say(`${name}: to be made once, in ${folder}`)
  const started = performance.now()
  const fresh = `${folder}.new`
  mkdirSync(fresh)
  await make(fresh)
  renameSync(fresh, folder)
  say(`${name}: made in ${Math.round((performance.now() - started) / 1000)} s`)
  return folder
}
