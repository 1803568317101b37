import type { UploadView } from '../../../node/http/contract.ts'
import { rateOf, withSample } from '../model/rate.ts'
import type { Sample } from '../model/rate.ts'
import type { HashedWork, LocalFile } from './hashed-work.ts'
import { NodeAwayError, NodeRefusedError } from './node-errors.ts'
import type { Announcement, nodeClient } from './node-client.ts'

export const senderLimits = Object.freeze({
  chunksInFlight: 3,
  /** Waits between tries while the node is away or busy; the last one for as long as it takes. */
  retryMs: [1000, 2000, 4000, 8000],
})

/** `waiting`: the node does not answer or is busy, and it is tried again. */
export type SendPhase = 'sending' | 'waiting' | 'paused' | 'done' | 'failed'

export interface SendState {
  readonly phase: SendPhase
  readonly have: number
  readonly total: number
  /** Of the whole work, as far as chunks tell. */
  readonly bytes: number
  readonly size: number
  readonly rate?: { bytesPerSecond: number; secondsLeft: number }
  /** Bytes of each file that have gone from here. */
  readonly sent: ReadonlyMap<string, number>
  /** Code of the problem: of the node, or `file-changed`, `unreadable`, `not-kept`. */
  readonly problem?: string
  readonly detail?: string
}

export interface SenderParts {
  readonly client: Pick<typeof nodeClient, 'announce' | 'putChunk' | 'submit'>
  readonly work: HashedWork
  /** Whose work it is, and its name in addresses. */
  readonly whose: { readonly artist: string; readonly slug: string }
  readonly files: readonly LocalFile[]
  /** Handed in when everything is there; without one, the files alone are brought. */
  readonly record: Uint8Array | undefined
  readonly nowMs: () => number
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onChange: (state: SendState) => void
}

/** Busy, restarting, or a gateway in between: worth another try by itself. */
const PASSING = new Set([408, 500, 502, 503, 504])
/** Announcing anew this often without the node having more than before means that it keeps nothing. */
const IDLE_ROUNDS = 4

/**
 * Brings a work to a node, chunk by chunk as it asks, then hands the signed record in. Every stop is a pause: what has arrived
 * is not sent again, whether the tab was closed, the node was restarted, or it is another node.
 */
export class Sender {
  readonly #parts: SenderParts
  readonly #blobs: ReadonlyMap<string, Blob>
  readonly #sent = new Map<string, number>()
  #samples: readonly Sample[] = []
  #stop = new AbortController()
  #state: SendState

  constructor(parts: SenderParts) {
    this.#parts = parts
    this.#blobs = new Map(parts.files.map(({ path, blob }) => [path, blob]))
    const { chunks: total, size } = parts.work
    this.#state = { phase: 'paused', have: 0, total, bytes: 0, size, sent: this.#sent }
  }

  get state(): SendState {
    return this.#state
  }

  /** Runs until it is done, paused or failed. */
  async start(): Promise<void> {
    this.#stop.abort()
    const stop = (this.#stop = new AbortController())
    this.#samples = []
    this.#set({ phase: 'sending', problem: undefined, detail: undefined })
    try {
      await this.#bring(stop.signal)
      if (this.#parts.record !== undefined) await this.#submit(this.#parts.record, stop.signal)
      this.#set({ phase: 'done' })
    } catch (error) {
      if (stop.signal.aborted) return
      this.#set({ phase: 'failed', ...problemOf(error) })
    } finally {
      stop.abort()
    }
  }

  pause(): void {
    if (this.#state.phase === 'done' || this.#state.phase === 'failed') return
    this.#stop.abort()
    this.#set({ phase: 'paused' })
  }

  async #bring(signal: AbortSignal): Promise<void> {
    let best = -1
    for (let idle = 0; idle < IDLE_ROUNDS;) {
      const view = await this.#patiently(signal, () =>
        this.#parts.client.announce(this.#announcement(), signal),
      )
      this.#announced(view)
      if (view.complete) return
      if (view.have > best) idle = 0
      else idle += 1
      best = Math.max(best, view.have)
      await this.#round(view, signal)
    }
    throw new NodeRefusedError(0, 'not-kept', '')
  }

  #announcement(): Announcement {
    const { root, size, chunks } = this.#parts.work
    return { ...this.#parts.whose, root, size, chunks }
  }

  /** Sends what is wanted, a few at once, until nothing more is asked for or the node has forgotten of the upload. */
  async #round(first: UploadView, outer: AbortSignal): Promise<void> {
    const asked = new Set<string>()
    const waiting: string[] = []
    const take = (view: UploadView): void => {
      for (const cid of view.wanted) {
        if (asked.has(cid)) continue
        asked.add(cid)
        waiting.push(cid)
      }
    }
    take(first)
    const stop = new AbortController()
    const signal = AbortSignal.any([outer, stop.signal])
    const active = new Set<Promise<void>>()
    const sendNext = (cid: string): void => {
      const sending = this.#sendChunk(cid, signal)
        .then(take)
        .finally(() => active.delete(sending))
      active.add(sending)
    }
    try {
      for (;;) {
        while (active.size < senderLimits.chunksInFlight) {
          const cid = waiting.shift()
          if (cid === undefined) break
          sendNext(cid)
        }
        if (active.size === 0) return
        await Promise.race(active)
      }
    } catch (error) {
      // Restarted, or asked for a chunk that came by another way meanwhile: it is announced anew.
      if (error instanceof NodeRefusedError && (error.status === 404 || error.status === 409)) return
      throw error
    } finally {
      stop.abort()
      await Promise.allSettled(active)
    }
  }

