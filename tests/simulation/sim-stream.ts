import type { FrameChannel } from '../../node/mesh/frame-channel.ts'

export interface Frame {
  readonly stream: number
  readonly protocol: string
  /** Null: nothing more will come. */
  readonly bytes: Uint8Array | null
}

/** The side of a connection that a stream is on. */
export interface StreamCarrier {
  readonly nowMs: number
  after(ms: number, run: () => void): void
  /** @returns when the next frame may be sent */
  send(frame: Frame): number
  forget(stream: SimStream): void
}

/** A stream with a bound on what is on its way out, as libp2p's with its window. */
export class SimStream implements FrameChannel {
  readonly id: number
  readonly protocol: string
  /** Called once, when nothing more will come. */
  onEnd: () => void = () => {}
  readonly #end: StreamCarrier
  readonly #inbox: (Uint8Array | null)[] = []
  #failure: Error | undefined
  #wake: (() => void) | undefined
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(end: StreamCarrier, protocol: string, id: number) {
    this.#end = end
    this.protocol = protocol
    this.id = id
  }

  /** Frames that came and were not read. */
  get unread(): number {
    return this.#inbox.length
  }

  async read(): Promise<Uint8Array | null> {
    while (this.#inbox.length === 0 && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const next = this.#inbox.shift()
    if (next !== undefined) return next
    throw this.#failure ?? new Error('the stream ended')
  }

  write(...parts: Uint8Array[]): Promise<void> {
    const frame = Buffer.concat(parts)
    const write = this.#lastWrite.then(async () => {
      if (this.#failure !== undefined) throw this.#failure
      const untilMs = this.#end.send({ stream: this.id, protocol: this.protocol, bytes: frame })
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

  receive(bytes: Uint8Array | null): void {
    this.#inbox.push(bytes)
    if (bytes === null) this.#ended()
    this.#wake?.()
  }

  fail(reason: Error): void {
    this.#failure ??= reason
    this.#ended()
    this.#wake?.()
  }

  #ended(): void {
    const { onEnd } = this
    this.onEnd = () => {}
    onEnd()
  }
}
