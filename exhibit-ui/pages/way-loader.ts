import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'
import { fetchProvenance } from '../api/client.ts'

/** The way a work came to the node that answers: asked for when a visitor follows it, and again when the mesh has changed. */
export class WayLoader implements ReactiveController {
  way: ProvenanceView | undefined
  readonly #host: ReactiveControllerHost
  #wanted = ''
  #abort = new AbortController()

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#abort.abort()
    this.#wanted = ''
  }

  want(work: { artist: string; slug: string } | undefined): void {
    const wanted = work === undefined ? '' : `${work.artist}/${work.slug}`
    if (wanted !== this.#wanted) this.way = undefined
    this.#wanted = wanted
    this.#abort.abort()
    this.#abort = new AbortController()
    if (work !== undefined) void this.#load(work.artist, work.slug, this.#abort.signal)
  }

  async #load(artist: string, slug: string, signal: AbortSignal): Promise<void> {
    try {
      const way = await fetchProvenance(artist, slug, signal)
      if (signal.aborted) return
      this.way = way
      this.#host.requestUpdate()
    } catch {
      // The drawing says where the work is all the same; the page says by itself when the node is away.
    }
  }
}
