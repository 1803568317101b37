import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Namespace } from './namespace.ts'
import { RenderedNode } from './rendered-node.ts'
import { VenuePhone } from './venue-phone.ts'
import type { PhoneIdentity } from './venue-phone.ts'

const bin = resolve(import.meta.dirname, '../../../node/bin.js')

const venueYaml = (nodes: readonly string[]): string => `
venue: { id: test, name: A test of a venue, country: NL }
hotspot: { ssid: Mesh Art, radio: { driver: mac80211_hwsim }, clients: 8 }
mesh: { wire: true }
nodes:
${nodes.map((name) => `  - { name: ${name}, board: pi-4, place: { nl: In ${name}, en: In ${name} } }`).join('\n')}
`

/** A venue from one venue.yaml: rendered by the command line, booted in namespaces, joined by one switch. */
export class RenderedVenue {
  readonly prefix = `mf${randomBytes(2).toString('hex')}`
  readonly folder = mkdtempSync(join(tmpdir(), 'mesh-art-firmware-'))
  readonly nodes: RenderedNode[]
  readonly phones: VenuePhone[] = []
  /** A technician's computer, on the wire of the mesh. */
  readonly desk: Namespace
  readonly #switch: Namespace

  constructor(names: readonly string[]) {
    const yaml = join(this.folder, 'venue.yaml')
    writeFileSync(yaml, venueYaml(names))
    const steward = join(this.folder, 'steward')
    const texts = [
      '--title-nl',
      'Proef',
      '--title-en',
      'Trial',
      '--statement-nl',
      'Een proef.',
      '--statement-en',
      'A trial.',
    ]
    this.cli('exhibition', 'create', '--data-dir', steward, ...texts)
    this.cli('firmware', 'render', yaml, '--out', join(this.folder, 'cards'), '--data-dir', steward)
    this.#switch = new Namespace(`${this.prefix}-switch`)
    this.#switch.run('ip', 'link', 'add', 'wires', 'type', 'bridge', 'mcast_snooping', '0')
    this.#switch.run('ip', 'link', 'set', 'wires', 'up')
    mkdirSync(join(this.folder, 'disks'))
    this.nodes = names.map(
      (name, i) =>
        new RenderedNode({
          name,
          prefix: this.prefix,
          rendered: join(this.folder, 'cards', name),
          card: join(this.folder, 'disks', name),
          switch: this.#switch,
          number: i + 1,
        }),
    )
    this.desk = new Namespace(`${this.prefix}-desk`)
    this.desk.run(
      'ip',
      'link',
      'add',
      'eth0',
      'type',
      'veth',
      'peer',
      'name',
      `${this.prefix}d`,
      'netns',
      this.#switch.name,
    )
    this.#switch.run('ip', 'link', 'set', `${this.prefix}d`, 'master', 'wires', 'up')
    this.desk.run('ip', 'address', 'add', '10.78.0.254/24', 'dev', 'eth0')
    this.desk.run('ip', 'link', 'set', 'eth0', 'up')
  }

  /** The command line, on this machine or in a namespace of the venue. */
  cli(...args: string[]): string {
    return execFileSync(process.execPath, [bin, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  cliAtDesk(...args: string[]): string {
    return this.desk.run(process.execPath, bin, ...args)
  }

  phone(identity: PhoneIdentity): VenuePhone {
    const phone = new VenuePhone(this.prefix, this.phones.length + 1, identity)
    this.phones.push(phone)
    return phone
  }

  /** How fast a node's cable is, each way. @param mbit megabits a second */
  shape(node: RenderedNode, mbit: number): void {
    const bucket = ['root', 'tbf', 'rate', `${mbit}mbit`, 'burst', '64kb', 'latency', '100ms']
    node.namespace.run('tc', 'qdisc', 'replace', 'dev', 'wire0', ...bucket)
    this.#switch.run('tc', 'qdisc', 'replace', 'dev', node.switchPort, ...bucket)
  }

  cable(node: RenderedNode, isIn: boolean): void {
    this.#switch.run('ip', 'link', 'set', node.switchPort, isIn ? 'up' : 'down')
  }

  async close(): Promise<void> {
    for (const phone of this.phones) await phone.remove()
    for (const node of this.nodes) await node.remove()
    this.desk.remove()
    this.#switch.remove()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
