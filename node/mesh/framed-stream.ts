import type { Stream } from '@libp2p/interface'
import { decode, encode } from 'it-length-prefixed'
import { pipe } from 'it-pipe'
import { Uint8ArrayList } from 'uint8arraylist'
import { WireError } from '../wire/codec.ts'

/** Received and not yet read: beyond the high mark the sender is made to wait, below the low mark it goes on. */
const HIGH_WATER_BYTES = 1024 * 1024
const LOW_WATER_BYTES = 256 * 1024

/**
 * What a stream receives, holding the sender back while the reader is busy. The stream's own iterator does not: it queues
 * without bound.
 */
async function* received(stream: Stream): AsyncGenerator<Uint8Array | Uint8ArrayList> {
  const queue: (Uint8Array | Uint8ArrayList)[] = []
  let queuedBytes = 0
  let paused = false
  let ended = false
  let saidAll = stream.remoteWriteStatus === 'closed'
  let failure: Error | undefined
  let wake: (() => void) | undefined
  const pause = (): void => {
    if (paused || queuedBytes <= HIGH_WATER_BYTES || stream.status !== 'open') return
    paused = true
    stream.pause()
  }
  const onMessage = (event: { data: Uint8Array | Uint8ArrayList }): void => {
    queue.push(event.data)
    queuedBytes += event.data.byteLength
    // Not at once: `resume` gives out what waited before it opens the window again, and a pause in between would be undone.
    if (!paused && queuedBytes > HIGH_WATER_BYTES) queueMicrotask(pause)
    wake?.()
  }
  const onEnd = (): void => {
    saidAll = true
    ended = true
    wake?.()
  }
  const onClose = (event: { error?: Error }): void => {
    // Without a last word: its connection is gone, which is nobody's lie.
    failure = event.error ?? (saidAll ? undefined : new Error('the connection went away'))
    ended = true
    wake?.()
  }
  stream.addEventListener('message', onMessage)
  stream.addEventListener('remoteCloseWrite', onEnd)
  stream.addEventListener('close', onClose)
  try {
    if (stream.status !== 'open' && stream.readBufferLength === 0) return
    for (;;) {
      const next = queue.shift()
      if (next !== undefined) {
        queuedBytes -= next.byteLength
        if (paused && queuedBytes < LOW_WATER_BYTES && stream.status === 'open') {
          paused = false
          stream.resume()
        }
        yield next
      } else if (failure !== undefined) {
        throw failure
      } else if (ended) {
        return
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        wake = undefined
      }
    }
  } finally {
    stream.removeEventListener('message', onMessage)
    stream.removeEventListener('remoteCloseWrite', onEnd)
    stream.removeEventListener('close', onClose)
  }
}

/**
 * Resolves when the stream has taken what was sent and may be sent more. The stream's own `onDrain` waits once only: its
 * promise stays resolved ever after.
 */
async function drained(stream: Stream): Promise<void> {
  while (stream.writableNeedsDrain && stream.status === 'open') {
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        stream.removeEventListener('drain', onDrain)
        stream.removeEventListener('close', onClose)
      }
      const onDrain = (): void => {
        stop()
        resolve()
      }
      const onClose = (event: { error?: Error }): void => {
        stop()
        reject(event.error ?? new Error('the stream was closed'))
      }
      stream.addEventListener('drain', onDrain)
      stream.addEventListener('close', onClose)
    })
  }
}

/** Length-prefixed frames (unsigned varint, then that many bytes) over a libp2p stream, with backpressure both ways. */
export class FramedStream {
  readonly stream: Stream
  readonly #frames: AsyncIterator<Uint8ArrayList>
  #lastWrite: Promise<void> = Promise.resolve()

  /** @param maxFrameBytes a longer frame ends the stream with a WireError before it is buffered */
  constructor(stream: Stream, maxFrameBytes: number) {
    this.stream = stream
    this.#frames = pipe(
      () => received(stream),
      (source) => decode(source, { maxDataLength: maxFrameBytes, maxLengthLength: 5 }),
    )[Symbol.asyncIterator]()
  }

  /**
   * The next frame, or null when the other side has said all.
   * @throws {WireError} for a frame too long, or cut off by the other side's own end @throws {Error} when the connection went away
   */
  async read(): Promise<Uint8Array | null> {
    let next: IteratorResult<Uint8ArrayList>
    try {
      next = await this.#frames.next()
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : ''
      if (/InvalidDataLength|InvalidMessageLength|UnexpectedEOF/.test(name)) {
        throw new WireError(`a frame too long or cut off (${name})`, { cause })
      }
      throw cause
    }
    return next.done === true ? null : next.value.subarray()
  }

  /** Sends one frame made of the parts, after those before it; resolves when the next may be sent. */
  write(...parts: Uint8Array[]): Promise<void> {
    const write = this.#lastWrite.then(async () => {
      const frame = encode.single(new Uint8ArrayList(...parts))
      this.stream.send(frame)
      await drained(this.stream)
    })
    // A failed write fails its own caller; those behind it fail by themselves on a stream that is closed.
    this.#lastWrite = write.catch(() => undefined)
    return write
  }

  async close(): Promise<void> {
    await this.stream.close({ signal: AbortSignal.timeout(5000) })
  }

  abort(reason: Error): void {
    this.stream.abort(reason)
  }
}

/** Steady limit on a whole exchange on one stream: aborts the stream when it takes longer. @returns to be called when it is over */
export function abortAfter(stream: Stream, limitMs: number, what: string): () => void {
  const timer = setTimeout(() => stream.abort(new Error(`${what} took longer than ${limitMs} ms`)), limitMs)
  timer.unref()
  return () => clearTimeout(timer)
}
