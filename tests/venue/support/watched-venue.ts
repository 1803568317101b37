import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionResultView, MeshHealthView } from '../../../node/http/contracts/tech.ts'
import { hashPassphrase } from '../../../node/technician/passphrase-hash.ts'
import { PASSPHRASE } from '../../node/technician/passphrase.ts'
import { eventually } from './eventually.ts'
import { fetchInHost } from './fetch-in-host.ts'
import type { NodeOptions, RunningNode } from './running-node.ts'
import { Venue } from './venue.ts'

/** Generous: the machine may be slow. What is promised is shown in simulated time (tests/node/health). */
const LIMIT_MS = 150_000
const HOUSE_WORKS = 4

/** A mesh of nodes, and what technicians are shown of it at each. */
export class WatchedVenue {
  readonly venue = new Venue()
  readonly names: readonly string[]
  readonly config = join(this.venue.folder, 'node.yaml')
  readonly #nodes = new Map<string, RunningNode>()
  readonly #ids = new Map<string, string>()
  readonly #dataDirs: Readonly<Record<string, string>>
  works = HOUSE_WORKS
  invite = ''
  #key: string[] = []
  #event = { name: '', atMs: 0 }
  readonly #timings = new Map<string, number[]>()

  /** @param dataDirs of nodes whose data belongs elsewhere than in a folder of their own */
  constructor(names: readonly string[], dataDirs: Readonly<Record<string, string>> = {}) {
    this.names = names
    this.#dataDirs = dataDirs
  }

  async start(): Promise<void> {
    const passphrase = await hashPassphrase(PASSPHRASE)
    const settings = ['technicians:', `  passphrase: ${passphrase}`, 'limits:', '  reserveBytes: 1048576', '']
    writeFileSync(this.config, settings.join('\n'))
    const [first = '', ...rest] = this.names
    await this.startNode(first)
    this.invite = this.venue.invite(this.at(first))
    this.#key = this.venue.artistKey()
    for (const name of rest) await this.startNode(name, { join: this.invite })
    for (const name of this.names) this.#ids.set(name, this.at(name).view().id)
    for (const name of this.names) await this.at(name).untilWhole(this.works, LIMIT_MS)
  }

  async startNode(name: string, options: Partial<NodeOptions> = {}): Promise<void> {
    const dataDir = this.#dataDirs[name] ?? this.#nodes.get(name)?.dataDir
    const node = await this.venue.node(name, {
      args: ['--config', this.config],
      ...(dataDir === undefined ? {} : { dataDir }),
      ...options,
    })
    this.#nodes.set(name, node)
  }

  at(name: string): RunningNode {
    const node = this.#nodes.get(name)
    if (node === undefined) throw new Error(`there is no node ${name}`)
    return node
  }

  did(name: string): string {
    return this.#ids.get(name) ?? ''
  }

  others(...without: string[]): string[] {
    return this.names.filter((name) => !without.includes(name))
  }

  /** What a node's dashboard is made of. By curl: eight nodes are asked again and again, and a process of Node for each is too much. */
  health(name: string): MeshHealthView {
    const { host } = this.at(name).options
    return JSON.parse(
      host.run('curl', '-sS', '--fail', '--max-time', '20', `${this.at(name).url}/api/v1/mesh/health`),
    ) as MeshHealthView
  }

  /** On each of these nodes an alert of this kind about these nodes is there, or is not; each is asked until it is so. */
  async everywhere(
    kind: string,
    about: readonly string[],
    isThere: boolean,
    who: readonly string[] = this.names,
  ): Promise<void> {
    const dids = about.map((name) => this.did(name))
    const what = `${kind} of ${about.join(' and ')} is ${isThere ? '' : 'not '}shown`
    await this.#byEach(what, who, (name) => {
      const { alerts } = this.health(name)
      const found = alerts.some((alert) => {
        const ends = [alert.node, alert.other ?? '']
        return alert.kind === kind && dids.every((did) => ends.includes(did))
      })
      if (found !== isThere) throw new Error(`${name}: ${JSON.stringify(alerts)}`)
    })
  }

  /** Until each of these nodes says so of a work: name of a node that lacks it to cause. */
  async causes(slug: string, expected: Record<string, string>, who = this.names): Promise<void> {
    const causes = Object.entries(expected).map(([name, cause]) => `${name} ${cause}`)
    const what = `lacks of ${slug}: ${causes.join(', ') || 'none'}`
    await this.#byEach(what, who, (name) => {
      const { works, nodes, causes: codes } = this.health(name)
      const work = works.find((one) => one.slug === slug)
      if (work === undefined) throw new Error(`${name} does not know ${slug}`)
      const found = work.lacks.map(([node, cause]) => [nodes[node]?.name, codes[cause] ?? ''])
      deepStrictEqual(Object.fromEntries(found), expected)
    })
  }

  /** Something was done now: what is waited for next is timed from here. */
  happens(event: string): void {
    this.#event = { name: event, atMs: performance.now() }
  }

  /** How long it took until it was so at the first and at the last node that was asked, as measured; no promise depends on it. */
  timings(): string {
    const rows = [...this.#timings].map(([what, seconds]) => {
      const [first, last] = [Math.min(...seconds), Math.max(...seconds)]
      return `${what.padEnd(92)} ${first.toFixed(1).padStart(6)} ${last.toFixed(1).padStart(6)}  (${seconds.length} nodes)`
    })
    return [`${'seconds until it is shown at'.padEnd(92)}  first   last`, ...rows, ''].join('\n')
  }

  async #byEach(what: string, who: readonly string[], ask: (name: string) => void): Promise<void> {
    const { name: event, atMs } = this.#event
    const row = `${event}: ${what}`
    const seconds = this.#timings.get(row) ?? []
    this.#timings.set(row, seconds)
    await Promise.all(
      who.map(async (name) => {
        await eventually(`${what} by ${name}`, () => ask(name), LIMIT_MS)
        seconds.push((performance.now() - atMs) / 1000)
      }),
    )
  }

  /** A work of random bytes, brought to the first node. */
  publish(slug: string, bytes: number): void {
    const { venue } = this
    const folder = venue.randomArtwork(slug, randomBytes(bytes))
    const [first = ''] = this.names
    venue.cli(
      venue.network.host('desk'),
      'artwork',
      'publish',
      folder,
      '--node',
      this.at(first).url,
      ...this.#key,
    )
    this.works += 1
  }

  async untilWhole(name: string): Promise<void> {
    await this.at(name).untilWhole(this.works, LIMIT_MS)
  }

  /** A technician at a node, logged in. */
  technician(name: string): (node: string, action: string, args?: object) => ActionResultView {
    const { host } = this.at(name).options
    const origin = this.at(name).url
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      fetchInHost(host, `${origin}/api/v1/admin/${path}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    strictEqual(post('actions', { node: this.did(name), action: 'gc' }).status, 401)
    const session = post('session', { passphrase: PASSPHRASE })
    strictEqual(session.status, 200)
    const { csrf } = JSON.parse(session.body.toString()) as { csrf: string }
    const cookie = (session.headers['set-cookie'] ?? '').split(';')[0] ?? ''
    return (node, action, args = {}) => {
      const headers = { cookie, 'x-csrf-token': csrf }
      const answer = post('actions', { node: this.did(node), action, args }, headers)
      return JSON.parse(answer.body.toString()) as ActionResultView
    }
  }
}
