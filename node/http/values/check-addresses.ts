import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isIP } from 'node:net'
import type { ValueCheck } from '../contracts/values.ts'
import { finding, unknown } from './finding.ts'

const READ_BYTES = 256 * 1024
const FILES_READ = 2_000
/** What works are made of: each file is named after its content, and comes from artists. */
const CONTENT = new Set(['chunks', 'derivatives'])

/** What a node writes, as far as it is its own doing. */
export interface Written {
  /** The data directory. */
  readonly dir: string
  /** The last lines of the log. */
  readonly log: () => readonly string[]
}

/**
 * Looks for the address of the person who asks, and no other's: this node has no list of addresses to look for. It is neither kept
 * nor told.
 */
export async function checkAddresses(written: Written | undefined, address: string): Promise<ValueCheck> {
  if (written === undefined) return unknown('addresses', 'this node does not say where it writes')
  const bare = address.replace(/^::ffff:/, '')
  if (isIP(bare) === 0) return unknown('addresses', 'the question came from no address')
  const wanted = Buffer.from(bare)
  const found: string[] = []
  const log = written.log()
  if (log.some((line) => holds(Buffer.from(line), wanted))) found.push('the log has the address of a visitor')
  let files = 0
  for (const path of await filesUnder(written.dir)) {
    if (files >= FILES_READ) break
    files += 1
    if (await fileHolds(join(written.dir, path), wanted)) found.push(`${path} has the address of a visitor`)
  }
  return finding('addresses', files, found)
}

/** Whether it is there, and not as a piece of a longer number: 10.0.0.1 is not in 10.0.0.12. */
function holds(bytes: Buffer, wanted: Buffer): boolean {
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) {
    const around = [bytes[at - 1] ?? 0, bytes[at + wanted.length] ?? 0]
    if (!around.some((byte) => /[\d.:a-f]/i.test(String.fromCodePoint(byte)))) return true
  }
  return false
}

async function filesUnder(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .filter((path) => !CONTENT.has(path.split('/')[0] ?? ''))
    .sort()
}

async function fileHolds(path: string, wanted: Buffer): Promise<boolean> {
  let file
  try {
    file = await open(path)
  } catch {
    // Gone since it was listed.
    return false
  }
  try {
    const overlap = wanted.length + 1
    let kept = Buffer.alloc(0)
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(READ_BYTES))
      if (bytesRead === 0) return false
      const piece = Buffer.concat([kept, buffer.subarray(0, bytesRead)])
      if (holds(piece, wanted)) return true
      kept = piece.subarray(-overlap)
    }
  } finally {
    await file.close()
  }
}
