import type { FrameChannel } from '../../node/mesh/frame-channel.ts'

export interface Frame {
  readonly stream: number
  readonly protocol: string
  /** Null: nothing more will come. */
  readonly bytes: Uint8Array | null
  /** Called when the other side took it. */
  readonly onRead?: () => void
}

/** The side of a connection that a stream is on. */
export interface StreamCarrier {
  readonly nowMs: number
  after(ms: number, run: () => void): void
  /** @returns when the next frame may be sent */
  send(frame: Frame): number
  forget(stream: SimStream): void
}

/** Sent and not yet read by the other side, at most: then a writer waits, as with the window of libp2p's streams. */
const WINDOW_BYTES = 2048

/** A stream with a bound on what is on its way. */
export class SimStream implements FrameChannel {
  readonly id: number
  readonly protocol: string
  /** Called once, when nothing more will come. */
  onEnd: () => void = () => {}
  readonly #end: StreamCarrier
  readonly #inbox: Frame[] = []
  #unreadBytes = 0
  #waiting = 0
  #wakeWriter: (() => void) | undefined
  #failure: Error | undefined
  #wake: (() => void) | undefined
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(end: StreamCarrier, protocol: string, id: number) {
    this.#end = end
    this.protocol = protocol
    this.id = id
  }

  /** Frames that somebody wants to write and may not yet. */
  get waiting(): number {
    return this.#waiting
  }

  async read(): Promise<Uint8Array | null> {
    while (this.#inbox.length === 0 && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const next = this.#inbox.shift()
    if (next !== undefined) {
      next.onRead?.()
      return next.bytes
    }
    throw this.#failure ?? new Error('the stream ended')
  }

  write(...parts: Uint8Array[]): Promise<void> {
    const bytes = Buffer.concat(parts)
    this.#waiting += 1
    const write = this.#lastWrite.then(async () => {
      await this.#room(bytes.length)
      this.#waiting -= 1
      if (this.#failure !== undefined) throw this.#failure
      this.#unreadBytes += bytes.length
      const onRead = (): void => this.#wasRead(bytes.length)
      const untilMs = this.#end.send({ stream: this.id, protocol: this.protocol, bytes, onRead })
      if (untilMs > this.#end.nowMs)
        await new Promise<void>((resolve) => this.#end.after(untilMs - this.#end.nowMs, resolve))
    })
    this.#lastWrite = write.catch(() => undefined)
    return write
  }

  close(): void {
    if (this.#failure !== undefined) return
    this.#lastWrite
      .then(() => this.#end.send({ stream: this.id, protocol: this.protocol, bytes: null }))
      .catch(() => undefined)
  }

  abort(reason: Error): void {
    if (this.#failure !== undefined) return
    this.#end.send({ stream: this.id, protocol: this.protocol, bytes: null })
    this.#end.forget(this)
    this.fail(reason)
  }

  receive(frame: Frame): void {
    this.#inbox.push(frame)
    if (frame.bytes === null) this.#ended()
    this.#wake?.()
  }

  fail(reason: Error): void {
    this.#failure ??= reason
    this.#ended()
    this.#wake?.()
    this.#wakeWriter?.()
  }

  async #room(bytes: number): Promise<void> {
    while (this.#failure === undefined && this.#unreadBytes > 0 && this.#unreadBytes + bytes > WINDOW_BYTES) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve
      })
    }
  }

  #wasRead(bytes: number): void {
    this.#unreadBytes -= bytes
    this.#wakeWriter?.()
  }

  #ended(): void {
    const { onEnd } = this
    this.onEnd = () => {}
    onEnd()
  }
}
