import { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'
import type { UploadView } from '../http/contract.ts'
import type { WorkBlocks } from '../ingest/work-blocks.ts'
import { CommandError } from './errors.ts'
import { NodeRefusal } from './node-api.ts'
import type { NodeApi } from './node-api.ts'

export const sendLimits = Object.freeze({
  /** Many small blocks, or a few large ones: enough to keep a connection busy, and little enough for slow Wi-Fi. */
  blocksInFlight: 16,
  bytesInFlight: 4 * 1024 * 1024,
  /** How often the upload is announced anew, after a node that restarted or lost something. */
  rounds: 5,
})

/**
 * Brings a node the blocks of a work that it lacks: it says which it wants next, parents before children, and each answer
 * says it anew. So an upload that was cut off goes on where it was.
 * @throws {CommandError} @throws {IngestError} `changed`
 */
export async function sendWork(
  api: NodeApi,
  blocks: WorkBlocks,
  whose: { readonly artist: Did; readonly slug: string },
  onProgress: (have: number, total: number) => void,
): Promise<void> {
  const { size, chunks } = blocks.imported
  const announcement = { root: blocks.imported.root.toString(), size, chunks, ...whose }
  for (let round = 0; round < sendLimits.rounds; round++) {
    const state = await api.openUpload(announcement)
    if (state.complete) return
    try {
      await new SendingRound(api, blocks, onProgress).run(state)
    } catch (err) {
      // The node was restarted and knows of no upload.
      if (!(err instanceof NodeRefusal) || err.status !== 404) throw err
    }
    if ((await api.openUpload(announcement)).complete) return
  }
  throw new CommandError('the node does not keep what it is sent; publish again, or to another node')
}

/** Sends each block that is wanted once, a bounded number at a time. */
class SendingRound {
  readonly #api: NodeApi
  readonly #blocks: WorkBlocks
  readonly #onProgress: (have: number, total: number) => void
  readonly #stop = new AbortController()
  readonly #root: string
  readonly #asked = new Set<string>()
  readonly #waiting: CID[] = []
  readonly #inFlight = new Set<Promise<void>>()
  #bytesInFlight = 0
  #have = 0

  constructor(api: NodeApi, blocks: WorkBlocks, onProgress: (have: number, total: number) => void) {
    this.#api = api
    this.#blocks = blocks
    this.#onProgress = onProgress
    this.#root = blocks.imported.root.toString()
  }

  async run(state: UploadView): Promise<void> {
    this.#take(state)
    try {
      for (;;) {
        while (this.#hasRoom()) this.#start()
        if (this.#inFlight.size === 0) return
        await Promise.race(this.#inFlight)
      }
    } finally {
      this.#stop.abort()
      await Promise.allSettled(this.#inFlight)
    }
  }

  #hasRoom(): boolean {
    if (this.#waiting.length === 0) return false
    return (
      this.#inFlight.size === 0 ||
      (this.#inFlight.size < sendLimits.blocksInFlight && this.#bytesInFlight < sendLimits.bytesInFlight)
    )
  }

  #start(): void {
    const cid = this.#waiting.shift()
    if (cid === undefined) return
    const bytes = this.#blocks.size(cid)
    if (bytes === undefined)
      throw new CommandError(`the node asks for ${cid.toString()}, which is not of this work`)
    this.#bytesInFlight += bytes
    const sending = this.#send(cid).finally(() => {
      this.#bytesInFlight -= bytes
      this.#inFlight.delete(sending)
    })
    this.#inFlight.add(sending)
  }

  async #send(cid: CID): Promise<void> {
    const bytes = await this.#blocks.get(cid)
    this.#take(await this.#api.putChunk(this.#root, cid, bytes, this.#stop.signal))
  }

  /** Answers overtake each other: what one asks for may be sent already. */
  #take({ wanted, have, total }: UploadView): void {
    for (const text of wanted) {
      if (this.#asked.has(text)) continue
      this.#asked.add(text)
      this.#waiting.push(CID.parse(text))
    }
    this.#have = Math.max(this.#have, have)
    this.#onProgress(this.#have, total)
  }
}
