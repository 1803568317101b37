import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/**
 * A network of its own on this machine: one bridge, and a namespace a host, each with one cable to the bridge. Nothing in it
 * reaches beyond. Needs root and iproute2. Names are unique, so that two runs at once do not meet; `close` takes all away.
 */
export class VenueNetwork {
  /** At most 15 characters are allowed in the name of an interface. */
  readonly #prefix = `ma${randomBytes(3).toString('hex')}`
  /** A /24 of 10.213/16, chosen at random like the prefix. */
  readonly #subnet = `10.213.${1 + ((randomBytes(1)[0] ?? 0) % 250)}`
  readonly #hosts = new Map<string, VenueHost>()
  readonly #bridge = `${this.#prefix}br`
  readonly #switch = `${this.#prefix}-sw`

  constructor() {
    // The bridge lives in a namespace too: the machine's own network sees nothing of it.
    ip('netns', 'add', this.#switch)
    inside(this.#switch, 'ip', 'link', 'add', this.#bridge, 'type', 'bridge', 'mcast_snooping', '0')
    inside(this.#switch, 'ip', 'link', 'set', this.#bridge, 'up')
    process.once('exit', this.close)
  }

  /** A host with an address of its own, and multicast on its cable. */
  host(name: string): VenueHost {
    const known = this.#hosts.get(name)
    if (known !== undefined) return known
    const number = this.#hosts.size + 1
    const namespace = `${this.#prefix}-${name}`
    const port = `${this.#prefix}p${number}`
    ip('netns', 'add', namespace)
    inside(
      namespace,
      'ip',
      'link',
      'add',
      'eth0',
      'type',
      'veth',
      'peer',
      'name',
      port,
      'netns',
      this.#switch,
    )
    inside(this.#switch, 'ip', 'link', 'set', port, 'master', this.#bridge, 'up')
    inside(namespace, 'ip', 'link', 'set', 'lo', 'up')
    inside(namespace, 'ip', 'address', 'add', `${this.#subnet}.${number}/24`, 'dev', 'eth0')
    inside(namespace, 'ip', 'link', 'set', 'eth0', 'up')
    inside(namespace, 'ip', 'route', 'add', '224.0.0.0/4', 'dev', 'eth0')
    const host = new VenueHost(namespace, `${this.#subnet}.${number}`, (up) => {
      inside(this.#switch, 'ip', 'link', 'set', port, up ? 'up' : 'down')
    })
    this.#hosts.set(name, host)
    return host
  }

  /** Idempotent; what runs in the namespaces must have been ended. */
  readonly close = (): void => {
    process.off('exit', this.close)
    for (const { namespace } of this.#hosts.values()) forget(namespace)
    this.#hosts.clear()
    forget(this.#switch)
  }
}

export class VenueHost {
  readonly namespace: string
  readonly address: string
  readonly #plug: (up: boolean) => void

  constructor(namespace: string, address: string, plug: (up: boolean) => void) {
    this.namespace = namespace
    this.address = address
    this.#plug = plug
  }

  /** Starts a program in this host. */
  spawn(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.namespace, command, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
  }

  /** Runs a program to its end and gives what it printed. @throws when it fails */
  run(command: string, ...args: string[]): string {
    return inside(this.namespace, command, ...args)
  }

  /** Limits what this host sends. @param mbit megabits a second */
  shape(mbit: number): void {
    inside(
      this.namespace,
      'tc',
      'qdisc',
      'replace',
      'dev',
      'eth0',
      'root',
      'tbf',
      'rate',
      `${mbit}mbit`,
      'burst',
      '64kb',
      'latency',
      '50ms',
    )
  }

  unshape(): void {
    inside(this.namespace, 'tc', 'qdisc', 'delete', 'dev', 'eth0', 'root')
  }

  unplug(): void {
    this.#plug(false)
  }

  plugIn(): void {
    this.#plug(true)
  }
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function inside(namespace: string, command: string, ...args: string[]): string {
  return execFileSync('ip', ['netns', 'exec', namespace, command, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
}

function forget(namespace: string): void {
  try {
    ip('netns', 'delete', namespace)
  } catch {
    // Never made, or gone already: the state that is wanted.
  }
}
