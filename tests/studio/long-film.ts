import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

const MIB = 1024 * 1024
const clip = new URL('../exhibit-ui/fixtures/clip.webm', import.meta.url)

/**
 * A film that plays and has a length to choose: a clip, and as many MiB of random bytes in an EBML Void element (RFC 8794,
 * section 11.3.2) within its segment. Written piece by piece.
 */
export function writeLongFilm(path: string, mib: number): void {
  const film = readFileSync(clip)
  const segment = film.indexOf(Buffer.from('18538067', 'hex')) + 4
  // Both sizes have the longest form: a first byte of 1, and 7 bytes of number.
  const size = film.readUIntBE(segment + 2, 6)
  const element = Buffer.from('ec01', 'hex')
  const length = Buffer.alloc(7)
  length.writeUIntBE(mib * MIB, 1, 6)
  film.writeUIntBE(size + element.length + length.length + mib * MIB, segment + 2, 6)
  const file = openSync(path, 'w')
  try {
    for (const part of [film, element, length]) writeSync(file, part)
    for (let left = mib; left > 0; left -= 1) writeSync(file, randomBytes(MIB))
  } finally {
    closeSync(file)
  }
}
