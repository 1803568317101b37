import type { ArtworkDetail, ArtworkSummary, ExhibitionView, MeshView } from '../../node/http/contract.ts'
import { fetchArtwork, fetchArtworks, fetchExhibition, fetchMesh, RefusedError } from '../api/client.ts'
import { LiveEvents } from '../api/live-events.ts'
import { workKey } from '../model/gallery-state.ts'

/** Details kept for the time the node is away; the oldest goes first. */
const detailsKept = 100
const retryMs = 10_000

export interface KioskNews {
  works?: ArtworkSummary[]
  exhibition?: ExhibitionView
  mesh?: MeshView
  /** Whether the node answers. */
  live?: boolean
}

/** Keeps what the screen has heard, so that a node that goes away takes nothing from it. */
export class KioskData {
  readonly #tell: (news: KioskNews) => void
  readonly #details = new Map<string, ArtworkDetail>()
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #live: LiveEvents

  constructor(tell: (news: KioskNews) => void) {
    this.#tell = tell
    this.#live = new LiveEvents({
      opened: () => {
        this.#tell({ live: true })
        void this.refresh()
      },
      lost: () => this.#tell({ live: false }),
      event: ({ event }) => {
        if (event === 'catalogue' || event === 'reset') void this.refresh()
        if (event === 'mesh') void this.#mesh()
      },
    })
  }

  start(): void {
    void this.refresh()
    this.#live.start()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#live.stop()
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const [exhibition, works] = await Promise.all([fetchExhibition(), fetchArtworks()])
      this.#tell({ exhibition, works, live: true })
      await this.#mesh()
    } catch (error) {
      // It is starting, or away: what is on the screen stays, and we ask again.
      if (!(error instanceof RefusedError)) this.#tell({ live: false })
      this.#timer = setTimeout(() => void this.refresh(), retryMs)
    }
  }

  /** The last that was heard of it, where the node does not answer. */
  async detail(work: ArtworkSummary): Promise<ArtworkDetail | undefined> {
    const key = workKey(work)
    const known = this.#details.get(key)
    if (known?.manifest === work.manifest) return known
    try {
      const detail = await fetchArtwork(work.artist, work.slug)
      this.#details.delete(key)
      this.#details.set(key, detail)
      const [oldest] = this.#details.keys()
      if (this.#details.size > detailsKept && oldest !== undefined) this.#details.delete(oldest)
      return detail
    } catch {
      // Away, or gone since: the poster or the seal stands for it.
      return known
    }
  }

  async #mesh(): Promise<void> {
    try {
      this.#tell({ mesh: await fetchMesh('none') })
    } catch {
      // The line stays as it was heard last.
    }
  }
}
