import { isIP } from 'node:net'

export interface Reached {
  /** The Host header, checked. */
  readonly host: string
  /** The address of this machine that was connected to. */
  readonly localAddress: string | undefined
}

/** A Host header without its port, in lower case, without a final dot. */
export function hostNameOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
}

/** By which names this node is called. */
export class OwnNames {
  readonly #names: ReadonlySet<string>
  readonly #shortName: string | undefined
  readonly #shortHost: string | undefined

  /**
   * @param shortName the one name that visitors type, perhaps with a port; without it every name is taken for ours
   * @param hostName of the machine: its colleagues reach it by that, and by mDNS
   */
  constructor(shortName: string | undefined, hostName: string) {
    this.#shortName = shortName
    this.#shortHost = shortName === undefined ? undefined : hostNameOf(shortName)
    const machine = hostName.toLowerCase()
    this.#names = new Set(['localhost', machine, `${machine}.local`])
  }

  /** Whether a request was meant for somebody else: the hotspot's DNS answers every name with this node's address. */
  isForeign({ host, localAddress }: Reached): boolean {
    if (this.#shortHost === undefined) return false
    const name = hostNameOf(host)
    if (name === this.#shortHost || name.endsWith(`.${this.#shortHost}`) || this.#names.has(name))
      return false
    const address = name.replace(/^\[(.*)\]$/, '$1')
    return isIP(address) === 0 || address !== plainAddress(localAddress)
  }

  /** Where visitors are to go: scheme, name, and port where it is not 80. */
  origin(reached: Reached, port: number | undefined, isProbe: boolean): string {
    if (this.#shortName !== undefined) return `http://${this.#shortName}`
    if (!isProbe) return `http://${reached.host}`
    const address = plainAddress(reached.localAddress) ?? 'localhost'
    const host = isIP(address) === 6 ? `[${address}]` : address
    return port === undefined || port === 80 ? `http://${host}` : `http://${host}:${port}`
  }
}

/** An IPv4 address that came in over an IPv6 socket, as it is written. */
function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
}
