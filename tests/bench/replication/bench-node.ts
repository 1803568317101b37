import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ArtworkSummary, MeshView, NodeView } from '../../../node/http/contract.ts'
import type { VenueHost } from '../../venue/support/network.ts'
import { program } from '../support/command-line.ts'
import { stopProcess } from '../support/workspace.ts'
import type { Payload } from './payload.ts'
import { WORK_FILE } from './payload.ts'

const READY_LIMIT_MS = 60_000
const READY_POLL_MS = 50
const REQUEST_LIMIT_MS = 60_000
const SAID_KEPT = 20_000
/** As it runs at a venue; another one where a run is to be looked into. */
const logLevel = process.env['BENCH_LOG_LEVEL'] ?? 'info'
/** Options of the runtime for the nodes alone, such as --cpu-prof. */
const nodeOptions = process.env['BENCH_NODE_OPTIONS']
const nodeEnv = nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }

export interface BenchNodeOptions {
  readonly host: VenueHost
  readonly name: string
  readonly dataDir: string
  /** A folder for the socket that leads to it. */
  readonly folder: string
  readonly httpPort?: number
  readonly listen?: string
  readonly args?: readonly string[]
  /** A module loaded before the program. */
  readonly preload?: string
}

/** A node in a host, and a way to its HTTP interface from outside: sockets with a path do not mind namespaces. */
export class BenchNode {
  readonly name: string
  readonly host: VenueHost
  readonly #child: ChildProcess
  readonly #relay: ChildProcess
  readonly #socketPath: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #said = ''

  private constructor({ host, name, dataDir, folder, ...options }: BenchNodeOptions) {
    const { httpPort = 8080, listen = `/ip4/${host.address}/tcp/4001`, args = [], preload } = options
    this.name = name
    this.host = host
    this.#socketPath = join(folder, `${name}.sock`)
    this.#child = host.spawn(
      process.execPath,
      [
        ...(preload === undefined ? [] : ['--import', preload]),
        program,
        ...['node', '--data-dir', dataDir, '--name', name, '--http', `0.0.0.0:${httpPort}`],
        ...['--listen', listen, '--no-collection', '--log-level', logLevel, ...args],
      ],
      nodeEnv,
    )
    const hear = (bytes: Buffer): void => {
      this.#said = (this.#said + bytes.toString()).slice(-SAID_KEPT)
    }
    this.#child.stdout?.on('data', hear)
    this.#child.stderr?.on('data', hear)
    this.#relay = host.spawn('socat', [
      `UNIX-LISTEN:${this.#socketPath},fork,unlink-early`,
      `TCP:127.0.0.1:${httpPort}`,
    ])
    // Its complaints while the node does not listen yet are none.
    this.#relay.stderr?.resume()
  }

  /** Resolves when it is ready. */
  static async start(options: BenchNodeOptions): Promise<BenchNode> {
    const node = new BenchNode(options)
    const untilMs = performance.now() + READY_LIMIT_MS
    for (;;) {
      try {
        await node.#get('/readyz')
        return node
      } catch (cause) {
        if (node.#child.exitCode !== null || performance.now() > untilMs)
          throw new Error(`the node ${node.name} is not ready:\n${node.said}`, { cause })
        await delay(READY_POLL_MS)
      }
    }
  }

  get said(): string {
    return this.#said.slice(-3000)
  }

  get pid(): number {
    const { pid } = this.#child
    if (pid === undefined) throw new Error(`the node ${this.name} has no process`)
    return pid
  }

  view(): Promise<NodeView> {
    return this.#json('/api/v1/node')
  }

  async neighbours(): Promise<number> {
    const { nodes } = await this.#json<MeshView>('/api/v1/mesh')
    return nodes.filter(({ state }) => state === 'neighbour').length
  }

  async submit(record: Uint8Array): Promise<void> {
    await collect(await this.#send('POST', '/api/v1/records', record))
  }

  /** Reads every work as a visitor would. @throws when one is not what went in */
  async verify({ files }: Payload): Promise<void> {
    const { artworks } = await this.#json<{ artworks: ArtworkSummary[] }>('/api/v1/artworks')
    const roots = new Map(artworks.map(({ slug, root }) => [slug, root]))
    for (const { slug, sha256 } of files) {
      const hashed = createHash('sha256')
      const answer = await this.#send('GET', `/works/${roots.get(slug)}/${WORK_FILE}`)
      for await (const piece of answer) hashed.update(piece as Buffer)
      if (hashed.digest('hex') !== sha256) throw new Error(`${this.name} serves ${slug} damaged`)
    }
  }

  /** What is missing, for whoever asks why it takes so long. */
  async gaps(): Promise<string> {
    const { artworks } = await this.#json<{ artworks: ArtworkSummary[] }>('/api/v1/artworks')
    const gaps = artworks.filter(({ progress }) => !progress.complete)
    const some = gaps.slice(0, 4).map(({ slug, progress: { have, total, cause, from } }) => {
      const sources = from.map(({ name }) => name).join(' ')
      return `${slug} ${have}/${total} ${cause ?? ''} from ${sources || 'nobody'}`
    })
    return `${this.name} lacks ${gaps.length} of ${artworks.length} works: ${some.join(', ')} …`
  }

  async stop(): Promise<void> {
    this.#agent.destroy()
    await Promise.all([stopProcess(this.#child), stopProcess(this.#relay)])
  }

  async #json<T>(path: string): Promise<T> {
    return JSON.parse((await this.#get(path)).toString()) as T
  }

  async #get(path: string): Promise<Buffer> {
    return collect(await this.#send('GET', path))
  }

  #send(method: string, path: string, body?: Uint8Array): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          socketPath: this.#socketPath,
          agent: this.#agent,
          method,
          path,
          headers: {
            host: 'localhost',
            ...(body === undefined ? {} : { 'content-type': 'application/vnd.mesh-art.record' }),
          },
          timeout: REQUEST_LIMIT_MS,
        },
        (answer) => {
          const { statusCode = 0 } = answer
          if (statusCode === 200 || statusCode === 201) {
            resolve(answer)
            return
          }
          collect(answer).then(
            (said) => reject(new Error(`${this.name}: ${method} ${path}: ${statusCode} ${said.toString()}`)),
            reject,
          )
        },
      )
      asked.once('error', reject)
      asked.once('timeout', () => asked.destroy(new Error(`${this.name}: ${path}: no answer`)))
      asked.end(body)
    })
  }
}

async function collect(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
