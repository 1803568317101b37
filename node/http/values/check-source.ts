import { createHash, hash } from 'node:crypto'
import { lstat, open, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValueCheck } from '../contracts/values.ts'
import { sourceFiles } from '../source/source-files.ts'
import { finding, unknown } from './finding.ts'

const READ_BYTES = 64 * 1024

/** SHA-256 of each of the program's own files, as `/source.tar.gz` gives them. All are read through one buffer. */
async function sourceSums(dir: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>()
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
  for (const path of await sourceFiles(dir)) {
    const file = join(dir, path)
    try {
      const entry = await lstat(file)
      const sum = entry.isSymbolicLink() ? hash('sha256', await readlink(file)) : await fileSum(file, buffer)
      sums.set(path, sum)
    } catch {
      // Tracked by git and deleted here: it is not part of what runs.
    }
  }
  return sums
}

async function fileSum(file: string, buffer: Buffer): Promise<string> {
  const sum = createHash('sha256')
  const handle = await open(file)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer)
      if (bytesRead === 0) return sum.digest('hex')
      sum.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

/** The source this node gives away is the program it runs: what was on the disk when it started, file by file. */
export class SourceWatch {
  readonly #dir: string
  #atStart: Promise<Map<string, string>> | undefined

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Once the node runs: from here on the program is in memory, and the files may change. */
  start(): void {
    this.#atStart ??= sourceSums(this.#dir)
    // Told by the check.
    this.#atStart.catch(() => undefined)
  }

  async check(): Promise<ValueCheck> {
    let before: Map<string, string>
    let now: Map<string, string>
    try {
      this.start()
      before = (await this.#atStart) ?? new Map()
      now = await sourceSums(this.#dir)
    } catch {
      return unknown('source', 'the source cannot be read')
    }
    if (now.size === 0) return finding('source', 0, ['there is no source to give away'])
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
      (path) => before.get(path) !== now.get(path),
    )
    return finding(
      'source',
      now.size,
      changed.map((path) => `${path} is not what it was when this node started`),
    )
  }

  async licence(): Promise<ValueCheck> {
    const text = await readFile(join(this.#dir, 'LICENSE'), 'utf8').catch(() => '')
    const isFree = /EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/.test(text)
    return finding('licence', 1, isFree ? [] : ['the licence of the program is not with it'])
  }
}
