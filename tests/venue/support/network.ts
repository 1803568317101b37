import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/**
 * A network of its own on this machine: one bridge, and a namespace a host, each with one cable to the bridge. Nothing in it
 * reaches beyond. Needs root and iproute2 (`hearOnly` and `lose` nftables, `offloadsOff` ethtool). Names are unique, so that
 * two runs at once do not meet; `close` takes all away.
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
    const host = new VenueHost({
      namespace,
      address: `${this.#subnet}.${number}`,
      port: { switch: this.#switch, name: port },
    })
    this.#hosts.set(name, host)
    return host
  }

  /**
   * From now on frames pass only between these hosts, multicast and ARP included: a line, islands. Of the hosts there are
   * now; each is named as it was made.
   */
  hearOnly(pairs: readonly (readonly [string, string])[]): void {
    const heard = new Set(pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
    const names = [...this.#hosts.keys()]
    for (const from of names) {
      const deaf = names.filter((to) => to !== from && !heard.has(`${from} ${to}`))
      if (deaf.length === 0) continue
      const ports = deaf.map((to) => `"${this.host(to).port.name}"`).join(', ')
      this.#filter(`iifname "${this.host(from).port.name}" oifname { ${ports} } drop`)
    }
  }

  /** Nothing passes between these two any more, while both go on hearing all others; `mend` ends it. */
  cut(one: string, other: string): void {
    const [a, b] = [this.host(one).port.name, this.host(other).port.name]
    this.#filter(`iifname "${a}" oifname "${b}" drop`)
    this.#filter(`iifname "${b}" oifname "${a}" drop`)
  }

  /** Everything passes again. */
  mend(): void {
    inside(this.#switch, 'nft', 'delete table bridge venue')
  }

  /** Of every hundred frames between two hosts, so many are lost at random. */
  lose(percent: number): void {
    this.#filter(`numgen random mod 1000 < ${Math.round(percent * 10)} drop`)
  }

  #filter(rule: string): void {
    const forward = 'type filter hook forward priority 0; policy accept;'
    inside(this.#switch, 'nft', 'add table bridge venue')
    inside(this.#switch, 'nft', `add chain bridge venue between { ${forward} }`)
    inside(this.#switch, 'nft', `add rule bridge venue between ${rule}`)
  }

  /** Idempotent; ends what still runs in the namespaces. */
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
  /** The switch's end of its cable. */
  readonly port: { readonly switch: string; readonly name: string }

  constructor(init: Pick<VenueHost, 'namespace' | 'address' | 'port'>) {
    this.namespace = init.namespace
    this.address = init.address
    this.port = init.port
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
    shape(this.namespace, 'eth0', mbit)
  }

  /** Limits what this host sends, and what the switch sends it. @param mbit megabits a second, each way */
  shapeBothWays(mbit: number): void {
    this.shape(mbit)
    shape(this.port.switch, this.port.name, mbit)
  }

  unshape(): void {
    inside(this.namespace, 'tc', 'qdisc', 'delete', 'dev', 'eth0', 'root')
  }

  unshapeBothWays(): void {
    this.unshape()
    inside(this.port.switch, 'tc', 'qdisc', 'delete', 'dev', this.port.name, 'root')
  }

  /** Every frame as it would be on a wire, none of many segments: what counters count and `tbf` shapes is then real. */
  offloadsOff(): void {
    const offloads = ['tso', 'off', 'gso', 'off', 'gro', 'off']
    inside(this.namespace, 'ethtool', '-K', 'eth0', ...offloads)
    inside(this.port.switch, 'ethtool', '-K', this.port.name, ...offloads)
  }

  /** How its TCP answers to loss, whatever the machine's own does: `reno`, `cubic`. */
  congestionControl(name: string): void {
    this.run('sh', '-c', `echo ${name} > /proc/sys/net/ipv4/tcp_congestion_control`)
  }

  /** Bytes of all frames that crossed its cable since it was made, Ethernet headers included. */
  traffic(): Traffic {
    return trafficOf(this.run('cat', '/proc/net/dev'), 'eth0')
  }

  unplug(): void {
    inside(this.port.switch, 'ip', 'link', 'set', this.port.name, 'down')
  }

  plugIn(): void {
    inside(this.port.switch, 'ip', 'link', 'set', this.port.name, 'up')
  }
}

export interface Traffic {
  readonly sentBytes: number
  readonly receivedBytes: number
}

/** Reads a device's line of `/proc/net/dev` (proc_pid_net(5)): eight columns received, then eight sent, bytes first. */
export function trafficOf(table: string, device: string): Traffic {
  const line = table.split('\n').find((one) => one.trim().startsWith(`${device}:`))
  if (line === undefined) throw new Error(`there is no device ${device}`)
  const columns = line.slice(line.indexOf(':') + 1).trim()
  const fields = columns.split(/\s+/).map(Number)
  return { receivedBytes: fields[0] ?? 0, sentBytes: fields[8] ?? 0 }
}

function shape(namespace: string, device: string, mbit: number): void {
  const bucket = ['rate', `${mbit}mbit`, 'burst', '64kb', 'latency', '50ms']
  inside(namespace, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'tbf', ...bucket)
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
    // A namespace lives on without its name as long as a process does.
    for (const pid of ip('netns', 'pids', namespace).split('\n')) if (pid !== '') kill(Number(pid))
    ip('netns', 'delete', namespace)
  } catch {
    // Never made, or gone already: the state that is wanted.
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended between the question and this.
  }
}
