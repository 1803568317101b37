import type { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { RAW_CODEC } from '../../artworks/format/dag.ts'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { PeerState } from '../store/mesh-state.ts'
import { WireError } from '../wire/codec.ts'
import type { ChunkControl } from '../wire/chunk-messages.ts'
import { chunkFrameHead, decodeChunkFrame, encodeControl } from '../wire/chunk-messages.ts'
import { wireLimits } from '../wire/limits.ts'
import { AskedChunks } from './asked-chunks.ts'
import type { BufferPool } from './buffer-pool.ts'
import type { ChunkRelay } from './chunk-relay.ts'
import type { FrameChannel } from './frame-channel.ts'
import type { FrameSocket } from './frame-socket.ts'
import type { GivenChunks } from './given-chunks.ts'
import type { RecentChunks } from './recent-chunks.ts'

export interface ChunkServerDependencies {
  readonly chunks: ChunkStore
  readonly peer: PeerState
  readonly logger: Logger
  /** What which neighbour was given, of all of them. */
  readonly given: GivenChunks
  /** Where chunks are read into on their way to a plain connection. */
  readonly pool: BufferPool
  /** What was stored last. */
  readonly recent: RecentChunks
  readonly steadyNowMs: () => number
  /** Whether any visitor may have the chunk: it belongs to a work that is shown. */
  readonly isPublic: (cid: CID) => boolean
  /** What this node does not hold, fetched for the neighbour; and what passed through. */
  readonly relay: ChunkRelay
}

/** What is read before the stream has taken what goes before. A chunk larger than this is read alone. */
const READ_AHEAD = Object.freeze({ chunks: 8, bytes: 256 * 1024 })

interface Loaded {
  readonly bytes: Uint8Array | null
  /** The plain connection it goes over, if it may. */
  readonly socket: FrameSocket | undefined
  /** Gives its buffer back. */
  readonly release: () => void
}

type Seek = Extract<ChunkControl, { t: 'seek' }>

interface ReadAhead {
  readonly cid: CID
  readonly size: number
  readonly loading: Promise<Loaded>
}

export interface HaveSource {
  /** Roots held whole, and chunks held of the others: everything that may be told. */
  snapshot(): { roots: CID[]; cids: CID[] }
}

/** The answering side of the chunk protocol on one stream: says what is held, sends what is asked for, in the order asked. */
export class ChunkServer {
  readonly #framed: FrameChannel
  readonly #chunks: ChunkStore
  readonly #peer: PeerState
  readonly #logger: Logger
  readonly #asked = new AskedChunks()
  /** Being fetched from other neighbours. */
  readonly #fetching = new Map<string, AbortController>()
  readonly #relay: ChunkRelay
  readonly #pool: BufferPool
  readonly #recent: RecentChunks
  readonly #steadyNowMs: () => number
  readonly #given: GivenChunks
  readonly #isPublic: (cid: CID) => boolean
  /** The neighbour's plain connection, once it has one. */
  #socket: FrameSocket | undefined
  #sending = false
  #closed = false
  /** Held, and not told yet: what comes while a message is on its way goes with the next. */
  readonly #untold: { readonly roots: CID[]; readonly cids: CID[] } = { roots: [], cids: [] }
  #telling = false

  constructor(framed: FrameChannel, deps: ChunkServerDependencies) {
    this.#framed = framed
    this.#chunks = deps.chunks
    this.#peer = deps.peer
    this.#logger = deps.logger
    this.#pool = deps.pool
    this.#recent = deps.recent
    this.#steadyNowMs = deps.steadyNowMs
    this.#given = deps.given
    this.#isPublic = deps.isPublic
    this.#relay = deps.relay
  }

  /** Tells the neighbour where public chunks can also be had. */
  async offerSocket({ port, token }: { port: number; token: Uint8Array }): Promise<void> {
    await this.#framed.write(encodeControl({ t: 'socket', port, token }))
  }

  /** From here on public chunks go over the plain connection, until it fails. */
  useSocket(socket: FrameSocket): void {
    if (this.#closed) socket.abort(new Error('the neighbour is gone'))
    else this.#socket = socket
  }

  /** Serves until the other side ends the stream. @throws {WireError} when it says what it should not */
  async run(haves: HaveSource): Promise<void> {
    const { roots, cids } = haves.snapshot()
    await this.tell(roots, cids)
    try {
      for (;;) {
        const frame = await this.#framed.read()
        if (frame === null) return
        const message = decodeChunkFrame(frame)
        if (message.t === 'cancel') {
          for (const cid of message.c) this.#forget(cidKey(cid))
        } else if (message.t === 'first') {
          for (const cid of message.c) if (this.#asked.has(cidKey(cid))) this.#asked.addFirst(cid)
        } else if (message.t === 'want' || message.t === 'insist') {
          await this.#enqueue(message.c, message.t === 'insist')
          this.#sendSoon()
        } else if (message.t === 'seek') {
          await this.#seek(message)
          this.#sendSoon()
        } else {
          throw new WireError(`'${message.t}' from the asking side`)
        }
      }
    } finally {
      this.#closed = true
      this.#asked.clear()
      for (const fetching of this.#fetching.values()) fetching.abort()
      this.#given.forget(this)
      this.#socket?.abort(new Error('the neighbour is gone'))
    }
  }

  /** Tells what is newly held, in messages of bounded length, one on its way at a time: a neighbour that does not read makes no queue. */
  async tell(roots: readonly CID[], cids: readonly CID[]): Promise<void> {
    for (const root of roots) this.#untold.roots.push(root)
    for (const cid of cids) this.#untold.cids.push(cid)
    if (this.#telling) return
    this.#telling = true
    try {
      const step = wireLimits.cidsPerMessage
      while (!this.#closed && this.#untold.roots.length + this.#untold.cids.length > 0) {
        const c = this.#untold.cids.splice(0, step)
        await this.#framed.write(encodeControl({ t: 'have', roots: this.#untold.roots.splice(0, step), c }))
      }
    } finally {
      this.#telling = false
    }
  }

  /**
   * Leaves that another neighbour was given already are put off: those two can swap them, while this node gives each of them what
   * nobody has yet. A seed thus sends everything once before it sends anything twice (as BitTorrent's super-seeding does).
   */
  async #enqueue(cids: readonly CID[], insisted: boolean): Promise<void> {
    const later: CID[] = []
    for (const cid of cids) {
      const key = cidKey(cid)
      if (!insisted && cid.code === RAW_CODEC && this.#given.isWithAnother(key, this)) later.push(cid)
      else {
        this.#given.note(key, this)
        this.#asked.add(cid)
      }
    }
    if (later.length > 0) await this.#framed.write(encodeControl({ t: 'later', c: later }))
  }

  #forget(key: string): void {
    this.#asked.delete(key)
    this.#fetching.get(key)?.abort()
  }

  async #seek({ c, root, hops, waiting }: Seek): Promise<void> {
    const gone: CID[] = []
    for (const cid of c) {
      const key = cidKey(cid)
      if (this.#asked.has(key)) this.#asked.addFirst(cid)
      else if (this.#fetching.has(key)) continue
      else if (this.#chunks.has(cid) || this.#relay.passing(cid) !== null) {
        this.#given.note(key, this)
        this.#asked.addFirst(cid)
      } else if (hops === 0 || this.#fetching.size >= wireLimits.seeksPerNeighbour) gone.push(cid)
      else this.#fetch(cid, { root, waiting, hops: hops - 1 }).catch((err: unknown) => this.#failed(err))
    }
    if (gone.length > 0) await this.#framed.write(encodeControl({ t: 'gone', c: gone }))
  }

  async #fetch(cid: CID, { root, hops, waiting }: Omit<Seek, 't' | 'c'>): Promise<void> {
    const key = cidKey(cid)
    const fetching = new AbortController()
    this.#fetching.set(key, fetching)
    const came = await this.#relay
      .fetch(cid, root, { signal: fetching.signal, hops, waiting })
      .finally(() => this.#fetching.delete(key))
    if (this.#closed || fetching.signal.aborted) return
    if (came) {
      this.#asked.addFirst(cid)
      this.#sendSoon()
    } else await this.#framed.write(encodeControl({ t: 'gone', c: [cid] }))
  }

  #sendSoon(): void {
    if (this.#asked.size > wireLimits.wantsPerNeighbour) throw new WireError('more asked for than may wait')
    this.#send().catch((err: unknown) => this.#failed(err))
  }

  #failed(err: unknown): void {
    this.#logger.debug({ err }, 'sending chunks ended')
    this.#framed.abort(err instanceof Error ? err : new Error(String(err)))
  }

  /** A chunk is read when the stream has taken the last; of small ones a few are read ahead, since else each waits for the disk. */
  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    const ahead: ReadAhead[] = []
    try {
      for (;;) {
        this.#readAhead(ahead)
        const next = ahead.shift()
        if (next === undefined) return
        const sent = await this.#sendChunk(next)
        if (sent === null) await this.#framed.write(encodeControl({ t: 'gone', c: [next.cid] }))
        else this.#peer.sentBytes += sent
      }
    } finally {
      this.#sending = false
      // What was read and is not sent any more: its buffers go back.
      for (const { loading } of ahead)
        loading.then(
          ({ release }) => release(),
          () => undefined,
        )
    }
  }

  #readAhead(ahead: ReadAhead[]): void {
    let bytes = ahead.reduce((sum, { size }) => sum + size, 0)
    while (ahead.length < READ_AHEAD.chunks && !this.#closed) {
      const cid = this.#asked.peek()
      if (cid === undefined) return
      const size = this.#chunks.size(cid) ?? 0
      if (ahead.length > 0 && bytes + size > READ_AHEAD.bytes) return
      const key = cidKey(cid)
      this.#asked.delete(key)
      bytes += size
      const loading = this.#load(key, cid, size)
      // It fails its reader below; until then nobody may listen.
      loading.catch(() => undefined)
      ahead.push({ cid, size, loading })
    }
  }

  async #load(key: string, cid: CID, size: number): Promise<Loaded> {
    const socket = this.#chunks.has(cid) && this.#isPublic(cid) ? this.#socket : undefined
    if (socket === undefined) {
      const bytes = (await this.#chunks.get(cid)) ?? this.#relay.passing(cid)
      return { bytes, socket, release: () => undefined }
    }
    const buffer = this.#pool.take(size)
    const release = (): void => this.#pool.give(buffer)
    const recent = this.#recent.read(key, buffer, this.#steadyNowMs())
    // Who receives it checks it, and asks again over the stream for what is wrong: there it is checked here too (docs/decisions/0066).
    const bytes = recent ?? (await this.#chunks.get(cid, { into: buffer, checks: false }))
    return { bytes, socket, release }
  }

  /** @returns its bytes' number, or null when it is not held */
  async #sendChunk({ cid, loading }: ReadAhead): Promise<number | null> {
    const { bytes, socket, release } = await loading
    if (bytes === null) {
      release()
      return null
    }
    const head = chunkFrameHead(cid)
    if (socket === undefined) await this.#framed.write(head, bytes)
    else {
      try {
        await socket.writeThen(release, head, bytes)
      } catch (err) {
        // What was on its way is lost: the neighbour notices that the socket is gone, and begins anew without it.
        this.#logger.debug({ err }, 'the plain connection failed')
        this.#socket = undefined
      }
    }
    return bytes.length
  }
}
