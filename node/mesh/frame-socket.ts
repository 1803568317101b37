import type { Socket } from 'node:net'
import { CHUNK_HEAD_BYTES } from '../wire/chunk-messages.ts'
import { WireError } from '../wire/codec.ts'
import type { BufferPool } from './buffer-pool.ts'
import type { FrameChannel } from './frame-channel.ts'
import { paceLimits, ReadPace } from './read-pace.ts'

/** Received and not yet read: beyond the high mark the sender is made to wait, below the low mark it goes on. */
const HIGH_WATER_BYTES = 1024 * 1024
const LOW_WATER_BYTES = 512 * 1024
/** Read at once where a frame begins: a small one whole, of a large one its head and little more. */
const HEADS_BYTES = 16 * 1024
/** A varint of 32 bits has at most five bytes. */
const MAX_LENGTH_BYTES = 5

/** Length-prefixed frames (unsigned varint, then that many bytes) over a TCP connection, the same as on a stream. */
export class FrameSocket implements FrameChannel {
  readonly #socket: Socket
  readonly #maxFrameBytes: number
  readonly #pool: BufferPool | undefined
  readonly #frames: Uint8Array[] = []
  #queuedBytes = 0
  #length = 0
  #lengthBytes = 0
  /** The frame that is coming in, and how much of it is here; null while its length is read. */
  #frame: Uint8Array | null = null
  #filled = 0
  #ended = false
  #failure: Error | undefined
  #wake: (() => void) | undefined
  #heads: Uint8Array | undefined
  readonly #pace = new ReadPace()
  #resting: NodeJS.Timeout | undefined
  #lastWrite: Promise<void> = Promise.resolve()

  /** @param pool where large frames are read into; whoever reads one gives it back */
  constructor(socket: Socket, maxFrameBytes: number, pool?: BufferPool) {
    this.#socket = socket
    this.#pool = pool
    this.#maxFrameBytes = maxFrameBytes
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => this.take(bytes))
    socket.on('end', () => this.#end())
    socket.on('error', (err) => this.#end(err))
    socket.on('close', () => this.#end())
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const frame = this.#frames.shift()
      if (frame !== undefined) {
        this.#queuedBytes -= frame.length
        if (this.#queuedBytes < LOW_WATER_BYTES && this.#socket.isPaused()) this.#socket.resume()
        return frame
      }
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) {
        if (this.#frame !== null || this.#lengthBytes > 0) throw new Error('the connection went away')
        return null
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  write(...parts: Uint8Array[]): Promise<void> {
    return this.writeThen(() => undefined, ...parts)
  }

  /** As `write`; calls `release` once the system has taken the parts, or never will: then they may be used again. */
  writeThen(release: () => void, ...parts: Uint8Array[]): Promise<void> {
    const write = this.#lastWrite.then(() => this.#send(parts, release))
    // A failed write fails its own caller; those behind it fail by themselves on a socket that is closed.
    this.#lastWrite = write.catch(() => undefined)
    return write
  }

  abort(reason: Error): void {
    this.#failure ??= reason
    this.#socket.destroy()
    this.#end()
  }

  async #send(parts: readonly Uint8Array[], release: () => void): Promise<void> {
    const socket = this.#socket
    if (this.#ended || socket.destroyed) {
      release()
      throw this.#failure ?? new Error('the socket is closed')
    }
    socket.cork()
    socket.write(varint(parts.reduce((sum, { length }) => sum + length, 0)))
    for (const part of parts.slice(0, -1)) socket.write(part)
    const canTakeMore = socket.write(parts.at(-1) ?? new Uint8Array(), release)
    socket.uncork()
    if (canTakeMore) return
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        socket.off('drain', onDrain)
        socket.off('close', onClose)
      }
      const onDrain = (): void => {
        stop()
        resolve()
      }
      const onClose = (): void => {
        stop()
        reject(this.#failure ?? new Error('the socket was closed'))
      }
      socket.on('drain', onDrain)
      socket.on('close', onClose)
    })
  }

  /** Where to receive what comes next: in the middle of a frame right where it belongs, so that it need not be copied. */
  space(): Uint8Array {
    this.#heads ??= Buffer.allocUnsafeSlow(HEADS_BYTES)
    return this.#frame?.subarray(this.#filled) ?? this.#heads
  }

  /**
   * So many bytes were read into `space`, by whoever made the socket with read buffers of its own.
   * @returns whether to read on at once; else it is read on by itself when more has gathered
   */
  takeFrom(space: Uint8Array, length: number): boolean {
    this.take(space.subarray(0, length))
    this.#pace.came(length)
    if (length === space.length || this.#socket.isPaused() || !this.#pace.isToRest(performance.now()))
      return true
    this.#resting ??= setTimeout(() => {
      if (!this.#ended && !this.#socket.isPaused()) this.#socket.resume()
    }, paceLimits.restMs)
    this.#resting.refresh()
    return false
  }

  /** What was received. */
  take(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length && this.#failure === undefined) {
      if (this.#frame === null) {
        at = this.#takeLength(bytes, at)
        continue
      }
      const part = bytes.subarray(at, at + this.#frame.length - this.#filled)
      if (part.buffer !== this.#frame.buffer) this.#frame.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === this.#frame.length) this.#push(this.#frame)
    }
    if (this.#queuedBytes > HIGH_WATER_BYTES) this.#socket.pause()
  }

  /** @returns where the length ended, or the end of the bytes when it goes on */
  #takeLength(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      this.#length += (byte & 0x7f) * 2 ** (7 * this.#lengthBytes)
      this.#lengthBytes += 1
      if (this.#lengthBytes > MAX_LENGTH_BYTES || this.#length > this.#maxFrameBytes) {
        this.abort(new WireError('a frame too long'))
        return bytes.length
      }
      if ((byte & 0x80) === 0) {
        this.#filled = 0
        this.#frame = this.#allocate(this.#length)
        if (this.#length === 0) this.#push(this.#frame)
        return at + 1
      }
    }
    return bytes.length
  }

  #allocate(length: number): Uint8Array {
    return this.#pool?.take(length, CHUNK_HEAD_BYTES) ?? Buffer.allocUnsafeSlow(length)
  }

  #push(frame: Uint8Array): void {
    this.#frames.push(frame)
    this.#queuedBytes += frame.length
    this.#frame = null
    this.#length = 0
    this.#lengthBytes = 0
    this.#wake?.()
  }

  #end(failure?: Error): void {
    this.#failure ??= failure
    this.#ended = true
    clearTimeout(this.#resting)
    this.#wake?.()
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Uint8Array.from(bytes)
}
