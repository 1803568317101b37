import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { applyRendered } from '../../../node/cli/apply-rendered.ts'
import { Namespace } from './namespace.ts'
import type { Outcome } from './namespace.ts'
import { eventually } from './eventually.ts'

const checkout = resolve(import.meta.dirname, '../../..')
const script = join(import.meta.dirname, 'rendered-node.sh')
export const renderedUnits = [
  'systemd-journald.service',
  'systemd-networkd.service',
  'mesh-art-firewall.service',
  'mesh-art-dns.service',
  'mesh-art-node.service',
]

export interface RenderedNodeInit {
  readonly name: string
  /** Of everything made here. */
  readonly prefix: string
  /** Its folder, as `firmware render` wrote it. */
  readonly rendered: string
  /** What its card becomes. */
  readonly card: string
  /** Namespace of the switch that joins the nodes, and the bridge in it. */
  readonly switch: Namespace
  readonly number: number
}

/** A node from its rendered files: real systemd, networkd, nftables, dnsmasq and node, all under their rendered units. */
export class RenderedNode {
  readonly init: RenderedNodeInit
  readonly namespace: Namespace
  readonly cgroup: string
  readonly switchPort: string
  #child: ChildProcess | undefined
  #said = ''

  constructor(init: RenderedNodeInit) {
    const { prefix, number } = init
    this.init = init
    this.namespace = new Namespace(`${prefix}-${init.name}`)
    this.cgroup = join(controlGroups(), `${prefix}-${init.name}`)
    this.switchPort = `${prefix}w${number}`
    const { namespace } = this
    // The access point: phones are its ports, and do not hear each other (ap_isolate).
    namespace.run('ip', 'link', 'add', 'hotspot0', 'type', 'bridge', 'mcast_snooping', '0')
    const veth = ['type', 'veth', 'peer', 'name', this.switchPort, 'netns', init.switch.name]
    namespace.run('ip', 'link', 'add', 'wire0', ...veth)
    init.switch.run('ip', 'link', 'set', this.switchPort, 'master', 'wires', 'up')
  }

  /** As a technician does: the rendered files onto the card, then power. */
  async start(): Promise<void> {
    mkdirSync(this.cgroup)
    const upper = join(this.init.card, 'upper')
    mkdirSync(upper, { recursive: true })
    await applyRendered(this.init.rendered, upper)
    const namespaces = [
      '--fork',
      '--uts',
      '--mount',
      '--pid',
      '--cgroup',
      '--propagation',
      'private',
      '--kill-child',
    ]
    const command = [
      'unshare',
      ...namespaces,
      'sh',
      script,
      this.init.card,
      checkout,
      renderedUnits.join(' '),
    ]
    // systemd takes the control group it finds itself in for its own.
    const enter = `echo $$ >${this.cgroup}/cgroup.procs; exec ip netns exec ${this.namespace.name} "$@"`
    this.#child = spawn('sh', ['-c', enter, 'sh', ...command], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.#said += bytes.toString()))
    }
  }

  /** Runs something inside, beside its services. */
  inside(...command: string[]): Outcome {
    const { status, stdout, stderr } = spawnSync(
      'nsenter',
      ['-t', String(this.#init()), '-a', '--', ...command],
      {
        encoding: 'utf8',
        timeout: 30_000,
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    return { status, stdout, stderr }
  }

  async untilActive(): Promise<void> {
    await eventually(`${this.init.name} runs all its services`, () => {
      const { stdout, stderr } = this.inside('systemctl', 'is-active', ...renderedUnits)
      const states = stdout.trim().split('\n')
      if (states.length === renderedUnits.length && states.every((state) => state === 'active')) return
      throw new Error(`${stdout}${stderr}\n${this.#said}\n${this.journal().slice(-3000)}`)
    })
  }

  journal(): string {
    return this.inside('journalctl', '--no-pager', '-o', 'short-monotonic').stdout
  }

  /** The power goes. */
  async cutPower(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((settle) => child.once('exit', settle))
    child.kill('SIGKILL')
    await ended
    await eventually('its control group is empty', () => {
      spawnSync('sh', ['-c', `echo 1 >${this.cgroup}/cgroup.kill`])
      removeGroups(this.cgroup)
    })
  }

  async remove(): Promise<void> {
    await this.cutPower()
    this.namespace.remove()
    rmSync(this.init.card, { recursive: true, force: true })
  }

  /** PID 1 of the node, as this machine counts. */
  #init(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error(`${this.init.name} does not run`)
    const children = `/proc/${pid}/task/${pid}/children`
    const [unshared] = existsSync(children) ? readFileSync(children, 'utf8').trim().split(' ') : []
    if (unshared === undefined || unshared === '') throw new Error(`${this.init.name} ended:\n${this.#said}`)
    return Number(unshared)
  }
}

/** Where control groups of version 2 are mounted: alone, or beside those of version 1. */
function controlGroups(): string {
  const [, path] = /^cgroup2 (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8')) ?? []
  if (path === undefined) throw new Error('there are no control groups of version 2')
  return path
}

function removeGroups(folder: string): void {
  const groups = execFileSync('find', [folder, '-depth', '-type', 'd'], { encoding: 'utf8' })
  for (const group of groups.split('\n').filter(Boolean)) rmdirSync(group)
}
