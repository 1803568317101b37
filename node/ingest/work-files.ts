import type { BigIntStats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isFileName, isWorkPath, turnsDirection } from '../../artworks/format/work-path.ts'
import { systemCode } from '../store/durable-files.ts'
import { IngestError } from './errors.ts'
import type { IngestIssue } from './errors.ts'

export const workFilesLimits = Object.freeze({
  /** Files of one work. */
  files: 100_000,
  /** Mistakes listed at once: more would not be read. */
  issues: 50,
})

/** What operating systems and tools leave in folders unasked. Everything else is part of the work, hidden or not. */
const IGNORED_NAMES = new Set([
  '.DS_Store',
  '.Spotlight-V100',
  '.Trashes',
  '.directory',
  '.fseventsd',
  '.git',
  'Thumbs.db',
  'desktop.ini',
])
/** AppleDouble files, which macOS writes beside every file on a foreign disk. */
const IGNORED_PREFIX = '._'

/** A file as it was found; `stat` is what it must still be when it was read. */
export interface WorkFile {
  /** Path inside the work, parts joined by `/`. */
  readonly path: string
  readonly absolute: string
  readonly stat: BigIntStats
}

export interface WorkFiles {
  /** In the order of their names' code units, depth first: the same on every machine. */
  readonly files: readonly WorkFile[]
  readonly bytes: number
  /** Paths left out. */
  readonly ignored: readonly string[]
}

/**
 * Lists the files of a work's folder. Links are not followed. An empty directory is left out, as git and zip leave it out, so
 * that every copy of a folder has the same root.
 * @throws {IngestError} `not-found`, `empty`, `too-large`, `bad-file` with every mistake
 */
export async function listWorkFiles(
  dir: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<WorkFiles> {
  const walk = new Walk(signal)
  await walk.enter(dir, '')
  if (walk.issues.length > 0) throw new IngestError('bad-file', walk.issues)
  if (walk.files.length === 0) {
    throw new IngestError('empty', [{ path: dir, message: 'has no files: put the work in it' }])
  }
  return walk
}

/** @throws {IngestError} `changed` when a file was written to, came or went since the folder was listed */
export async function assertUnchanged(dir: string, listed: WorkFiles): Promise<void> {
  const now = new Map((await listWorkFiles(dir)).files.map(({ path, stat }) => [path, stat]))
  const issues: IngestIssue[] = []
  const message = 'changed while the work was being published: nothing was published; publish it again'
  for (const { path, stat } of listed.files) {
    const found = now.get(path)
    now.delete(path)
    const isSame = found?.size === stat.size && found.mtimeNs === stat.mtimeNs && found.ino === stat.ino
    if (!isSame) issues.push({ path, message })
  }
  for (const path of now.keys()) issues.push({ path, message })
  if (issues.length > 0) throw new IngestError('changed', issues.slice(0, workFilesLimits.issues))
}

class Walk implements WorkFiles {
  readonly files: WorkFile[] = []
  readonly ignored: string[] = []
  readonly issues: IngestIssue[] = []
  bytes = 0
  readonly #signal: AbortSignal | undefined

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  async enter(absolute: string, path: string): Promise<void> {
    for (const name of await namesIn(absolute)) {
      this.#signal?.throwIfAborted()
      if (this.issues.length >= workFilesLimits.issues) return
      const inside = path === '' ? name : `${path}/${name}`
      if (IGNORED_NAMES.has(name) || name.startsWith(IGNORED_PREFIX)) {
        this.ignored.push(inside)
        continue
      }
      const mistake = mistakeInName(name, inside)
      if (mistake === undefined) await this.#take(join(absolute, name), inside)
      else this.#note(inside, mistake)
    }
  }

  async #take(absolute: string, path: string): Promise<void> {
    const stat = await lstat(absolute, { bigint: true })
    if (stat.isDirectory()) {
      await this.enter(absolute, path)
    } else if (stat.isFile()) {
      if (this.files.length >= workFilesLimits.files) {
        const message = `the work has more than ${workFilesLimits.files} files: put them into an archive`
        throw new IngestError('too-large', [{ path, message }])
      }
      this.files.push({ path, absolute, stat })
      this.bytes += Number(stat.size)
    } else if (stat.isSymbolicLink()) {
      this.#note(path, 'is a symbolic link, which is not followed: put the file itself there')
    } else {
      this.#note(path, 'is neither a file nor a directory: remove it')
    }
  }

  #note(path: string, message: string): void {
    this.issues.push({ path: JSON.stringify(path).slice(1, -1), message })
  }
}

/** Names in code-unit order. Read as bytes, since a name that is not UTF-8 would come back as another one. */
async function namesIn(directory: string): Promise<string[]> {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let names: Buffer[]
  try {
    names = await readdir(directory, { encoding: 'buffer' })
  } catch (cause) {
    throw unreadable(directory, cause)
  }
  return names
    .map((name) => {
      try {
        return utf8.decode(name)
      } catch (cause) {
        const message = `has a file whose name is not UTF-8 (${name.toString('latin1')}): rename it`
        throw new IngestError('bad-file', [{ path: directory, message }], { cause })
      }
    })
    .sort()
}

function mistakeInName(name: string, path: string): string | undefined {
  if (!isFileName(name)) return 'has a name that not every card and computer can hold: rename it'
  if (turnsDirection(name)) return 'has marks in its name that turn the direction of its letters: rename it'
  // Two spellings of one name look the same, and a copy by another system would change the root.
  if (name !== name.normalize('NFC')) return 'has a name that is not in Unicode normal form C: rename it'
  if (!isWorkPath(path)) return 'has a path that is too long: use shorter names or fewer folders'
  return undefined
}

/** An error of the file system as a line that says what to do; anything else is given back as it is. */
export function unreadable(path: string, cause: unknown): unknown {
  switch (systemCode(cause) ?? '') {
    case 'ENOENT':
      return new IngestError('not-found', [{ path, message: 'does not exist' }], { cause })
    case 'ENOTDIR':
      return new IngestError('bad-file', [{ path, message: 'is not a directory' }], { cause })
    case 'EACCES':
    case 'EPERM':
      return new IngestError('bad-file', [{ path, message: 'may not be read by this user' }], { cause })
    default:
      return cause
  }
}
