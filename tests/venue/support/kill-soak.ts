import { createHash } from 'node:crypto'
import type { ArtworkSummary } from '../../../node/http/contract.ts'
import { Random } from '../../simulation/random.ts'
import { eventually } from './eventually.ts'
import type { RunningNode } from './running-node.ts'
import type { Venue } from './venue.ts'

export interface KillSoakOptions {
  readonly seed: number
  readonly nodes: number
  readonly kills: number
  /** Works brought in meanwhile, of random bytes up to this. */
  readonly works: number
  readonly workBytes: number
  readonly print?: (line: string) => void
}

export interface KillSoakResult {
  readonly kills: number
  readonly publishes: number
  readonly reads: number
  readonly served: number
  readonly chunksVerified: number
  readonly damaged: readonly string[]
}

const HOUSE_WORKS = 4
const LINK_MBIT = 60
const CONVERGE_MS = 240_000
const PUBLISH_TRIES = 40

/**
 * Kills nodes at random, as a loss of power would (but for what the disk keeps), while works are brought in, spread and read; then
 * everybody must hold everything, and every chunk must be what its name says. Kill times come from the seed; what they
 * meet is up to the machine.
 */
export class KillSoak {
  readonly #venue: Venue
  readonly #options: KillSoakOptions
  readonly #random: Random
  readonly #nodes: RunningNode[] = []
  readonly #hashes = new Map<string, string>()
  #publishes = 0
  #reads = 0
  #served = 0

  constructor(venue: Venue, options: KillSoakOptions) {
    this.#venue = venue
    this.#options = options
    this.#random = new Random(options.seed)
  }

  /** @throws {Error} when wrong bytes are served, or not everything is everywhere in the end */
  async run(): Promise<KillSoakResult> {
    const { nodes, works, kills } = this.#options
    const first = await this.#venue.node('n0')
    this.#nodes.push(first)
    const invite = this.#venue.invite(first)
    for (let i = 1; i < nodes; i++) this.#nodes.push(await this.#venue.node(`n${i}`, { join: invite }))
    for (const node of this.#nodes) node.options.host.shape(LINK_MBIT)
    const key = this.#venue.artistKey()
    const bringing = this.#bringAll(works, key)
    // Its failure is told once the killing is over.
    bringing.catch(() => {})
    for (let kill = 1; kill <= kills; kill++) {
      await this.#killOne()
      if (kill % 10 === 0) this.#options.print?.(`${kill} of ${kills} kills, ${this.#hashes.size} works`)
    }
    await bringing
    await this.#untilEqual(HOUSE_WORKS + works)
    return this.#verify()
  }

  async #killOne(): Promise<void> {
    await wait(this.#random.between(100, 2_000))
    const up = await eventually('a node is in the mesh', () => {
      const running = this.#nodes.filter((node) => this.#isUp(node))
      if (running.length === 0) throw new Error(this.#nodes.map(({ said }) => said.slice(-500)).join('\n'))
      return running
    })
    const node = this.#random.pick(up)
    this.#readOne(this.#random.pick(up))
    await node.kill()
    node.launch()
  }

  #isUp(node: RunningNode): boolean {
    return node.isRunning && node.said.includes('In the mesh as')
  }

  /** A visitor: what is served whole is what the artist brought. */
  #readOne(node: RunningNode): void {
    this.#reads += 1
    let shown: ArtworkSummary[]
    try {
      shown = node.works().filter(({ slug }) => this.#hashes.has(slug))
    } catch {
      // It is just starting: there is nobody to answer.
      return
    }
    if (shown.length === 0) return
    const { root, slug } = this.#random.pick(shown)
    this.#check(node, root, slug)
  }

  #check(node: RunningNode, root: string, slug: string): boolean {
    let answer: ReturnType<RunningNode['get']>
    try {
      answer = node.get(`/works/${root}/work.bin`)
    } catch {
      // Cut off, for a part of it did not come: a reader sees that it is not whole.
      return false
    }
    if (answer.status !== 200) return false
    this.#served += 1
    const got = createHash('sha256').update(answer.body).digest('hex')
    if (got !== this.#hashes.get(slug)) throw new Error(`${node.options.name} serves wrong bytes of ${slug}`)
    return true
  }

  async #bringAll(works: number, key: readonly string[]): Promise<void> {
    for (let i = 0; i < works; i++) {
      const slug = `soak-${i}`
      const bytes = Buffer.from(this.#random.bytes(1 + this.#random.below(this.#options.workBytes)))
      const folder = this.#venue.randomArtwork(slug, bytes)
      this.#hashes.set(slug, createHash('sha256').update(bytes).digest('hex'))
      await this.#bring(folder, key)
    }
  }

  /** At whatever node; when that one is killed under it, at another. */
  async #bring(folder: string, key: readonly string[]): Promise<void> {
    const said: string[] = []
    for (let tries = 0; tries < PUBLISH_TRIES; tries++) {
      const up = this.#nodes.filter((node) => this.#isUp(node))
      const { url } = this.#random.pick(up.length > 0 ? up : this.#nodes)
      this.#publishes += 1
      const child = this.#venue.start('artwork', 'publish', folder, '--node', url, ...key)
      let stderr = ''
      child.stderr?.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
      const code = await new Promise((resolve) => child.once('exit', resolve))
      if (code === 0) return
      said.push(stderr)
      await wait(1_000)
    }
    throw new Error(`${folder} could not be brought in:\n${said.join('\n')}`)
  }

  async #untilEqual(works: number): Promise<void> {
    for (const node of this.#nodes) {
      await node.untilSaid('In the mesh as')
      await node.untilWhole(works, CONVERGE_MS)
    }
    for (const node of this.#nodes) {
      for (const { root, slug } of node.works()) {
        if (this.#hashes.has(slug) && !this.#check(node, root, slug))
          throw new Error(`${node.options.name} does not serve ${slug}`)
      }
    }
  }

  async #verify(): Promise<KillSoakResult> {
    const damaged: string[] = []
    let chunksVerified = 0
    for (const node of this.#nodes) {
      await node.stop()
      const said = this.#venue.cli(node.options.host, 'verify', '--data-dir', node.dataDir, '--json')
      const result = JSON.parse(said) as { chunks: number; damaged: string[] }
      chunksVerified += result.chunks
      damaged.push(...result.damaged)
    }
    const { kills } = this.#options
    return {
      kills,
      publishes: this.#publishes,
      reads: this.#reads,
      served: this.#served,
      chunksVerified,
      damaged,
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
