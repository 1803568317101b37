import type { ChildProcess } from 'node:child_process'
import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { ArtworkSummary } from '../../../node/http/contract.ts'
import { program } from './command-line.ts'
import { freePort, stopProcess } from './workspace.ts'
import type { Workspace } from './workspace.ts'

const READY_LIMIT_MS = 60_000
const READY_POLL_MS = 5
/** Each question costs the node milliseconds: asked every 25 ms, they were part of what was measured. */
const PROGRESS_POLL_MS = 100

export interface NodeProcessOptions {
  readonly dataDir: string
  readonly name: string
  /** The node to join. */
  readonly joins?: NodeProcess
}

/** A node as `mesh-art node` starts it, in a process of its own, on loopback and without mDNS. */
export class NodeProcess {
  readonly url: string
  /** From the start of the process until it said that it is ready. */
  readonly readyMs: number
  readonly #child: ChildProcess
  readonly #said: () => string

  private constructor(init: { url: string; readyMs: number; child: ChildProcess; said: () => string }) {
    this.url = init.url
    this.readyMs = init.readyMs
    this.#child = init.child
    this.#said = init.said
  }

  /** Resolves when it is ready. */
  static async start(workspace: Workspace, options: NodeProcessOptions): Promise<NodeProcess> {
    const { dataDir, name, joins } = options
    const port = await freePort()
    const startMs = performance.now()
    const args = ['node', '--data-dir', dataDir, '--name', name, '--http', `127.0.0.1:${port}`]
    args.push('--listen', '/ip4/127.0.0.1/tcp/0', '--no-mdns')
    if (joins !== undefined) args.push('--join', joins.#invite, '--peer', joins.#address)
    const child = workspace.node(program, ...args)
    let said = ''
    child.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()))
    child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const url = `http://127.0.0.1:${port}`
    while (!(await answersOk(`${url}/readyz`))) {
      if (child.exitCode !== null) throw new Error(`the node ${name} ended: ${said.slice(-2000)}`)
      if (performance.now() - startMs > READY_LIMIT_MS)
        throw new Error(`the node ${name} is not ready: ${said.slice(-2000)}`)
      await delay(READY_POLL_MS)
    }
    const readyMs = performance.now() - startMs
    while (!said.includes('In the mesh as')) await delay(READY_POLL_MS)
    return new NodeProcess({ url, readyMs, child, said: () => said })
  }

  get pid(): number {
    const { pid } = this.#child
    if (pid === undefined) throw new Error('the node has no process')
    return pid
  }

  async artworks(): Promise<ArtworkSummary[]> {
    const response = await fetch(`${this.url}/api/v1/artworks`)
    return ((await response.json()) as { artworks: ArtworkSummary[] }).artworks
  }

  /** Waits for a state of the works. @throws after the limit */
  async until(
    what: string,
    isSo: (artworks: readonly ArtworkSummary[]) => boolean,
    limitMs: number,
  ): Promise<ArtworkSummary[]> {
    const endMs = performance.now() + limitMs
    for (;;) {
      const artworks = await this.artworks()
      if (isSo(artworks)) return artworks
      if (performance.now() > endMs)
        throw new Error(`not ${what} in ${limitMs} ms: ${this.#said().slice(-2000)}`)
      await delay(PROGRESS_POLL_MS)
    }
  }

  async untilWhole(works: number, limitMs: number): Promise<ArtworkSummary[]> {
    return this.until(
      `${works} works whole`,
      (artworks) => artworks.length === works && artworks.every(({ progress }) => progress.complete),
      limitMs,
    )
  }

  async stop(): Promise<void> {
    await stopProcess(this.#child)
  }

  get #invite(): string {
    return this.#find(/mesh-art-invite:[\w-]+/)
  }

  get #address(): string {
    return this.#find(/\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/\w+/)
  }

  #find(pattern: RegExp): string {
    const [found] = pattern.exec(this.#said()) ?? []
    if (found === undefined)
      throw new Error(`${String(pattern)} was not printed: ${this.#said().slice(-2000)}`)
    return found
  }
}

/** A failed connection is cheap for whoever is starting, and so is this: no fetch, no keep-alive. */
function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).once('error', () => resolve(false))
  })
}
