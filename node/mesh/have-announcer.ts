import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { ExhibitionContent } from '../store/exhibition-content.ts'
import type { Holdings } from '../store/holdings.ts'
import type { ChunkServer, HaveSource } from './chunk-server.ts'
import { meshLimits } from './limits.ts'

/** Tells every neighbour what this node holds: all of it when the stream opens, then each chunk once it is stored. */
export class HaveAnnouncer implements HaveSource {
  readonly #deps: { holdings: Holdings; content: ExhibitionContent; events: NodeEventBus; logger: Logger }
  readonly #servers = new Set<ChunkServer>()
  readonly #newChunks = new Set<string>()
  readonly #changedRoots = new Set<string>()
  readonly #toldRoots = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  constructor(deps: {
    holdings: Holdings
    content: ExhibitionContent
    events: NodeEventBus
    logger: Logger
  }) {
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
    this.#newChunks.add(cid)
    this.#schedule()
  }

  readonly #onProgress = (root: string): void => {
    this.#changedRoots.add(root)
    this.#schedule()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell()
    }, meshLimits.haveGatherMs)
  }

  #tell(): void {
    const { content, holdings, logger } = this.#deps
    const shown = content.shown()
    const roots = [...this.#changedRoots].filter((root) => {
      const complete = shown.has(root) && holdings.progress(root)?.complete === true
      if (!complete) this.#toldRoots.delete(root)
      return complete && !this.#toldRoots.has(root)
    })
    for (const root of roots) this.#toldRoots.add(root)
    const cids = [...this.#newChunks].map((cid) => CID.parse(cid))
    this.#newChunks.clear()
    this.#changedRoots.clear()
    if (roots.length === 0 && cids.length === 0) return
    const rootCids = roots.map((root) => CID.parse(root))
    for (const server of this.#servers) {
      server
        .tell(rootCids, cids)
        .catch((err: unknown) => logger.debug({ err }, 'telling a neighbour that is gone'))
    }
  }
}
