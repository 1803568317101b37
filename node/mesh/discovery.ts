import type { Libp2p, PeerId, PeerInfo } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Logger } from 'pino'
import { meshLimits } from './limits.ts'
import { announceable, parseLocalAddress } from './local-addresses.ts'

/** How many found peers are remembered; the longest unseen is forgotten first. */
const MAX_KNOWN = 1024

interface Known {
  /** Null for a configured address without a peer id. */
  readonly peer: PeerId | null
  addresses: Multiaddr[]
  /** Of an address without a peer id: who answered last. */
  answered: PeerId | null
  /** Calls since it was last a member. */
  failures: number
  notBeforeMs: number
  dialling: boolean
  /** The last call was not answered. */
  unanswered: boolean
  /** Configured or from an invite: never forgotten. */
  readonly fixed: boolean
}

/** When to try again after `failures` failures: doubling from the first to the last delay, spread by `random` in [0, 1). */
export function redialDelayMs(failures: number, random: number): number {
  const doubled = meshLimits.redialFirstMs * 2 ** Math.min(failures - 1, 16)
  return Math.min(doubled, meshLimits.redialLastMs) * (0.75 + random / 2)
}

export interface DiscoveryInit {
  readonly host: Libp2p
  /** multiaddrs, with or without /p2p/…; from the configuration or an invite. */
  readonly addresses: readonly string[]
  readonly logger: Logger
  readonly steadyNowMs: () => number
  readonly random: () => number
}

/** Dials what mDNS finds and what is configured, again and again with back-off, for libp2p itself dials nothing it finds. */
export class Discovery {
  readonly #init: DiscoveryInit
  readonly #known = new Map<string, Known>()
  readonly #bans = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(init: DiscoveryInit) {
    this.#init = init
  }

  start(): void {
    if (this.#timer !== undefined) return
    for (const text of this.#init.addresses) this.#addFixed(text)
    this.#init.host.addEventListener('peer:discovery', this.#onFound)
    this.#timer = setInterval(() => this.#dialDue(), 250)
    this.#dialDue()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#init.host.removeEventListener('peer:discovery', this.#onFound)
  }

  /** Leaves a peer alone for a while, both ways. */
  ban(peer: PeerId): void {
    const now = this.#init.steadyNowMs()
    for (const [id, untilMs] of this.#bans) if (untilMs <= now) this.#bans.delete(id)
    if (this.#bans.size < MAX_KNOWN) this.#bans.set(peer.toString(), now + meshLimits.banMs)
  }

  /** A new grant is a new beginning. */
  unban(peer: PeerId): void {
    this.#bans.delete(peer.toString())
    const known = this.#known.get(peer.toString())
    if (known !== undefined) known.notBeforeMs = 0
  }

  /** A peer has become a member: when its connection is lost it is called again soon. */
  settled(peer: PeerId): void {
    for (const known of this.#known.values()) {
      if (known.peer?.equals(peer) !== true && known.answered?.equals(peer) !== true) continue
      known.failures = 0
      known.notBeforeMs = this.#init.steadyNowMs() + meshLimits.redialFirstMs
    }
  }

  isBanned(peer: PeerId): boolean {
    return (this.#bans.get(peer.toString()) ?? 0) > this.#init.steadyNowMs()
  }

  #addFixed(text: string): void {
    const address = parseLocalAddress(text)
    if (address === null) {
      this.#init.logger.warn({ address: text }, 'an address outside the local network is never dialled')
      return
    }
    const id = address.getComponents().findLast(({ name }) => name === 'p2p')?.value
    const peer = id === undefined ? null : peerIdFromString(id)
    if (peer?.equals(this.#init.host.peerId) === true) return
    this.#known.set(peer?.toString() ?? text, {
      peer,
      addresses: [address],
      answered: null,
      failures: 0,
      notBeforeMs: 0,
      dialling: false,
      unanswered: false,
      fixed: true,
    })
  }

  readonly #onFound = (event: CustomEvent<PeerInfo>): void => {
    const { id, multiaddrs } = event.detail
    if (id.equals(this.#init.host.peerId)) return
    const addresses = announceable(multiaddrs)
    if (addresses.length === 0) return
    const known = this.#known.get(id.toString())
    if (known !== undefined) {
      known.addresses = known.fixed ? [...known.addresses.slice(0, 1), ...addresses] : addresses
      // It was away and says now that it is there.
      if (known.unanswered) {
        const soonMs = this.#init.steadyNowMs() + meshLimits.redialFirstMs * this.#init.random()
        known.notBeforeMs = Math.min(known.notBeforeMs, soonMs)
      }
      return
    }
    // Two nodes that find each other at once would both call: the lesser id calls, the other waits a moment for it.
    const waits = id.toString() < this.#init.host.peerId.toString()
    this.#remember(id.toString(), {
      peer: id,
      addresses,
      answered: null,
      failures: 0,
      notBeforeMs: this.#init.steadyNowMs() + (waits ? meshLimits.dialTieBreakMs : 0),
      dialling: false,
      unanswered: false,
      fixed: false,
    })
    this.#dialDue()
  }

  #remember(key: string, known: Known): void {
    if (this.#known.size >= MAX_KNOWN) {
      const [oldest] = [...this.#known].find(([, { fixed }]) => !fixed) ?? []
      if (oldest !== undefined) this.#known.delete(oldest)
    }
    this.#known.set(key, known)
  }

  #dialDue(): void {
    const now = this.#init.steadyNowMs()
    for (const known of this.#known.values()) {
      if (known.dialling || known.notBeforeMs > now || known.addresses.length === 0) continue
      const peer = known.peer ?? known.answered
      if (peer !== null && (this.isBanned(peer) || this.#init.host.getConnections(peer).length > 0)) continue
      this.#dial(known).catch((err: unknown) => this.#init.logger.debug({ err }, 'dial'))
    }
  }

  async #dial(known: Known): Promise<void> {
    const { host, logger, random, steadyNowMs } = this.#init
    known.dialling = true
    // Who answers may still hang up at once: only `settled` tells that a call led to something.
    known.failures += 1
    try {
      const target =
        known.peer === null
          ? known.addresses
          : known.addresses.map((address) => withPeer(address, known.peer))
      const connection = await host.dial(target, { signal: AbortSignal.timeout(meshLimits.dialTimeoutMs) })
      known.answered = connection.remotePeer
      known.unanswered = false
      logger.debug({ peer: connection.remotePeer.toString() }, 'dialled')
    } catch (err) {
      known.unanswered = true
      logger.debug({ err, failures: known.failures }, 'could not dial')
    } finally {
      known.dialling = false
      if (known.failures > 0) known.notBeforeMs = steadyNowMs() + redialDelayMs(known.failures, random())
    }
  }
}

function withPeer(address: Multiaddr, peer: PeerId | null): Multiaddr {
  const has = address.getComponents().some(({ name }) => name === 'p2p')
  return has || peer === null ? address : address.encapsulate(`/p2p/${peer.toString()}`)
}
