import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inTime } from './in-time.ts'
import { Namespace } from '../../venue/support/namespace.ts'
import type { Air } from './air.ts'
import { moveRadio } from './move-radio.ts'
import type { RadioNode } from './radio-node.ts'
import { radios } from './radios.ts'
import { patience } from './patience.ts'

const ssid = 'Mesh Art NEMO'

/** udhcpc's script (udhcpc -h: "Run PROG at DHCP events"). */
const leaseScript = `#!/bin/sh
case $1 in
  bound | renew)
    ip address flush dev wlan0
    ip address add "$ip/$mask" dev wlan0
    ip route replace default via "$router"
    echo "nameserver $dns" >RESOLV
    env | grep -E '^(ip|mask|router|dns|domain|lease|serverid)=' | sort
    ;;
esac
`

/** A phone: a radio in a namespace of its own, Debian's wpa_supplicant, and a DHCP client. */
export class RadioPhone {
  readonly namespace: Namespace
  readonly mac: string
  readonly hostname: string
  readonly #air: Air
  readonly #folder = mkdtempSync(join(tmpdir(), 'phone-'))
  /** All that it ever had. */
  readonly addresses: string[] = []
  #at: RadioNode | undefined

  constructor(hostname: string, i: number, air: Air) {
    this.hostname = hostname
    this.mac = radios.ofPhone(i)
    this.#air = air
    this.namespace = new Namespace(hostname)
    moveRadio(air, this.mac, this.namespace)
    const [link] = /^\d+: (wlan\d+)/m.exec(this.namespace.run('ip', '-o', 'link'))?.slice(1) ?? []
    if (link === undefined) throw new Error(`${hostname} has no radio`)
    if (link !== 'wlan0') this.namespace.run('ip', 'link', 'set', link, 'name', 'wlan0')
    // Counts what comes, without asking for it.
    this.namespace.run('nft', 'add table inet heard')
    this.namespace.run(
      'nft',
      'add chain inet heard in { type filter hook prerouting priority -400; policy accept; }',
    )
    this.namespace.run('nft', 'add counter inet heard multicast')
    this.namespace.run('nft', 'add rule inet heard in ip daddr 224.0.0.0/4 counter name multicast')
  }

  get address(): string {
    return this.addresses.at(-1) ?? ''
  }

  /** Packets of a kind that came so far. */
  heard(kind: 'multicast'): number {
    return Number(
      /packets (\d+)/.exec(this.namespace.run('nft', 'list', 'counter', 'inet', 'heard', kind))?.[1],
    )
  }

  /** Goes to where this node alone is heard, and joins its hotspot. */
  async walkTo(node: RadioNode): Promise<void> {
    if (this.#at === undefined) this.#startSupplicant()
    else this.#air.cut(this.mac, this.#at.hotspotMac)
    this.#air.join(this.mac, node.hotspotMac)
    this.#at = node
    await this.untilAt(node)
  }

  async untilAt(node: RadioNode): Promise<void> {
    await inTime(
      `${this.hostname} is at the hotspot of ${node.name}`,
      () => {
        const said = this.namespace.run('iw', 'dev', 'wlan0', 'link')
        if (!said.includes(`Connected to ${node.hotspotMac}`) || !said.includes(`SSID: ${ssid}`))
          throw new Error(said)
      },
      patience.radioMs,
    )
  }

  /** @returns what DHCP said, by name */
  lease(): Record<string, string> {
    const script = join(this.#folder, 'lease.sh')
    writeFileSync(script, leaseScript.replace('RESOLV', join(this.namespace.etc, 'resolv.conf')))
    chmodSync(script, 0o755)
    const tries = ['-f', '-q', '-n', '-t', '20', '-T', '3']
    const name = ['-x', `hostname:${this.hostname}`]
    const printed = this.namespace.run('busybox', 'udhcpc', '-i', 'wlan0', ...tries, '-s', script, ...name)
    const lease = Object.fromEntries(
      printed
        .split('\n')
        .filter(Boolean)
        .map((line): [string, string] => [
          line.slice(0, line.indexOf('=')),
          line.slice(line.indexOf('=') + 1),
        ]),
    )
    const { ip } = lease
    if (ip !== undefined) this.addresses.push(ip)
    return lease
  }

  curl(...args: string[]): string {
    return this.namespace.run('curl', '-sS', '--max-time', '60', ...args)
  }

  ping(address: string): boolean {
    return this.namespace.try('busybox', 'ping', '-c', '2', '-W', '3', address).status === 0
  }

  #startSupplicant(): void {
    const conf = join(this.#folder, 'wpa.conf')
    writeFileSync(conf, `network={\n  ssid="${ssid}"\n  key_mgmt=NONE\n  scan_freq=2412 2437 2462\n}\n`)
    spawn(
      'ip',
      [
        'netns',
        'exec',
        this.namespace.name,
        'wpa_supplicant',
        '-q',
        '-D',
        'nl80211',
        '-i',
        'wlan0',
        '-c',
        conf,
      ],
      { stdio: 'ignore' },
    )
  }
}
