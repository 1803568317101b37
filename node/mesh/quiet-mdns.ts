import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { peerDiscoverySymbol } from '@libp2p/interface'
import type { ComponentLogger, Logger, PeerDiscovery, PeerDiscoveryEvents, PeerInfo } from '@libp2p/interface'
import type { AddressManager, ConnectionManager } from '@libp2p/interface-internal'
import { TypedEventEmitter } from 'main-event'
import multicastDns from 'multicast-dns'
import { meshLimits } from './limits.ts'
import { mdnsAnswer, namesInQuery, peerInResponse } from './mdns-messages.ts'
import type { QuietBudget } from './quiet-budget.ts'

export interface QuietMdnsComponents {
  readonly addressManager: AddressManager
  readonly connectionManager: ConnectionManager
  readonly logger: ComponentLogger
}

export interface QuietMdnsInit {
  readonly serviceTag: string
  /** IP addresses of the interfaces to speak on; empty: all of them; null: the one to speak on is not up. Asked anew when interfaces change. */
  readonly interfaces: () => readonly string[] | null
  readonly budget: QuietBudget
}

/**
 * libp2p's mDNS discovery (github.com/libp2p/specs, discovery/mdns.md) that grows quiet. It asks often while it knows nobody, and
 * ever more seldom while it has neighbours; names those it knows in the question, so that they need not answer (RFC 6762, 7.1); says
 * who it is unasked when it starts (8.3), so that nobody else has to ask; and does both again when an interface comes up.
 */
export class QuietMdns extends TypedEventEmitter<PeerDiscoveryEvents> implements PeerDiscovery {
  readonly [peerDiscoverySymbol] = this
  readonly [Symbol.toStringTag] = '@mesh-art/quiet-mdns'
  readonly #components: QuietMdnsComponents
  readonly #init: QuietMdnsInit
  readonly #log: Logger
  /** A name that says nothing of the node, as the specification wants it. */
  readonly #name = randomBytes(16).toString('hex')
  /** Names that answered, newest last. */
  readonly #known = new Set<string>()
  #mdns: multicastDns.MulticastDNS | undefined
  #asking: NodeJS.Timeout | undefined
  #telling: NodeJS.Timeout | undefined
  #watching: NodeJS.Timeout | undefined
  #waitMs = 0
  #interfaces = ''

  constructor(components: QuietMdnsComponents, init: QuietMdnsInit) {
    super()
    this.#components = components
    this.#init = init
    this.#log = components.logger.forComponent('mesh-art:mdns')
  }

  start(): void {
    if (this.#watching !== undefined) return
    this.#interfaces = interfacesNow()
    this.#open()
    this.#watching = setInterval(() => this.#watch(), meshLimits.interfaceWatchMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#watching)
    this.#watching = undefined
    await this.#close()
  }

  /** Asks anew from the shortest wait on. */
  #open(): void {
    const interfaces = this.#init.interfaces()
    if (interfaces === null) return
    const [only] = interfaces
    const mdns = multicastDns({ ...(only === undefined ? {} : { interface: only }), bind: '0.0.0.0' })
    this.#mdns = mdns
    mdns.on('query', ({ questions = [], answers = [] }) =>
      this.#onQuery(namesInQuery(questions, answers, this.#init.serviceTag)),
    )
    mdns.on('response', ({ answers = [], additionals = [] }) =>
      this.#onResponse([...answers, ...additionals]),
    )
    for (const event of ['warning', 'error'] as const) {
      mdns.on(event, (err: Error) => this.#log('mdns %s - %e', event, err))
    }
    this.#waitMs = this.#init.budget.mdnsFirstMs
    this.#ask()
    this.#tell(meshLimits.mdnsAnswerMs)
  }

  async #close(): Promise<void> {
    clearTimeout(this.#asking)
    clearTimeout(this.#telling)
    this.#telling = undefined
    const mdns = this.#mdns
    this.#mdns = undefined
    mdns?.removeAllListeners()
    // An error while it closes would end the process if nobody listened.
    mdns?.on('error', () => undefined)
    if (mdns !== undefined) await new Promise<void>((resolve) => mdns.destroy(resolve))
  }

  /** An interface that went and came has lost its membership, and one that is new has none: a new socket has them all. */
  #watch(): void {
    const now = interfacesNow()
    if (now === this.#interfaces) return
    this.#interfaces = now
    this.#close().then(
      () => {
        if (this.#watching !== undefined) this.#open()
      },
      (err: unknown) => this.#log('mdns not closed - %e', err),
    )
  }

  #ask(): void {
    const { serviceTag, budget } = this.#init
    this.#mdns?.query({
      questions: [{ name: serviceTag, type: 'PTR' }],
      answers: [...this.#known].map((name) => ({
        name: serviceTag,
        type: 'PTR',
        ttl: meshLimits.mdnsTtlSeconds,
        data: name,
      })),
    })
    const alone = this.#components.connectionManager.getConnections().length === 0
    const waitMs = alone ? Math.min(this.#waitMs, budget.mdnsAloneMs) : this.#waitMs
    this.#asking = setTimeout(() => this.#ask(), waitMs)
    this.#waitMs = Math.min(waitMs * 2, budget.mdnsLastMs)
  }

  #onQuery(names: ReadonlySet<string> | null): void {
    if (names !== null && !names.has(this.#fullName)) {
      // Not all at once; and one answer for all who ask meanwhile.
      this.#tell(meshLimits.mdnsAnswerMs * (0.5 + Math.random()))
    }
  }

  #tell(delayMs: number): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined
      const addresses = this.#components.addressManager.getAddresses()
      const answers = mdnsAnswer(this.#init.serviceTag, this.#fullName, addresses)
      if (answers.length > 0) this.#mdns?.respond(answers)
    }, delayMs)
  }

  #onResponse(answers: Parameters<typeof peerInResponse>[0]): void {
    const found = peerInResponse(answers, this.#init.serviceTag)
    if (found === null || found.name === this.#fullName) return
    this.#known.delete(found.name)
    this.#known.add(found.name)
    for (const oldest of this.#known) {
      if (this.#known.size <= meshLimits.mdnsKnownNames) break
      this.#known.delete(oldest)
    }
    const peer: PeerInfo = { id: found.peer, multiaddrs: found.addresses }
    this.dispatchEvent(new CustomEvent('peer', { detail: peer }))
  }

  get #fullName(): string {
    return `${this.#name}.${this.#init.serviceTag}`
  }
}

function interfacesNow(): string {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address }) => address)
    .sort()
    .join(' ')
}
