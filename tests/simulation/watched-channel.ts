import { cidKey } from '../../artworks/format/cid-key.ts'
import type { FrameChannel } from '../../node/mesh/frame-channel.ts'
import { decodeChunkFrame } from '../../node/wire/chunk-messages.ts'
import { wireLimits } from '../../node/wire/limits.ts'
import type { SimProcess } from './sim-process.ts'
import type { SimStream } from './sim-stream.ts'

/** Frames that wait to be sent on one stream: more would be without bound. */
const MAX_WAITING = 16

/** What a node says on a stream it serves, looked at as it leaves. */
export class WatchedChannel implements FrameChannel {
  readonly #stream: SimStream
  readonly #process: SimProcess
  readonly #peer: number

  constructor(stream: SimStream, process: SimProcess, peer: number) {
    this.#stream = stream
    this.#process = process
    this.#peer = peer
  }

  read(): Promise<Uint8Array | null> {
    return this.#stream.read()
  }

  write(...parts: Uint8Array[]): Promise<void> {
    const frame = Buffer.concat(parts)
    if (this.#process.isHonest) this.#inspect(frame)
    const written = this.#stream.write(frame)
    if (this.#stream.waiting > MAX_WAITING)
      this.#process.watch.violation(`has ${this.#stream.waiting} frames waiting for n${this.#peer}`)
    return written
  }

  abort(reason: Error): void {
    this.#stream.abort(reason)
  }

  #inspect(frame: Uint8Array): void {
    const { world, watch } = this.#process
    const message = decodeChunkFrame(frame)
    if (message.t === 'chunk') {
      world.traffic.count('chunk', frame.length)
      watch.served(this.#peer, message.cid, message.bytes)
    } else if (message.t === 'have') {
      world.traffic.count('have', frame.length)
      if (message.c.length > wireLimits.cidsPerMessage) watch.violation('a have with too many chunks')
      watch.told(message.roots.map(cidKey), message.c.map(cidKey))
    } else {
      world.traffic.count('gone', frame.length)
    }
  }
}
