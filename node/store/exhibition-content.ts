import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import type { Catalogue, CatalogueArtwork } from '../../artworks/format/catalogue.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { ChunkStore } from './chunk-store.ts'
import type { Holdings } from './holdings.ts'

/** Keeps what is stored in step with what is shown: follows the DAGs of shown works, lets go of those that no longer are. */
export class ExhibitionContent {
  readonly #deps: {
    catalogue: Catalogue
    holdings: Holdings
    chunks: ChunkStore
    events: NodeEventBus
    logger: Logger
  }
  #shown = new Map<string, Manifest>()
  /** Roots of versions that are here and may be shown yet: they wait for curators. */
  #waiting: ReadonlySet<string> = new Set()
  /** Roots of all versions that wait for curators, here or not. */
  #submitted: ReadonlySet<string> = new Set()
  /** Shown works that are to be kept here; null: all of them. */
  #kept: ReadonlySet<string> | null = null
  /** Shown works that are not whole here, small works first; null: to be looked at anew. Asked for in every plan of what to fetch. */
  #unfinished: Set<string> | null = null
  #busy: Promise<void> = Promise.resolve()

  constructor(deps: {
    catalogue: Catalogue
    holdings: Holdings
    chunks: ChunkStore
    events: NodeEventBus
    logger: Logger
  }) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    this.#deps.events.on('catalogue', this.#onCatalogue)
    this.#deps.events.on('progress', this.#onProgress)
    this.#onCatalogue()
    await this.#busy
  }

  async stop(): Promise<void> {
    this.#deps.events.off('catalogue', this.#onCatalogue)
    this.#deps.events.off('progress', this.#onProgress)
    await this.#busy
  }

  /** Resolves when what is followed is what was shown when it was asked. */
  async settled(): Promise<void> {
    await this.#busy
  }

  /** Root CID to manifest of every shown work, small works first. */
  shown(): ReadonlyMap<string, Manifest> {
    return this.#shown
  }

  /** Whether the mesh may be read through for it: it is shown, or waits for curators. Not what is withdrawn, removed or superseded. */
  isReadable(root: string): boolean {
    return this.#shown.has(root) || this.#submitted.has(root)
  }

  /** Whether what comes of it is stored. What is followed and not shown (an upload, a submission) always is. */
  keeps(root: string): boolean {
    return this.#kept === null || this.#kept.has(root) || !this.#shown.has(root)
  }

  /** Resolves when these shown works are kept and no others are fetched, and those of `letGo` are gone, as far as they are shown. */
  async keepOnly(kept: ReadonlySet<string>, letGo: readonly string[]): Promise<void> {
    this.#kept = kept
    this.#busy = this.#busy.then(() => this.#shed(letGo)).catch(this.#onError)
    await this.#busy
  }

  /** Works that are shown and kept, and neither complete nor refused, small works first. */
  *wanted(): Iterable<{ root: string; size: number }> {
    const { holdings } = this.#deps
    for (const root of this.#notWhole()) {
      const manifest = this.#shown.get(root)
      if (manifest !== undefined && this.keeps(root) && holdings.lacks(root))
        yield { root, size: manifest.size }
    }
  }

  counts(): { complete: number; total: number } {
    const total = this.#shown.size
    return { complete: total - this.#notWhole().size, total }
  }

  #notWhole(): Set<string> {
    this.#unfinished ??= new Set([...this.#shown.keys()].filter((root) => !this.#isWhole(root)))
    return this.#unfinished
  }

  #isWhole(root: string): boolean {
    return this.#deps.holdings.progress(root)?.complete === true
  }

  readonly #onCatalogue = (): void => {
    this.#busy = this.#busy.then(() => this.#follow()).catch(this.#onError)
  }

  readonly #onProgress = (root: string): void => {
    if (this.#isWhole(root)) this.#unfinished?.delete(root)
    else if (this.#shown.has(root) && this.#unfinished?.has(root) === false) this.#unfinished = null
  }

  readonly #onError = (err: unknown): void => {
    this.#deps.logger.error({ err }, 'what is stored could not be brought in step with what is shown')
  }

  async #shed(roots: readonly string[]): Promise<void> {
    for (const root of roots) {
      const manifest = this.#shown.get(root)
      if (manifest === undefined || this.keeps(root)) continue
      await this.#letGo(root)
      // Followed still, so that it is known what it is; nothing of it is wanted.
      await this.#deps.holdings.track(root, { size: manifest.size, chunks: manifest.chunks })
    }
  }

  async #follow(): Promise<void> {
    const { catalogue, holdings, events } = this.#deps
    const manifests = catalogue.shown().map(({ shown }) => shown.body)
    const shown = new Map(
      manifests
        .sort((a, b) => a.size - b.size)
        .map((manifest) => [manifest.root.toString(), manifest] as const),
    )
    const before = this.#shown
    const fresh = [...shown.keys()].filter((root) => !before.has(root))
    for (const [root, { size, chunks }] of shown) {
      if (!before.has(root)) await holdings.track(root, { size, chunks })
    }
    // Followed too, though nobody is told: what a waiting work shares with one that goes must stay, and so must a work that only
    // waits again, since this may be the one node that has it.
    const submitted = catalogue
      .artworks()
      .flatMap(waitingVersions)
      .map((manifest) => [manifest.root.toString(), manifest] as const)
    this.#submitted = new Set(submitted.map(([root]) => root))
    const waiting = new Map(
      submitted.filter(([root, manifest]) => !shown.has(root) && this.#deps.chunks.has(manifest.root)),
    )
    for (const [root, { size, chunks }] of waiting) {
      if (!this.#waiting.has(root)) await holdings.track(root, { size, chunks })
    }
    const gone = [...this.#shown.keys(), ...this.#waiting].filter(
      (root) => !shown.has(root) && !waiting.has(root),
    )
    this.#shown = shown
    // What is whole already stays so: only what is new, or was not whole, is looked at again.
    const unfinished = this.#unfinished
    if (unfinished !== null)
      this.#unfinished = new Set(
        [...shown.keys()].filter(
          (root) => unfinished.has(root) || (!before.has(root) && !this.#isWhole(root)),
        ),
      )
    this.#waiting = new Set(waiting.keys())
    // Only what is shown is offered, and an upload that is admitted later was here long before: now it is to be told.
    for (const root of fresh) {
      if (holdings.progress(root)?.complete === false)
        for (const cid of holdings.chunksOf(root)) events.emit('chunk', cid)
      events.emit('progress', root)
    }
    for (const root of gone) await this.#letGo(root)
    let left = gone.length
    for (const { artist, slug, standing, versions } of catalogue.artworks()) {
      if (standing === 'shown') continue
      // Withdrawn or removed while this node was off, or an upload of what is withdrawn: its content goes all the same.
      if (standing === 'submitted') continue
      for (const { body } of versions) {
        const root = body.root.toString()
        if (!shown.has(root) && !waiting.has(root) && this.#deps.chunks.has(body.root)) {
          this.#deps.logger.info({ artist, slug }, 'letting go of a work that is no longer shown')
          await holdings.track(root, { size: body.size, chunks: body.chunks })
          await this.#letGo(root)
          left += 1
        }
      }
    }
    if (left > 0) events.emit('let-go')
    events.emit('mesh')
  }

  async #letGo(root: string): Promise<void> {
    const { holdings, chunks } = this.#deps
    // A block comes after those that link to it: the other way round the root goes last. So if the power fails midway, what is left
    // is found from the root at the next start; nothing would know of leaves that outlive it.
    const held = [...holdings.chunksOf(root)].toReversed().map((cid) => CID.parse(cid))
    holdings.untrack(root)
    // A leaf that is just being written must not outlive the root either.
    await holdings.idle()
    // Asked for each anew: an upload may begin to count on it while others are being deleted.
    for (const cid of held) if (holdings.rootsOf(cid).length === 0) await chunks.delete(cid)
  }
}

/** Versions newer than the one shown; all of them while none is. None of a work that is withdrawn or removed. */
function waitingVersions({ standing, shown, versions }: CatalogueArtwork): Manifest[] {
  if (standing === 'withdrawn' || standing === 'removed') return []
  const newer = shown === null ? versions : versions.slice(0, versions.indexOf(shown))
  return newer.map(({ body }) => body)
}
