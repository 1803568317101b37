import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  symlink,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { writeSynced } from '../store/durable-files.ts'
import { CommandError } from './errors.ts'
import { manifestName, rootFolder } from './write-rendered.ts'

/** What was there before, and what was put there: enough to take it all away again. */
const stateFolder = 'var/lib/mesh-art-firmware'
const stateName = 'applied.json'

const manifestSchema = v.object({
  node: v.string(),
  files: v.array(
    v.object({
      path: v.pipe(
        v.string(),
        v.regex(/^\/[^\0]+$/),
        v.check((path) => !path.split('/').includes('..')),
      ),
      scope: v.picklist(['system', 'card']),
      mode: v.optional(v.pipe(v.string(), v.regex(/^0[0-7]{3}$/))),
      link: v.optional(v.string()),
    }),
  ),
})
const stateSchema = v.object({
  node: v.string(),
  /** Absolute paths on the node; `saved` names what was there before, below the state folder. */
  files: v.array(v.object({ path: v.string(), saved: v.optional(v.string()) })),
})
type State = v.InferOutput<typeof stateSchema>

export interface Applied {
  readonly node: string
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Puts the files of a rendered node into a system, and takes away those of an earlier rendering. What it replaces it keeps.
 * The list is written before each change: what was cut off is gone on with, or undone, by the next run.
 */
export async function applyRendered(
  folder: string,
  root: string,
  { card = false, dryRun = false }: { card?: boolean; dryRun?: boolean } = {},
): Promise<Applied> {
  const manifest = await readManifest(folder)
  const wanted = manifest.files.filter(({ scope }) => card || scope === 'system')
  const known = new Map((await readState(root))?.files.map((one) => [one.path, one]))
  const changed: string[] = []
  for (const { path, mode, link } of wanted) {
    const source = join(folder, rootFolder, path)
    const target = join(root, path)
    if (link === undefined ? await isSameFile(source, target, mode) : (await linkAt(target)) === link) {
      if (known.has(path)) continue
    }
    changed.push(path)
    if (dryRun) continue
    if (!known.has(path)) {
      const saved = (await isAnything(target)) ? join('before', encodeURIComponent(path)) : undefined
      if (saved !== undefined) await copyAside(target, join(root, stateFolder, saved))
      known.set(path, { path, ...(saved === undefined ? {} : { saved }) })
      await writeState(root, { node: manifest.node, files: [...known.values()] })
    }
    await mkdir(dirname(target), { recursive: true })
    const fresh = `${target}.mesh-art-new`
    await rm(fresh, { force: true })
    if (link === undefined) {
      const bits = Number.parseInt(mode ?? '0644', 8)
      await writeSynced(fresh, await readFile(source), { mode: bits })
      // Whatever the umask.
      await chmod(fresh, bits)
    } else await symlink(link, fresh)
    await rename(fresh, target)
  }
  const paths = new Set(wanted.map(({ path }) => path))
  const gone = [...known.values()].filter(({ path }) => !paths.has(path))
  if (!dryRun) {
    for (const one of gone) {
      await putBack(root, one)
      known.delete(one.path)
    }
    await writeState(root, { node: manifest.node, files: [...known.values()] })
  }
  return { node: manifest.node, changed, removed: gone.map(({ path }) => path) }
}

/** Takes all of it away, and puts back what was there. @returns the paths, or null where nothing was applied */
export async function undoRendered(root: string, { dryRun = false } = {}): Promise<string[] | null> {
  const state = await readState(root)
  if (state === null) return null
  if (dryRun) return state.files.map(({ path }) => path)
  for (const one of state.files.toReversed()) await putBack(root, one)
  await rm(join(root, stateFolder), { recursive: true, force: true })
  return state.files.map(({ path }) => path)
}

async function putBack(root: string, { path, saved }: State['files'][number]): Promise<void> {
  const target = join(root, path)
  await rm(target, { force: true })
  if (saved === undefined) await removeEmptyAbove(root, path)
  else if (await isAnything(join(root, stateFolder, saved)))
    await rename(join(root, stateFolder, saved), target)
}

/** Folders that were made for a file go with it, as far as they are empty and below /etc. */
async function removeEmptyAbove(root: string, path: string): Promise<void> {
  let folder = dirname(path)
  while (folder.split('/').length > 2) {
    const here = join(root, folder)
    if ((await readdir(here).catch(() => ['?'])).length > 0) return
    await rmdir(here)
    folder = dirname(folder)
  }
}

async function copyAside(from: string, to: string): Promise<void> {
  await mkdir(dirname(dirname(dirname(to))), { recursive: true })
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rm(to, { force: true })
  const link = await linkAt(from)
  if (link !== null) await symlink(link, to)
  else await writeSynced(to, await readFile(from), { mode: (await lstat(from)).mode & 0o7777 })
}

async function isSameFile(source: string, target: string, mode: string | undefined): Promise<boolean> {
  try {
    const there = await lstat(target)
    if (!there.isFile() || (there.mode & 0o7777) !== Number.parseInt(mode ?? '0644', 8)) return false
    return (await readFile(source)).equals(await readFile(target))
  } catch {
    // Not there: not the same.
    return false
  }
}

const linkAt = (path: string): Promise<string | null> => readlink(path).catch(() => null)
const isAnything = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

async function readManifest(folder: string): Promise<v.InferOutput<typeof manifestSchema>> {
  try {
    return v.parse(manifestSchema, JSON.parse(await readFile(join(folder, manifestName), 'utf8')))
  } catch (cause) {
    throw new CommandError(`${folder} is no rendered node: mesh-art firmware render makes one a node`, {
      cause,
    })
  }
}

async function readState(root: string): Promise<State | null> {
  try {
    return v.parse(stateSchema, JSON.parse(await readFile(join(root, stateFolder, stateName), 'utf8')))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new CommandError(`/${stateFolder}/${stateName} is damaged: nothing was changed`, { cause })
  }
}

async function writeState(root: string, state: State): Promise<void> {
  const folder = join(root, stateFolder)
  // The folders above it are the system's, and stay open.
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const fresh = join(folder, `${stateName}.new`)
  await rm(fresh, { force: true })
  await writeSynced(fresh, new TextEncoder().encode(`${JSON.stringify(state, null, 1)}\n`), { mode: 0o600 })
  await rename(fresh, join(folder, stateName))
}
