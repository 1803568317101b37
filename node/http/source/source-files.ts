import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LISTING_BYTES = 16 * 1024 * 1024

/** What stands at the top of the program's folder: what it is made of, where git cannot say. */
export const topLevel = [
  '.ci',
  '.editorconfig',
  '.gitignore',
  '.npmrc',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'artworks',
  'docs',
  'exhibit-ui',
  'firmware-config',
  'node',
  'package-lock.json',
  'package.json',
  'tests',
  'tsconfig.json',
  'vitest.config.ts',
]
const excluded = new Set(['node_modules', 'data', 'dist', '.git'])

/** Paths of the program's own files under its directory, sorted by code units. */
export async function sourceFiles(directory: string): Promise<string[]> {
  const files = (await trackedByGit(directory)) ?? (await underKnownFolders(directory))
  return files.sort()
}

/** null when the directory is no checkout, or there is no git. */
async function trackedByGit(directory: string): Promise<string[] | null> {
  try {
    // A checkout of its own: not a folder inside someone else's.
    await stat(join(directory, '.git'))
    const { stdout } = await run('git', ['-C', directory, 'ls-files', '-z'], { maxBuffer: LISTING_BYTES })
    const files = stdout.split('\0').filter((file) => file !== '')
    return files.length > 0 ? files : null
  } catch {
    // Installed as a copy, or by a user git does not trust: the known folders say nearly the same.
    return null
  }
}

async function underKnownFolders(directory: string): Promise<string[]> {
  const files: string[] = []
  for (const source of topLevel) await collect(source)
  return files

  async function collect(path: string): Promise<void> {
    let entry
    try {
      entry = await stat(join(directory, path))
    } catch {
      // Not every copy has every file of a checkout.
      return
    }
    if (entry.isFile()) files.push(path)
    if (!entry.isDirectory()) return
    for (const child of await readdir(join(directory, path), { withFileTypes: true })) {
      if (excluded.has(child.name) || child.name.startsWith('.') || child.isSymbolicLink()) continue
      await collect(`${path}/${child.name}`)
    }
  }
}
