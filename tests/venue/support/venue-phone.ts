import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { chromiumPath, openBrowser } from '../../browser/open-browser.ts'
import { Namespace } from './namespace.ts'
import type { RenderedNode } from './rendered-node.ts'

/** What a phone is known by, and nothing must remember. */
export interface PhoneIdentity {
  readonly mac: string
  readonly hostname: string
}

/** udhcpc's script (udhcpc -h: "Run PROG at DHCP events"). */
const leaseScript = `#!/bin/sh
case $1 in
  bound | renew)
    ip address flush dev eth0
    ip address add "$ip/$mask" dev eth0
    ip route replace default via "$router"
    echo "nameserver $dns" >RESOLV
    env | grep -E '^(ip|mask|router|dns|domain|lease|serverid|opt)' | sort
    ;;
esac
`

/** A phone: a network namespace with one radio, which is at one node at a time. */
export class VenuePhone {
  readonly namespace: Namespace
  readonly identity: PhoneIdentity
  readonly #folder = mkdtempSync(join(tmpdir(), 'mesh-art-phone-'))
  readonly #port: string
  #at: RenderedNode | undefined
  #browser: Browser | undefined

  constructor(prefix: string, number: number, identity: PhoneIdentity) {
    this.identity = identity
    this.#port = `${prefix}p${number}`
    this.namespace = new Namespace(`${prefix}-phone${number}`)
    this.namespace.run(
      'ip',
      'link',
      'add',
      'eth0',
      'address',
      identity.mac,
      'type',
      'veth',
      'peer',
      'name',
      this.#port,
    )
    this.namespace.run('ip', 'link', 'set', 'eth0', 'up')
    // Counts what comes, without asking for it.
    this.#nft('add table inet seen')
    this.#nft('add chain inet seen in { type filter hook prerouting priority -400; policy accept; }')
    for (const [name, match] of [
      ['dhcp', 'udp sport 67 udp dport 68'],
      ['mdns', 'udp dport 5353'],
      ['multicast', 'ip daddr 224.0.0.0/4'],
      ['ipv6', 'meta nfproto ipv6 iifname eth0'],
    ] as const) {
      this.#nft(`add counter inet seen ${name}`)
      this.#nft(`add rule inet seen in ${match} counter name ${name}`)
    }
  }

  /** Joins a node's hotspot, or goes over to it; its address stays until DHCP gives it another. */
  roam(node: RenderedNode): void {
    const from = this.#at?.namespace ?? this.namespace
    from.run('ip', 'link', 'set', this.#port, 'netns', node.namespace.name)
    // A radio is no host: its end of the air says nothing of its own, and the kernel's bridge filter is none of hostapd's.
    node.namespace.run('sh', '-c', `echo 1 >/proc/sys/net/ipv6/conf/${this.#port}/disable_ipv6`)
    node.namespace.run(
      'sh',
      '-c',
      'for f in /proc/sys/net/bridge/bridge-nf-call-*; do [ ! -e $f ] || echo 0 >$f; done',
    )
    node.namespace.run('ip', 'link', 'set', this.#port, 'master', 'hotspot0')
    this.isolate(node, true)
    node.namespace.run('ip', 'link', 'set', this.#port, 'up')
    this.#at = node
  }

  isolate(node: RenderedNode, on: boolean): void {
    node.namespace.run('bridge', 'link', 'set', 'dev', this.#port, 'isolated', on ? 'on' : 'off')
  }

  /** @returns what DHCP said, by name */
  lease(): Record<string, string> {
    const script = join(this.#folder, 'lease.sh')
    writeFileSync(script, leaseScript.replace('RESOLV', join(this.namespace.etc, 'resolv.conf')))
    chmodSync(script, 0o755)
    const name = ['-x', `hostname:${this.identity.hostname}`]
    const printed = this.namespace.run(
      'busybox',
      'udhcpc',
      '-i',
      'eth0',
      '-f',
      '-q',
      '-n',
      '-t',
      '8',
      '-T',
      '2',
      '-O',
      '114',
      '-s',
      script,
      ...name,
    )
    return Object.fromEntries(
      printed
        .split('\n')
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
  }

  /** Packets of a kind that came so far. */
  seen(kind: 'dhcp' | 'mdns' | 'multicast' | 'ipv6'): number {
    const listed = this.namespace.run('nft', 'list', 'counter', 'inet', 'seen', kind)
    return Number(/packets (\d+)/.exec(listed)?.[1])
  }

  curl(...args: string[]): string {
    return this.namespace.run('curl', '-sS', '--max-time', '20', ...args)
  }

  /** How a TCP connection ends: `open`, or the system's word. */
  connect(address: string, port: number): string {
    const program = `const s = require('net').connect(${port}, '${address}'); s.setTimeout(5000)
s.on('connect', () => { console.log('open'); process.exit() })
s.on('timeout', () => { console.log('silence'); process.exit() })
s.on('error', (e) => { console.log(e.code); process.exit() })`
    return this.namespace.run(process.execPath, '-e', program).trim()
  }

  /** Chromium in the phone: it sees what the phone sees. */
  async browser(): Promise<Browser> {
    const wrapper = join(this.#folder, 'chromium')
    writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${this.namespace.name} ${chromiumPath} "$@"\n`)
    chmodSync(wrapper, 0o755)
    this.#browser ??= await openBrowser({ path: wrapper })
    return this.#browser
  }

  async remove(): Promise<void> {
    await this.#browser?.close()
    this.namespace.remove()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #nft(command: string): void {
    this.namespace.run('nft', command)
  }
}
