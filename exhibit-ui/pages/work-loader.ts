import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ArtworkDetail, ArtworkSummary, MeshView } from '../../node/http/contract.ts'
import { fetchArtwork, fetchFound, fetchMesh, RefusedError } from '../api/client.ts'
import { loadViewer } from '../components/viewers/load-viewer.ts'

export type WorkOutcome =
  | { kind: 'loading' }
  | { kind: 'shown'; work: ArtworkDetail }
  | { kind: 'unknown' | 'withdrawn' | 'removed' | 'no-answer' | 'failed' }

const retryAfterMs = 4000

/** Fetches one work for a page, again when told to, and by itself after a failure that may pass. */
export class WorkLoader implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #wanted: { artist: string; slug: string } | undefined
  #abort: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  outcome: WorkOutcome = { kind: 'loading' }
  /** The work with those that hang next to it. */
  beside: readonly ArtworkSummary[] = []
  /** The mesh, with where this version is. */
  mesh: MeshView | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
  }

  /** Another work: what was shown goes away at once. */
  want(artist: string, slug: string): void {
    this.#wanted = { artist, slug }
    this.outcome = { kind: 'loading' }
    this.beside = []
    this.mesh = undefined
    this.again()
  }

  /** The same work: what is shown stays until there is something newer. */
  again(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    void this.#load(abort.signal)
  }

  async #load(signal: AbortSignal): Promise<void> {
    if (this.#wanted === undefined) return
    const { artist, slug } = this.#wanted
    let outcome: WorkOutcome
    try {
      const work = await fetchArtwork(artist, slug, signal)
      // Before the page, not into it: a viewer that came later would push the label down.
      await loadViewer(work.medium)
      outcome = { kind: 'shown', work }
    } catch (error) {
      if (signal.aborted) return
      outcome = { kind: failureOf(error) }
    }
    if (signal.aborted) return
    const passing = outcome.kind === 'no-answer' || outcome.kind === 'failed' || outcome.kind === 'unknown'
    if (passing) this.#timer = setTimeout(() => this.again(), retryAfterMs)
    // A work already on the wall stays there when the node goes away: the banner says what is wrong.
    const keep = this.outcome.kind === 'shown' && (outcome.kind === 'no-answer' || outcome.kind === 'failed')
    if (!keep) this.outcome = outcome
    this.#host.requestUpdate()
    if (outcome.kind !== 'shown') return
    await Promise.all([this.#lookBeside(`${artist}/${slug}`, signal), this.lookAround()])
  }

  /** Where this version is now; again whenever the mesh has changed. */
  async lookAround(): Promise<void> {
    const { outcome } = this
    if (outcome.kind !== 'shown') return
    try {
      this.mesh = await fetchMesh(outcome.work.root, this.#abort?.signal)
      this.#host.requestUpdate()
    } catch {
      // What was known stays; the mesh is heard of again soon.
    }
  }

  async #lookBeside(key: string, signal: AbortSignal): Promise<void> {
    try {
      const { works } = await fetchFound(`/api/v1/search?around=${encodeURIComponent(key)}&limit=3`, signal)
      this.beside = works
      this.#host.requestUpdate()
    } catch {
      // Without neighbours a work is as good; the list of all works is one step away.
    }
  }
}

function failureOf(error: unknown): Exclude<WorkOutcome['kind'], 'loading' | 'shown'> {
  if (!(error instanceof RefusedError)) return 'no-answer'
  if (error.status === 410) return error.problem.includes('remov') ? 'removed' : 'withdrawn'
  if (error.status === 404 || error.status === 400) return 'unknown'
  return 'failed'
}
