import type { CID } from 'multiformats/cid'
import type { NodeEventBus } from '../../lifecycle/events.ts'
import type { ChunkStore } from '../../store/chunk-store.ts'
import { HttpProblem } from '../problems.ts'

const RETRY_AFTER_SECONDS = '5'

/** Gives blocks of the store, and waits a bounded time for one that is still on its way. One listener, however many wait. */
export class ChunkArrivals {
  readonly #chunks: ChunkStore
  readonly #events: NodeEventBus
  readonly #waitMs: number
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(chunks: ChunkStore, events: NodeEventBus, waitMs: number) {
    this.#chunks = chunks
    this.#events = events
    this.#waitMs = waitMs
  }

  readonly #onChunk = (cid: string): void => {
    const waiting = this.#waiting.get(cid)
    this.#waiting.delete(cid)
    for (const wake of waiting ?? []) wake()
  }

  start(): void {
    this.#events.on('chunk', this.#onChunk)
  }

  stop(): void {
    this.#events.off('chunk', this.#onChunk)
  }

  /**
   * The verified bytes.
   * @throws {HttpProblem} `still-arriving` when it did not come in time
   * @throws the signal's reason when it is aborted
   */
  async get(cid: CID, signal: AbortSignal): Promise<Uint8Array> {
    const held = await this.#chunks.get(cid, { signal })
    if (held !== null) return held
    const text = cid.toString()
    const arrival = this.#arrival(text, signal)
    try {
      // It may have been stored between looking and listening.
      if (this.#chunks.has(cid) || (await arrival.promise)) {
        const bytes = await this.#chunks.get(cid, { signal })
        if (bytes !== null) return bytes
      }
    } finally {
      arrival.cancel()
    }
    signal.throwIfAborted()
    throw new HttpProblem('still-arriving', `chunk ${text} has not reached this node yet`, {
      headers: { 'retry-after': RETRY_AFTER_SECONDS },
    })
  }

  #arrival(cid: string, signal: AbortSignal): { promise: Promise<boolean>; cancel: () => void } {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const wake = (): void => resolve(true)
    const giveUp = (): void => resolve(false)
    const waiting = this.#waiting.get(cid) ?? new Set()
    this.#waiting.set(cid, waiting.add(wake))
    const timer = setTimeout(giveUp, this.#waitMs)
    signal.addEventListener('abort', giveUp, { once: true })
    const cancel = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      waiting.delete(wake)
      if (waiting.size === 0 && this.#waiting.get(cid) === waiting) this.#waiting.delete(cid)
    }
    return { promise, cancel }
  }
}
