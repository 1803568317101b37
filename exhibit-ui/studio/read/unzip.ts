import { refusalOfPath, isLeftBehind, studioLimits, tidyPath } from '../model/work-file-list.ts'
import type { LocalFile } from '../send/hashed-work.ts'

/** Why a zip is not unpacked; the locales have a line for each. Nothing of it is taken then. */
export type ZipRefusal = 'not-a-zip' | 'encrypted' | 'too-large' | 'bomb' | 'link' | 'path' | 'method'

export class ZipRefusedError extends Error {
  readonly code: ZipRefusal

  constructor(code: ZipRefusal) {
    super(`zip refused: ${code}`)
    this.code = code
  }
}

export const zipLimits = Object.freeze({
  /** Bytes of everything in it, unpacked: it is unpacked into the browser's memory or its disk. */
  unpackedBytes: studioLimits.keptBytes,
  /** Deflate makes at most 1032 bytes of one; a text of nothing but spaces comes near, a work does not. */
  ratio: 200,
  /** Below this a high ratio harms nobody. */
  ratioFromBytes: 8 * 1024 * 1024,
  directoryBytes: 32 * 1024 * 1024,
})

interface Entry {
  readonly path: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly at: number
  readonly crc: number
}

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const UNIX = 3
const FILE_TYPE = 0o170000
const LINK_TYPE = 0o120000
const REGULAR_TYPE = 0o100000
const DIRECTORY_TYPE = 0o040000
const ENCRYPTED = 1
const UTF8 = 0x800
const STORED = 0
const DEFLATED = 8

/**
 * The files in a zip (PKWARE APPNOTE 6.3, without zip64), by its directory, which alone tells of links. Sizes are judged before
 * anything is unpacked, and held to while it is: a file that turns out longer than it says stops everything.
 * @throws {ZipRefusedError}
 */
export async function unzip(zip: Blob): Promise<LocalFile[]> {
  const entries = await directoryOf(zip)
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0)
  const packed = entries.reduce((sum, { packed }) => sum + packed, 0)
  // Entries that lie over one another are how one kernel of bytes becomes a bomb.
  if (packed > zip.size) throw new ZipRefusedError('bomb')
  if (unpacked > zipLimits.ratioFromBytes && unpacked > zip.size * zipLimits.ratio)
    throw new ZipRefusedError('bomb')
  if (unpacked > zipLimits.unpackedBytes) throw new ZipRefusedError('too-large')
  const files: LocalFile[] = []
  for (const entry of entries) files.push({ path: entry.path, blob: await contentOf(zip, entry) })
  return files
}

async function directoryOf(zip: Blob): Promise<Entry[]> {
  const tailAt = Math.max(0, zip.size - END_BYTES - 0xffff)
  const tail = await viewOf(zip, tailAt, zip.size)
  let end = tail.byteLength - END_BYTES
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGNATURE) end -= 1
  if (end < 0) throw new ZipRefusedError('not-a-zip')
  const count = tail.getUint16(end + 10, true)
  const bytes = tail.getUint32(end + 12, true)
  const at = tail.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff) throw new ZipRefusedError('too-large')
  if (count > studioLimits.files || bytes > zipLimits.directoryBytes) throw new ZipRefusedError('too-large')
  if (at + bytes > zip.size) throw new ZipRefusedError('not-a-zip')
  const view = await viewOf(zip, at, at + bytes)
  const entries: Entry[] = []
  const paths = new Set<string>()
  for (let i = 0, offset = 0; i < count; i += 1) {
    if (offset + ENTRY_BYTES > view.byteLength || view.getUint32(offset, true) !== ENTRY_SIGNATURE)
      throw new ZipRefusedError('not-a-zip')
    const nameLength = view.getUint16(offset + 28, true)
    const length =
      ENTRY_BYTES + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true)
    if (offset + length > view.byteLength) throw new ZipRefusedError('not-a-zip')
    const entry = entryOf(view, offset, nameLength)
    if (entry !== undefined) {
      if (paths.has(entry.path)) throw new ZipRefusedError('path')
      paths.add(entry.path)
      entries.push(entry)
    }
    offset += length
  }
  return entries
}

/** @returns undefined for a folder, and for what systems leave behind */
function entryOf(view: DataView<ArrayBuffer>, offset: number, nameLength: number): Entry | undefined {
  const flags = view.getUint16(offset + 8, true)
  const name = nameOf(new Uint8Array(view.buffer, view.byteOffset + offset + ENTRY_BYTES, nameLength), flags)
  const method = view.getUint16(offset + 10, true)
  const size = view.getUint32(offset + 24, true)
  const system = view.getUint8(offset + 5)
  const type = (view.getUint32(offset + 38, true) >>> 16) & FILE_TYPE
  if (system === UNIX && type === LINK_TYPE) throw new ZipRefusedError('link')
  if (system === UNIX && type !== 0 && type !== REGULAR_TYPE && type !== DIRECTORY_TYPE)
    throw new ZipRefusedError('link')
  if (name.endsWith('/')) {
    if (name.split('/').some((part) => part === '..') || name.startsWith('/'))
      throw new ZipRefusedError('path')
    return undefined
  }
  if (isLeftBehind(name)) return undefined
  // Checked as it is written, before anything is tidied: `/etc` and `..\..` are no mistakes.
  const path = tidyPath(name)
  if (name.startsWith('/') || refusalOfPath(path) !== undefined) throw new ZipRefusedError('path')
  if ((flags & ENCRYPTED) !== 0) throw new ZipRefusedError('encrypted')
  if (method !== STORED && method !== DEFLATED) throw new ZipRefusedError('method')
  return {
    path,
    method,
    size,
    packed: view.getUint32(offset + 20, true),
    at: view.getUint32(offset + 42, true),
    crc: view.getUint32(offset + 16, true),
  }
}

/** Names that say so are UTF-8; others are taken for it where they can be, which they are in practice. */
function nameOf(bytes: Uint8Array, flags: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    if ((flags & UTF8) !== 0) throw new ZipRefusedError('path')
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

async function contentOf(zip: Blob, { method, packed, size, at, crc }: Entry): Promise<Blob> {
  const header = await viewOf(zip, at, Math.min(zip.size, at + LOCAL_BYTES))
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL_SIGNATURE)
    throw new ZipRefusedError('not-a-zip')
  const from = at + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true)
  if (from + packed > zip.size) throw new ZipRefusedError('not-a-zip')
  const raw = zip.slice(from, from + packed)
  if (method === STORED && packed !== size) throw new ZipRefusedError('not-a-zip')
  const stream =
    method === STORED ? raw.stream() : raw.stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const parts: Blob[] = []
  let length = 0
  let sum = 0xffffffff
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      // It says how long it is; what goes on beyond that is out to fill the memory.
      if (length > size) throw new ZipRefusedError('bomb')
      sum = crcOf(value, sum)
      parts.push(new Blob([value]))
    }
  } catch (error) {
    await reader.cancel().catch(() => {
      // The first error is the one to tell.
    })
    throw error instanceof ZipRefusedError ? error : new ZipRefusedError('not-a-zip')
  }
  if (length !== size || (sum ^ 0xffffffff) >>> 0 !== crc) throw new ZipRefusedError('not-a-zip')
  return new Blob(parts)
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await blob.slice(from, to).arrayBuffer())
}

const table = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crcOf(bytes: Uint8Array, start: number): number {
  let crc = start
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  return crc
}