  async #sendChunk(cid: string, signal: AbortSignal): Promise<UploadView> {
    const { work, client } = this.#parts
    const leaf = work.leaves.get(cid)
    const body = leaf === undefined ? (work.inner.get(cid) as Uint8Array<ArrayBuffer>) : this.#slice(leaf)
    const view = await this.#patiently(signal, () => client.putChunk(work.root, cid, body, signal))
    if (leaf !== undefined) this.#sent.set(leaf.path, (this.#sent.get(leaf.path) ?? 0) + leaf.bytes)
    this.#heard(view)
    return view
  }

  #slice({ path, offset, bytes }: { path: string; offset: number; bytes: number }): Blob {
    const blob = this.#blobs.get(path)
    if (blob === undefined) throw new NodeRefusedError(0, 'unreadable', path)
    return blob.slice(offset, offset + bytes)
  }

  async #submit(record: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.#patiently(signal, () => this.#parts.client.submit(record, signal))
  }

  /** Tries again for as long as the node is away or busy: the artist sees that it waits, and may pause. */
  async #patiently<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await act()
        signal.throwIfAborted()
        if (this.#state.phase === 'waiting') this.#set({ phase: 'sending', problem: undefined })
        return answer
      } catch (error) {
        if (signal.aborted) throw error
        const isPassing =
          error instanceof NodeAwayError || (error instanceof NodeRefusedError && PASSING.has(error.status))
        if (!isPassing) throw error
        this.#samples = []
        this.#set({ phase: 'waiting', ...problemOf(error), rate: undefined })
        const { retryMs } = senderLimits
        await this.#parts.wait(retryMs[Math.min(tries, retryMs.length - 1)] ?? 0, signal)
      }
    }
  }

  /** Said afresh: less than before by a node that lost some of it, or that is another node. */
  #announced(view: UploadView): void {
    if (view.have < this.#state.have) {
      this.#sent.clear()
      this.#samples = []
    }
    this.#count(view.have, view.total)
  }

  /** Answers overtake each other: what it has never grows less. */
  #heard({ have, total }: UploadView): void {
    this.#count(Math.max(have, this.#state.have), total)
  }

  #count(known: number, total: number): void {
    const { size } = this.#parts.work
    const bytes = total === 0 ? 0 : Math.round((known / total) * size)
    this.#samples = withSample(this.#samples, { atMs: this.#parts.nowMs(), bytes })
    this.#set({ have: known, total, bytes, rate: rateOf(this.#samples, size) })
  }

  #set(change: { [K in keyof SendState]?: SendState[K] | undefined }): void {
    this.#state = { ...this.#state, ...change } as SendState
    this.#parts.onChange(this.#state)
  }
}

function problemOf(error: unknown): { problem: string; detail: string } {
  if (error instanceof NodeRefusedError) {
    // The bytes are not what they were when they were hashed.
    if (error.problem === 'block-mismatch') return { problem: 'file-changed', detail: '' }
    return { problem: error.problem, detail: error.detail }
  }
  if (error instanceof NodeAwayError) return { problem: 'away', detail: '' }
  return { problem: 'unreadable', detail: (error as Error).message }
}
