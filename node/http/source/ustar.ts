const BLOCK = 512
const MAX_NAME = 100
const MAX_PREFIX = 155

export interface TarEntry {
  /** Relative, with forward slashes. */
  readonly path: string
  readonly size: number
  readonly executable: boolean
  /** Target of a symbolic link; its size is 0. */
  readonly link?: string
}

/**
 * The header of a file in a ustar archive (POSIX.1-1988). Owner and times are left out, so that the same files give the same
 * archive on every node.
 * @throws {RangeError} when the path or the size does not fit
 */
export function ustarHeader({ path, size, executable, link = '' }: TarEntry): Buffer {
  const { prefix, name } = splitPath(path)
  if (Buffer.byteLength(link) > MAX_NAME) throw new RangeError(`the link of '${path}' is too long for tar`)
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  writeOctal(header, executable ? 0o755 : 0o644, 100, 8)
  writeOctal(header, 0, 108, 8)
  writeOctal(header, 0, 116, 8)
  writeOctal(header, size, 124, 12)
  writeOctal(header, 0, 136, 12)
  header.write(link === '' ? '0' : '2', 156)
  header.write(link, 157)
  header.write('ustar\u000000', 257)
  header.write(prefix, 345)
  // The checksum counts its own field as spaces.
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Zeros that fill the last block of a file. */
export function ustarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

/** Two blocks of zeros end an archive. */
export const ustarEnd: Buffer = Buffer.alloc(2 * BLOCK)

function splitPath(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= MAX_NAME) return { prefix: '', name: path }
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)]
    if (Buffer.byteLength(prefix) <= MAX_PREFIX && Buffer.byteLength(name) <= MAX_NAME)
      return { prefix, name }
  }
  throw new RangeError(`the path '${path}' is too long for tar`)
}

function writeOctal(header: Buffer, value: number, at: number, length: number): void {
  const digits = value.toString(8).padStart(length - 1, '0')
  if (digits.length >= length) throw new RangeError('too large for tar')
  header.write(`${digits}\0`, at)
}
