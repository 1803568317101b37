import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtworkSummary, MeshView, NodeView } from '../../../node/http/contract.ts'
import { eventually } from './eventually.ts'
import { fetchInHost, jsonInHost } from './fetch-in-host.ts'
import type { Answer } from './fetch-in-host.ts'
import type { VenueHost } from './network.ts'

const program = join(import.meta.dirname, '..', '..', '..', 'node', 'bin.js')

export interface NodeOptions {
  readonly host: VenueHost
  readonly name: string
  readonly join?: string
  readonly collection?: boolean
  /** multiaddr; the address of its host when absent. */
  readonly listen?: string
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** A module loaded before the program: a wrong clock, a lying peer. */
  readonly preload?: string
  readonly dataDir?: string
}

/** A node in a process of its own, in a host of the venue. */
export class RunningNode {
  readonly options: NodeOptions
  readonly dataDir: string
  readonly url: string
  #child: ChildProcess | undefined
  #said = ''

  constructor(options: NodeOptions) {
    this.options = options
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'mesh-art-'))
    this.url = `http://${options.host.address}:8080`
  }

  static async start(options: NodeOptions): Promise<RunningNode> {
    const node = new RunningNode(options)
    await node.start()
    return node
  }

  /** Starts it, or starts it again on the same data. */
  async start(): Promise<void> {
    this.launch()
    await this.untilSaid('In the mesh as')
  }

  launch(): void {
    const { host, name, join: invite, args = [], env, preload, collection = true } = this.options
    this.#said = ''
    const child = host.spawn(
      process.execPath,
      [
        ...(preload === undefined ? [] : ['--import', preload]),
        program,
        'node',
        '--data-dir',
        this.dataDir,
        '--name',
        name,
        '--http',
        '0.0.0.0:8080',
        '--listen',
        this.options.listen ?? `/ip4/${host.address}/tcp/4001`,
        '--log-level',
        'debug',
        ...(invite === undefined ? [] : ['--join', invite]),
        ...(collection ? [] : ['--no-collection']),
        ...args,
      ],
      env,
    )
    child.stdout?.on('data', (bytes: Buffer) => (this.#said += bytes.toString()))
    child.stderr?.on('data', (bytes: Buffer) => (this.#said += bytes.toString()))
    this.#child = child
  }

  get said(): string {
    return this.#said
  }

  async untilSaid(text: string): Promise<void> {
    await eventually(`${this.options.name} says '${text}'`, () => {
      if (this.#said.includes(text)) return
      throw new Error(
        `${this.options.name} (exit ${this.#child?.exitCode}) said:\n${this.#said.slice(-3000)}`,
      )
    })
  }

  get invite(): string {
    const found = /mesh-art-invite:[\w-]+/.exec(this.#said)?.[0]
    if (found === undefined) throw new Error(`no invite was printed:\n${this.#said}`)
    return found
  }

  /** Memory that it has now, MiB (proc_pid_status(5)). `ip netns exec` became the node: its process is the node's. */
  residentMiB(): number {
    const status = readFileSync(`/proc/${this.#child?.pid ?? 0}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** As when the power fails. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Stops it and forgets its data. */
  async remove(): Promise<void> {
    await this.#end('SIGKILL')
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  get(path: string, headers: Record<string, string> = {}): Answer {
    return fetchInHost(this.options.host, `${this.url}${path}`, { headers })
  }

  works(): ArtworkSummary[] {
    return jsonInHost<{ artworks: ArtworkSummary[] }>(this.options.host, `${this.url}/api/v1/artworks`)
      .artworks
  }

  view(): NodeView {
    return jsonInHost(this.options.host, `${this.url}/api/v1/node`)
  }

  mesh(): MeshView {
    return jsonInHost(this.options.host, `${this.url}/api/v1/mesh`)
  }

  /** Waits until the node shows so many works and holds them whole. */
  async untilWhole(works: number, limitMs?: number): Promise<ArtworkSummary[]> {
    return eventually(
      `${this.options.name} holds ${works} works whole`,
      () => {
        const shown = this.works()
        const whole = shown.filter(({ progress }) => progress.complete).length
        if (shown.length !== works || whole !== works) {
          const causes = shown.map(
            ({ slug, progress }) => `${slug} ${progress.have}/${progress.total} ${progress.cause ?? ''}`,
          )
          throw new Error(`${whole} of ${shown.length}: ${causes.join(', ')}\n${this.#said.slice(-2000)}`)
        }
        return shown
      },
      limitMs,
    )
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === undefined || !this.isRunning) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
}
