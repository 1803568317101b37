import { createCipheriv, createHash, hash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { artworkYaml } from '../support/command-line.ts'

const PIECE_BYTES = 4 * 1024 * 1024
const KIB = 1024
export const WORK_FILE = 'work.bin'

/** A file of the payload: the one file of a work of its own. */
export interface PayloadFile {
  readonly slug: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

export interface Payload {
  /** A folder of artworks, one folder each. */
  readonly folder: string
  readonly files: readonly PayloadFile[]
  readonly bytes: number
}

/** The payload of bench-notes: a file of 64 MiB and 200 files of 20 to 200 KiB; the seed is one that makes 90.0 MB. */
export const workloadSizes: readonly number[] = [64 * KIB * KIB, ...smallSizes(200, 'mesh-art 196')]

function smallSizes(count: number, seed: string): number[] {
  const least = 20 * KIB
  const span = 180 * KIB + 1
  const random = keystream(seed, 4 * count)
  return Array.from({ length: count }, (_, i) => least + (random.readUInt32LE(4 * i) % span))
}

/** The same bytes for the same seed, at the speed of the processor's AES: nothing compresses them. */
function keystream(seed: string, bytes: number): Buffer {
  return seededCipher(seed).update(Buffer.alloc(bytes))
}

function seededCipher(seed: string): ReturnType<typeof createCipheriv> {
  const key = hash('sha256', seed, 'buffer').subarray(0, 16)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
}

/** Writes a work for each size: the first is the first of the list that a directory gives. */
export function writePayload(folder: string, sizes: readonly number[]): Payload {
  const files = sizes.map((bytes, i) => {
    const slug = `work-${String(i).padStart(3, '0')}`
    mkdirSync(join(folder, slug, 'work'), { recursive: true })
    writeFileSync(join(folder, slug, 'artwork.yaml'), artworkYaml(slug, WORK_FILE))
    return { slug, bytes, sha256: writeSeeded(join(folder, slug, 'work', WORK_FILE), bytes, slug) }
  })
  return { folder, files, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** One file of all the bytes of a payload, for what copies a stream. */
export function writeStream(path: string, { files }: Payload): string {
  const hashed = createHash('sha256')
  const file = openSync(path, 'wx')
  for (const { slug, bytes } of files) {
    for (const piece of pieces(slug, bytes)) {
      writeSync(file, piece)
      hashed.update(piece)
    }
  }
  closeSync(file)
  return hashed.digest('hex')
}

function writeSeeded(path: string, bytes: number, seed: string): string {
  const hashed = createHash('sha256')
  const file = openSync(path, 'wx')
  for (const piece of pieces(seed, bytes)) {
    hashed.update(piece)
    writeSync(file, piece)
  }
  closeSync(file)
  return hashed.digest('hex')
}

function* pieces(seed: string, bytes: number): Generator<Buffer> {
  const cipher = seededCipher(seed)
  for (let done = 0; done < bytes; done += PIECE_BYTES) {
    yield cipher.update(Buffer.alloc(Math.min(PIECE_BYTES, bytes - done)))
  }
}
