import type { RenditionFormat } from './rendition.ts'

export interface RenditionJob {
  readonly width: number
  readonly format: RenditionFormat
}

export type RenditionOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

const MAX_HEADER_BYTES = 1024
const NEWLINE = 0x0a

/** One message: a line of JSON with the number of bytes that follow, then those. */
export function frameOf<H extends object>(header: H, bytes: Uint8Array): Uint8Array[] {
  return [frameHeader(header, bytes.length), bytes]
}

export function frameHeader<H extends object>(header: H, length: number): Uint8Array {
  return Buffer.from(`${JSON.stringify({ ...header, length })}\n`)
}

/** Takes messages out of a stream, one after the other. */
export class FrameReader<H extends object> {
  readonly #parts: AsyncIterator<Uint8Array>
  readonly #maxBytes: number
  #rest: Uint8Array = new Uint8Array()

  constructor(stream: AsyncIterable<Uint8Array>, maxBytes: number) {
    this.#parts = stream[Symbol.asyncIterator]()
    this.#maxBytes = maxBytes
  }

  /** @returns null at the end of the stream @throws {Error} when what comes is no message, or too long */
  async next(): Promise<{ header: H; bytes: Uint8Array } | null> {
    let end = this.#rest.indexOf(NEWLINE)
    while (end === -1) {
      if (this.#rest.length > MAX_HEADER_BYTES) throw new Error('not a message: its first line does not end')
      const more = await this.#parts.next()
      if (more.done === true) return null
      this.#rest = this.#rest.length === 0 ? more.value : Buffer.concat([this.#rest, more.value])
      end = this.#rest.indexOf(NEWLINE)
    }
    const { length, ...header } = JSON.parse(Buffer.from(this.#rest.subarray(0, end)).toString()) as H & {
      length: number
    }
    if (!Number.isSafeInteger(length) || length < 0 || length > this.#maxBytes) {
      throw new Error('not a message: too long')
    }
    return { header: header as unknown as H, bytes: await this.#take(length, this.#rest.subarray(end + 1)) }
  }

  async #take(length: number, begun: Uint8Array): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafeSlow(length)
    let part = begun
    let filled = 0
    for (;;) {
      const used = part.subarray(0, length - filled)
      bytes.set(used, filled)
      filled += used.length
      if (filled === length) {
        this.#rest = part.subarray(used.length)
        return bytes
      }
      const more = await this.#parts.next()
      if (more.done === true) throw new Error('the message was cut off')
      part = more.value
    }
  }
}
