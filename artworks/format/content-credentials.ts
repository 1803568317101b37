/**
 * Whether a file holds Content Credentials: a manifest store of C2PA (specification 2.2, section A.3, embedding by format). Found by
 * its place in the file, hop by hop; what it claims, and whether it was signed by whom, is not judged.
 */

export const credentialLimits = Object.freeze({
  /** Headers looked at in one file: a file of more parts than this before its picture has something else in mind. */
  hops: 200,
})

/** Bytes of a file from a place on; fewer at its end. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>

export async function hasContentCredentials(read: ReadAt): Promise<boolean> {
  const head = await read(0, 12)
  if (head[0] === 0xff && head[1] === 0xd8) return inJpeg(read)
  if (latin(head, 0, 8) === '\x89PNG\r\n\x1a\n') return inPng(read)
  if (latin(head, 0, 4) === 'RIFF') return inRiff(read)
  if (latin(head, 4, 8) === 'ftyp') return inBoxes(read)
  return false
}

/** APP11 segments before the picture carry JUMBF boxes (ISO/IEC 19566-5, annex D); the store's description says `c2pa`. */
async function inJpeg(read: ReadAt): Promise<boolean> {
  let at = 2
  for (let hops = 0; hops < credentialLimits.hops; hops += 1) {
    const bytes = await read(at, 64)
    const marker = bytes[1] ?? 0
    // Not a marker, the end, or the start of the picture itself.
    if (bytes.length < 4 || bytes[0] !== 0xff || marker === 0xd9 || marker === 0xda) return false
    const length = number(bytes, 2, 2)
    if (length < 2) return false
    const isBox = marker === 0xeb && latin(bytes, 4, 6) === 'JP' && latin(bytes, 16, 20) === 'jumb'
    if (isBox && latin(bytes, 20, 64).includes('c2pa')) return true
    at += 2 + length
  }
  return false
}

async function inPng(read: ReadAt): Promise<boolean> {
  let at = 8
  for (let hops = 0; hops < credentialLimits.hops; hops += 1) {
    const bytes = await read(at, 8)
    const type = latin(bytes, 4, 8)
    if (type === 'caBX') return true
    if (bytes.length < 8 || type === 'IEND') return false
    at += 12 + number(bytes, 0, 4)
  }
  return false
}

/** WebP and WAVE. */
async function inRiff(read: ReadAt): Promise<boolean> {
  let at = 12
  for (let hops = 0; hops < credentialLimits.hops; hops += 1) {
    const bytes = await read(at, 8)
    if (bytes.length < 8) return false
    if (latin(bytes, 0, 4) === 'C2PA') return true
    const size = number(bytes.slice(4, 8).reverse(), 0, 4)
    at += 8 + size + (size % 2)
  }
  return false
}

const c2paBox = 'd8fec3d61b0e483c92975828877ec481'

/** MP4, MOV, HEIF and AVIF: a `uuid` box of the file itself. */
async function inBoxes(read: ReadAt): Promise<boolean> {
  let at = 0
  for (let hops = 0; hops < credentialLimits.hops; hops += 1) {
    const bytes = await read(at, 32)
    if (bytes.length < 8) return false
    const small = number(bytes, 0, 4)
    const start = small === 1 ? 16 : 8
    if (latin(bytes, 4, 8) === 'uuid' && hex(bytes.subarray(start, start + 16)) === c2paBox) return true
    const size = small === 1 ? number(bytes, 10, 6) : small
    // Nought: up to the end of the file.
    if (size < start) return false
    at += size
  }
  return false
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}

/** Big-endian; at most six bytes, so that it is exact. */
function number(bytes: Uint8Array, from: number, length: number): number {
  return bytes.subarray(from, from + length).reduce((sum, byte) => sum * 256 + byte, 0)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
