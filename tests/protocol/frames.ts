import type { Stream } from '@libp2p/interface'

/** docs/protocol.md, part 3: frames of a varint length and that many bytes, on a libp2p stream. */
export class Frames {
  readonly #stream: Stream
  readonly #parts: AsyncIterator<Uint8Array | { subarray(): Uint8Array }>
  #bytes: Uint8Array = new Uint8Array()

  constructor(stream: Stream) {
    this.#stream = stream
    this.#parts = stream[Symbol.asyncIterator]()
  }

  write(frame: Uint8Array): void {
    this.#stream.send(joined([varint(frame.length), frame]))
  }

  /** @throws {Error} when the stream ends */
  async read(): Promise<Uint8Array> {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const [byte = 0] = await this.#take(1)
      length += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return this.#take(length)
  }

  async #take(length: number): Promise<Uint8Array> {
    while (this.#bytes.length < length) {
      const next = await this.#parts.next()
      if (next.done === true) throw new Error('the stream ended')
      this.#bytes = joined([this.#bytes, next.value.subarray()])
    }
    const taken = this.#bytes.slice(0, length)
    this.#bytes = this.#bytes.subarray(length)
    return taken
  }
}

export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Uint8Array.from([...bytes, rest])
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
