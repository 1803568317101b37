import { CID } from 'multiformats/cid'
import { isBlock, RAW_CODEC } from '../../artworks/format/dag.ts'
import { hash } from 'node:crypto'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { Holdings } from '../store/holdings.ts'
import type { UploadView } from './contract.ts'
import type { RoomView } from './contracts/studio.ts'
import { httpLimits } from './limits.ts'
import type { HttpLimits } from './limits.ts'
import { HttpProblem } from './problems.ts'

interface Session {
  readonly root: string
  readonly declared: { readonly size: number; readonly chunks: number }
  /** Known and not here; refilled when a dag-pb node tells of more. */
  wanted: Set<string>
  touchedMs: number
  /** Whether another part of the node followed the root before, and goes on when the upload is over. */
  readonly followed: boolean
}

export interface UploadDependencies {
  readonly holdings: Holdings
  readonly chunks: ChunkStore
  readonly storage: () => Promise<{ freeBytes: number; reserveBytes: number }>
  readonly steadyNowMs: () => number
  /** Whether a record names the root, so that the node follows it for its own sake. */
  readonly isRecorded: (root: string) => boolean
  /** Told when tidying up fails; it is tried again. */
  readonly onError: (error: unknown) => void
}

type UploadLimits = Pick<
  HttpLimits,
  | 'uploads'
  | 'uploadIdleMs'
  | 'unsignedUploads'
  | 'unsignedUploadMs'
  | 'unsignedUploadBytes'
  | 'uploadTidyMs'
  | 'wantedListed'
>

/**
 * Works on their way in from their makers. What is brought is in the chunk store, so an upload is resumed by announcing it
 * again, after a closed tab as after a restart. What is never signed is deleted after a while.
 */
export class UploadSessions {
  readonly #deps: UploadDependencies
  readonly #limits: UploadLimits
  readonly #sessions = new Map<string, Session>()
  #tidying: NodeJS.Timeout | undefined

  constructor(deps: UploadDependencies, limits: UploadLimits = httpLimits) {
    this.#deps = deps
    this.#limits = limits
  }

  start(): void {
    this.#tidying ??= setInterval(() => {
      this.tidy().catch((error: unknown) => this.#deps.onError(error))
    }, this.#limits.uploadTidyMs)
  }

  stop(): void {
    clearInterval(this.#tidying)
    this.#tidying = undefined
  }

  /**
   * Whether there is room for a work on the disk. Who is told so may still find it full: others bring works too.
   * @throws {HttpProblem} `busy`, `disk-full`
   */
  async room(size: number): Promise<RoomView> {
    this.#requirePlace(size)
    const freeBytes = await this.#requireDisk(size)
    return { freeBytes }
  }

  /**
   * Opens an upload, or goes on with it.
   * @throws {HttpProblem} `busy`, `disk-full`, `refused`
   */
  async open(root: string, declared: { size: number; chunks: number }): Promise<UploadView> {
    const known = this.#sessions.get(root)
    if (known !== undefined) {
      if (known.declared.size !== declared.size || known.declared.chunks !== declared.chunks) {
        throw new HttpProblem('refused', 'this upload was announced with other figures')
      }
      known.touchedMs = this.#deps.steadyNowMs()
      return this.#view(known)
    }
    this.#requirePlace(declared.size)
    const session: Session = {
      root,
      declared,
      wanted: new Set(),
      touchedMs: this.#deps.steadyNowMs(),
      followed: this.#deps.holdings.progress(root) !== undefined,
    }
    // Its place is taken before anything is awaited: two announcements at once count as two.
    this.#sessions.set(root, session)
    try {
      await this.#requireDisk(declared.size)
      await this.#deps.holdings.track(root, declared)
    } catch (error) {
      this.#sessions.delete(root)
      throw error
    }
    this.#refill(session)
    return this.#view(session)
  }

  /** @throws {HttpProblem} `not-found`, `refused` */
  view(root: string): UploadView {
    return this.#view(this.#require(root))
  }

  /**
   * Takes one chunk: verified, stored and, when it is a node of the DAG, asked what it links to.
   * @throws {HttpProblem} `not-found`, `not-wanted`, `block-mismatch`, `disk-full`, `refused` @throws {StoreError}
   */
  async put(root: string, cidText: string, bytes: Uint8Array): Promise<UploadView> {
    const session = this.#require(root)
    const cid = CID.parse(cidText)
    // Sent twice, by a page that lost the answer: nothing is wrong.
    if (this.#deps.chunks.has(cid) && !session.wanted.has(cidText)) return this.#view(session)
    if (!session.wanted.has(cidText)) throw new HttpProblem('not-wanted', 'see `wanted` of the upload')
    if (!isBlock(cid, bytes, sha256)) throw new HttpProblem('block-mismatch', `not the bytes of ${cidText}`)
    await this.#requireDisk(bytes.length)
    await this.#deps.holdings.add(cid, bytes)
    session.wanted.delete(cidText)
    session.touchedMs = this.#deps.steadyNowMs()
    if (cid.code !== RAW_CODEC || session.wanted.size === 0) this.#refill(session)
    return this.#view(session)
  }

  #require(root: string): Session {
    const session = this.#sessions.get(root)
    if (session === undefined) throw new HttpProblem('not-found', 'announce the upload (again) first')
    return session
  }

  /** @returns bytes that may still be taken @throws {HttpProblem} `disk-full` */
  async #requireDisk(size: number): Promise<number> {
    const { freeBytes, reserveBytes } = await this.#deps.storage()
    const room = Math.max(0, freeBytes - reserveBytes)
    if (room < size) throw new HttpProblem('disk-full', 'another node may have room for it')
    return room
  }

