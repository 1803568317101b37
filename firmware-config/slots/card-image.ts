import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { ImageError } from '../image/image-error.ts'
import { readSheet, sheetAtBytes, sheetBytes } from './slot-sheet.ts'
import type { SlotSheet } from './slot-sheet.ts'

const sectorBytes = 512
const headBytes = sheetAtBytes + sheetBytes

/** The image of a card, read once from its beginning: what it says of its system, and then that system's bytes. */
export class CardImage {
  readonly sheet: SlotSheet
  readonly #bytes: AsyncIterator<Buffer>
  readonly #from: number
  #rest: Buffer

  private constructor(bytes: AsyncIterator<Buffer>, head: Buffer) {
    const sheet = readSheet(head.subarray(sheetAtBytes, headBytes))
    if (head.length < headBytes || head.readUInt16LE(510) !== 0xaa55 || sheet === null)
      throw new ImageError("is no card's image: give what 'mesh-art firmware image' made, unpacked (xz -d)")
    this.sheet = sheet
    // The second part, slot a, is the one that an image fills.
    this.#from = head.readUInt32LE(446 + 16 + 8) * sectorBytes
    this.#bytes = bytes
    this.#rest = head
  }

  /** @throws {ImageError} where it is none */
  static async open(source: string | Readable): Promise<CardImage> {
    const stream = typeof source === 'string' ? createReadStream(source) : source
    const bytes = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
    const parts: Buffer[] = []
    for (let got = 0; got < headBytes;) {
      const next = await bytes.next()
      if (next.done === true) break
      parts.push(next.value)
      got += next.value.length
    }
    return new CardImage(bytes, Buffer.concat(parts))
  }

  /** The system, a squashfs. May be asked for once. @throws {ImageError} where the image ends before it */
  async *slot(): AsyncGenerator<Buffer> {
    let skip = this.#from
    let left = this.sheet.slotBytes
    let part = this.#rest
    this.#rest = Buffer.alloc(0)
    while (left > 0) {
      const found = part.subarray(skip, skip + left)
      skip = Math.max(0, skip - part.length)
      left -= found.length
      if (found.length > 0) yield found
      if (left === 0) break
      const next = await this.#bytes.next()
      if (next.done === true) throw new ImageError('the image ends before its system does')
      part = next.value
    }
    await this.close()
  }

  /** Reads no further. */
  async close(): Promise<void> {
    await this.#bytes.return?.()
  }
}
