import type { BigIntStats } from 'node:fs'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { formatLimits } from '../../artworks/format/limits.ts'
import { systemCode } from '../store/durable-files.ts'
import { IngestError } from './errors.ts'
import { unreadable } from './work-files.ts'
import type { WorkFile } from './work-files.ts'

/**
 * Reads a file in pieces of one chunk each, every one a buffer of its own, so that the importer neither copies nor holds more
 * than it works on.
 * @throws {IngestError} `changed` when the file is not, before and after, what was listed
 */
export async function* contentOf(file: WorkFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  // A link put in the place of the file is refused; a pipe in its place must not block.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(file.absolute, flags).catch((cause: unknown) => {
    const code = systemCode(cause)
    throw code === 'ELOOP' || code === 'ENOENT' ? changed(file, cause) : unreadable(file.path, cause)
  })
  try {
    if (!isSame(await handle.stat({ bigint: true }), file.stat)) throw changed(file)
    const size = Number(file.stat.size)
    for (let offset = 0; offset < size;) {
      signal.throwIfAborted()
      const piece = Buffer.allocUnsafeSlow(Math.min(formatLimits.chunkBytes, size - offset))
      let filled = 0
      while (filled < piece.length) {
        const { bytesRead } = await handle.read(piece, filled, piece.length - filled, offset + filled)
        if (bytesRead === 0) throw changed(file)
        filled += bytesRead
      }
      offset += filled
      yield piece
    }
    if (!isSame(await handle.stat({ bigint: true }), file.stat)) throw changed(file)
  } finally {
    await handle.close()
  }
}

function isSame(now: BigIntStats, listed: BigIntStats): boolean {
  return (
    now.isFile() &&
    now.dev === listed.dev &&
    now.ino === listed.ino &&
    now.size === listed.size &&
    now.mtimeNs === listed.mtimeNs &&
    now.ctimeNs === listed.ctimeNs
  )
}

function changed({ path }: WorkFile, cause?: unknown): IngestError {
  const message = 'changed while it was being read: wait until nothing writes to it, then try again'
  return new IngestError('changed', [{ path, message }], { cause })
}
