import { CID } from 'multiformats/cid'
import type { ChunkServer, HaveSource } from '../../node/mesh/chunk-server.ts'
import { NewHaves } from '../../node/replication/new-haves.ts'
import type { SimProcess } from './sim-process.ts'

const MISSED_SHARE = 0.3

/** node/mesh/have-announcer.ts on virtual time. */
export class SimAnnouncer implements HaveSource {
  readonly #process: SimProcess
  readonly #servers = new Set<ChunkServer>()
  readonly #new = new NewHaves()
  #scheduled = false

  constructor(process: SimProcess) {
    this.#process = process
  }

  start(): void {
    this.#process.events.on('chunk', (cid) => {
      this.#new.chunk(cid)
      this.#schedule()
    })
    this.#process.events.on('progress', (root) => {
      this.#new.progress(root)
      this.#schedule()
    })
  }

  add(server: ChunkServer): void {
    this.#servers.add(server)
  }

  delete(server: ChunkServer): void {
    this.#servers.delete(server)
  }

  /** Whom it tells. */
  audience(): Iterable<ChunkServer> {
    return this.#servers
  }

  snapshot(): { roots: CID[]; cids: CID[] } {
    const { content, holdings, node } = this.#process
    const roots: CID[] = []
    const cids: CID[] = []
    for (const root of content.shown().keys()) {
      if (node.behaviour === 'boaster' || holdings.progress(root)?.complete === true)
        roots.push(CID.parse(root))
      else for (const cid of holdings.chunksOf(root)) cids.push(CID.parse(cid))
    }
    return { roots, cids }
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#process.after(this.#new.dueInMs(this.#process.steadyNowMs()), () => {
      this.#scheduled = false
      this.#tell()
    })
  }

  #tell(): void {
    const { content, holdings, world, random } = this.#process
    const shown = content.shown()
    const { roots, cids } = this.#new.take(
      this.#process.steadyNowMs(),
      (root) => shown.has(root) && holdings.progress(root)?.complete === true,
    )
    if (roots.length === 0 && cids.length === 0) return
    if (world.mutations.missesHaves === true && random.chance(MISSED_SHARE)) return
    const rootCids = roots.map((root) => CID.parse(root))
    const chunkCids = cids.map((cid) => CID.parse(cid))
    for (const server of this.#servers)
      server.tell(rootCids, chunkCids).catch((err: unknown) => this.#process.failed('telling', err))
  }
}
