import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Who hears whom: each pair of radios within earshot shares a bit of mac80211_hwsim's group mask, and radios without a common
 * bit do not hear each other. May be changed at any time.
 */
export class Air {
  readonly #bits = new Map<string, bigint>()
  readonly #pairs = new Map<string, bigint>()
  readonly #phys: ReadonlyMap<string, string>

  constructor() {
    const folder = '/sys/class/ieee80211'
    this.#phys = new Map(
      readdirSync(folder).map((phy) => [readFileSync(join(folder, phy, 'macaddress'), 'utf8').trim(), phy]),
    )
    for (const mac of this.#phys.keys()) this.#set(mac, 0n)
  }

  phy(mac: string): string {
    const phy = this.#phys.get(mac)
    if (phy === undefined) throw new Error(`there is no radio ${mac}`)
    return phy
  }

  join(one: string, other: string): void {
    const bit = this.#bit(one, other)
    for (const mac of [one, other]) this.#set(mac, (this.#bits.get(mac) ?? 0n) | bit)
  }

  cut(one: string, other: string): void {
    const bit = this.#bit(one, other)
    for (const mac of [one, other]) this.#set(mac, (this.#bits.get(mac) ?? 0n) & ~bit)
  }

  #bit(one: string, other: string): bigint {
    const pair = [one, other].toSorted().join(' ')
    const bit = this.#pairs.get(pair) ?? 1n << BigInt(this.#pairs.size)
    this.#pairs.set(pair, bit)
    return bit
  }

  #set(mac: string, bits: bigint): void {
    this.#bits.set(mac, bits)
    writeFileSync(`/sys/kernel/debug/ieee80211/${this.phy(mac)}/hwsim/group`, `0x${bits.toString(16)}`)
  }
}
