import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { NewHaves } from '../replication/new-haves.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { Holdings } from '../store/holdings.ts'
import type { ChunkServer, HaveSource } from './chunk-server.ts'

interface HaveAnnouncerDependencies {
  readonly holdings: Holdings
  readonly content: ExhibitionContent
  readonly events: NodeEventBus
  readonly logger: Logger
  readonly steadyNowMs: () => number
}

/** Tells every neighbour what this node holds: all of it when the stream opens, then each chunk once it is stored. */
export class HaveAnnouncer implements HaveSource {
  readonly #deps: HaveAnnouncerDependencies
  readonly #servers = new Set<ChunkServer>()
  readonly #new = new NewHaves()
  #timer: NodeJS.Timeout | undefined

  constructor(deps: HaveAnnouncerDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#deps.events.on('chunk', this.#onChunk)
    this.#deps.events.on('progress', this.#onProgress)
  }

  stop(): void {
    this.#deps.events.off('chunk', this.#onChunk)
    this.#deps.events.off('progress', this.#onProgress)
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  add(server: ChunkServer): void {
    this.#servers.add(server)
  }

  delete(server: ChunkServer): void {
    this.#servers.delete(server)
  }

  snapshot(): { roots: CID[]; cids: CID[] } {
    const { content, holdings } = this.#deps
    const roots: CID[] = []
    const cids: CID[] = []
    for (const root of content.shown().keys()) {
      if (holdings.progress(root)?.complete === true) roots.push(CID.parse(root))
      else for (const cid of holdings.chunksOf(root)) cids.push(CID.parse(cid))
    }
    return { roots, cids }
  }

  readonly #onChunk = (cid: string): void => {
    this.#new.chunk(cid)
    this.#schedule()
  }

  readonly #onProgress = (root: string): void => {
    this.#new.progress(root)
    this.#schedule()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell()
    }, this.#new.dueInMs(this.#deps.steadyNowMs()))
  }

  #tell(): void {
    const { content, holdings, logger, steadyNowMs } = this.#deps
    const shown = content.shown()
    const { roots, cids } = this.#new.take(
      steadyNowMs(),
      (root) => shown.has(root) && holdings.progress(root)?.complete === true,
    )
    if (roots.length === 0 && cids.length === 0) return
    const [rootCids, chunkCids] = [roots, cids].map((list) => list.map((cid) => CID.parse(cid)))
    for (const server of this.#servers) {
      server
        .tell(rootCids ?? [], chunkCids ?? [])
        .catch((err: unknown) => logger.debug({ err }, 'telling a neighbour that is gone'))
    }
  }
}