  #refill(session: Session): void {
    session.wanted = new Set(this.#deps.holdings.missing(session.root).map((cid) => cid.toString()))
  }

  /** @throws {HttpProblem} `busy` */
  #requirePlace(size: number): void {
    const unsigned = [...this.#sessions.values()].filter(({ root }) => !this.#deps.isRecorded(root))
    const restingSinceMs = this.#deps.steadyNowMs() - this.#limits.uploadIdleMs
    const active = unsigned.filter(
      (session) => session.touchedMs >= restingSinceMs && !this.#isComplete(session),
    )
    const bytes = unsigned.reduce((sum, { declared }) => sum + declared.size, size)
    if (
      active.length >= this.#limits.uploads ||
      unsigned.length >= this.#limits.unsignedUploads ||
      bytes > this.#limits.unsignedUploadBytes
    ) {
      throw new HttpProblem('busy', 'other works are being brought in; try again in a few minutes', {
        headers: { 'retry-after': '120' },
      })
    }
  }

  #view(session: Session): UploadView {
    const { root, declared } = session
    const refusal = this.#deps.holdings.refusal(root)
    if (refusal !== undefined) throw new HttpProblem('refused', refusal)
    const progress = this.#deps.holdings.progress(root)
    return {
      root,
      have: progress?.have ?? 0,
      total: progress?.total ?? declared.chunks,
      complete: progress?.complete ?? false,
      wanted: session.wanted.values().take(this.#limits.wantedListed).toArray(),
    }
  }

  #isComplete({ root }: Session): boolean {
    return this.#deps.holdings.progress(root)?.complete ?? false
  }

  /** Forgets uploads that rest for long, and deletes what they brought unless a record names it by now. */
  async tidy(): Promise<void> {
    const { steadyNowMs, isRecorded, holdings, chunks } = this.#deps
    const oldestMs = steadyNowMs() - this.#limits.unsignedUploadMs
    for (const { root, touchedMs, followed } of this.#sessions.values()) {
      if (touchedMs >= oldestMs) continue
      this.#sessions.delete(root)
      if (followed || isRecorded(root)) continue
      const held = [...holdings.chunksOf(root)]
      holdings.untrack(root)
      const kept = holdings.referenced()
      for (const cid of held) if (!kept.has(cid)) await chunks.delete(CID.parse(cid))
    }
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}
