import { randomBytes } from 'node:crypto'
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Logger } from 'pino'
import type { BufferPool } from './buffer-pool.ts'
import { wireLimits } from '../wire/limits.ts'
import { FrameSocket } from './frame-socket.ts'
import { hostOf } from './host-of.ts'
import { meshLimits } from './limits.ts'

const TOKEN_BYTES = 32

/**
 * Plain TCP beside the encrypted streams, for chunks that every visitor may have anyway: they are checked against their CID, so
 * they need neither secrecy nor a MAC, and encryption is four fifths of what a stream costs (docs/decisions/0010). Who may
 * connect is settled on the stream: a neighbour is told a random token there, and shows it first thing here.
 */
export class ChunkSockets {
  readonly #hosts: readonly string[]
  readonly #logger: Logger
  readonly #awaited = new Map<string, (socket: FrameSocket) => void>()
  readonly #open = new Set<Socket>()
  #strangers = 0
  #server: Server | undefined

  /** @param listen multiaddrs that the mesh listens at: the socket listens at the same IP, at a port the system chooses */
  constructor(listen: readonly string[], logger: Logger) {
    this.#hosts = listen.map((text) => hostOf(multiaddr(text))).filter((host) => host !== null)
    this.#logger = logger
  }

  async start(): Promise<void> {
    const [host] = this.#hosts
    if (this.#server !== undefined || host === undefined) return
    const server = createServer({ noDelay: true }, (socket) => this.#greet(socket))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host, port: 0 }, resolve)
    })
    server.on('error', (err) => this.#logger.warn({ err }, 'chunk socket'))
    this.#server = server
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    this.#awaited.clear()
    for (const socket of this.#open) socket.destroy()
    if (server !== undefined) await new Promise((closed) => server.close(closed))
  }

  /** A ticket for one connection of one neighbour. Null when there is no socket: everything then goes over the stream. */
  expect(
    onConnected: (socket: FrameSocket) => void,
  ): { port: number; token: Uint8Array; cancel: () => void } | null {
    const address = this.#server?.address()
    if (typeof address !== 'object' || address === null) return null
    const token = randomBytes(TOKEN_BYTES)
    const key = token.toString('hex')
    this.#awaited.set(key, onConnected)
    return { port: address.port, token, cancel: () => void this.#awaited.delete(key) }
  }

  #greet(socket: Socket): void {
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    if (this.#strangers >= meshLimits.chunkSocketStrangers) {
      socket.destroy()
      return
    }
    this.#strangers += 1
    const framed = new FrameSocket(socket, TOKEN_BYTES)
    const tooLate = setTimeout(() => socket.destroy(), meshLimits.chunkSocketTimeoutMs)
    framed
      .read()
      .then((frame) => {
        const key = frame === null ? '' : Buffer.from(frame).toString('hex')
        const welcome = this.#awaited.get(key)
        this.#awaited.delete(key)
        if (welcome === undefined) socket.destroy()
        else welcome(framed)
      })
      .catch((err: unknown) => this.#logger.debug({ err }, 'a stranger at the chunk socket'))
      .finally(() => {
        clearTimeout(tooLate)
        this.#strangers -= 1
      })
  }
}

/** Connects to a neighbour's chunk socket. @throws when it cannot be reached in time */
export async function connectChunkSocket(
  remote: Multiaddr,
  { port, token }: { port: number; token: Uint8Array },
  pool?: BufferPool,
): Promise<FrameSocket> {
  const host = hostOf(remote)
  if (host === null) throw new Error('the neighbour has no IP address')
  let framed: FrameSocket | undefined
  // Nothing comes before the token went.
  const nothing = Buffer.alloc(1)
  const socket = connect({
    host,
    port,
    noDelay: true,
    // Where it belongs, instead of into a new buffer for each 64 KiB.
    onread: {
      buffer: () => framed?.space() ?? nothing,
      callback: (length, buffer) => framed?.takeFrom(buffer, length) ?? true,
    },
  })
  await new Promise<void>((resolve, reject) => {
    const tooLate = setTimeout(() => socket.destroy(new Error('timed out')), meshLimits.chunkSocketTimeoutMs)
    socket.once('connect', resolve)
    socket.once('error', reject)
    socket.once('close', () => clearTimeout(tooLate))
    socket.once('connect', () => clearTimeout(tooLate))
  })
  framed = new FrameSocket(socket, wireLimits.chunkFrameBytes, pool)
  await framed.write(token)
  return framed
}
