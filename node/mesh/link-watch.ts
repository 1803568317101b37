import type { PeerId } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Did } from '../../artworks/format/did-key.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { MeshHost } from './host.ts'
import { hostOf } from './host-of.ts'
import { meshLimits } from './limits.ts'
import type { Member } from './membership.ts'
import type { QuietBudget } from './quiet-budget.ts'

export interface LinkWatchDependencies {
  readonly host: MeshHost
  readonly state: MeshState
  readonly budget: QuietBudget
  readonly logger: Logger
  readonly steadyNowMs: () => number
  readonly random: () => number
  /** Whether the neighbour has not said what it should have on this very link; undefined: nothing is known of that. */
  readonly isSilent: (did: Did) => boolean | undefined
  readonly onMeasured: (member: Member, rttMs: number) => void
  readonly linkQualities?: () => Promise<ReadonlyMap<string, number>>
  readonly onQuality: (member: Member, quality: number) => void
}

interface Link {
  readonly member: Member
  readonly sinceMs: number
  dueAtMs: number
  pingedAtMs: number
  pinging: boolean
}

/**
 * Whether a neighbour has stopped saying how it is, or never began to. On a link that works, signs of life come every few seconds: it
 * proves itself (life-exchange.ts), and pings are for those that are silent.
 */
export function hasFallenSilent(link: { sinceMs: number; heardMs: number; nowMs: number }): boolean {
  const { sinceMs, heardMs, nowMs } = link
  return nowMs - Math.max(sinceMs, heardMs) >= meshLimits.silenceMs
}

/** Notices links that are dead although nobody closed them, and measures round-trip times, with as few pings as will do. */
export class LinkWatch {
  readonly #deps: LinkWatchDependencies
  readonly #links = new Map<string, Link>()
  #timer: NodeJS.Timeout | undefined
  #qualitiesAtMs = Number.NEGATIVE_INFINITY

  constructor(deps: LinkWatchDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), meshLimits.linkWatchMs)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#links.clear()
  }

  add(member: Member): void {
    const nowMs = this.#deps.steadyNowMs()
    const link = { member, sinceMs: nowMs, dueAtMs: nowMs, pingedAtMs: nowMs, pinging: false }
    this.#links.set(member.peer.toString(), link)
    this.#pingSoon(link)
  }

  delete(peer: PeerId): void {
    this.#links.delete(peer.toString())
  }

  /** It owes an answer for longer than it should: whether it is still there is to be known now. */
  doubt(peer: PeerId): void {
    const link = this.#links.get(peer.toString())
    if (link === undefined) return
    if (this.#deps.steadyNowMs() - link.pingedAtMs >= this.#deps.budget.pingSilentMs) this.#pingSoon(link)
  }

  #look(): void {
    const { state, isSilent, steadyNowMs } = this.#deps
    const nowMs = steadyNowMs()
    for (const link of this.#links.values()) {
      const heardMs = state.peer(link.member.did, nowMs).lastHeardMs
      const { member, sinceMs } = link
      if (isSilent(member.did) ?? hasFallenSilent({ sinceMs, heardMs, nowMs })) this.doubt(member.peer)
      if (nowMs >= link.dueAtMs) this.#pingSoon(link)
    }
    if (this.#links.size === 0 || nowMs - this.#qualitiesAtMs < meshLimits.linkQualityMs) return
    this.#qualitiesAtMs = nowMs
    this.#readQualities().catch((err: unknown) => this.#deps.logger.debug({ err }, 'no quality of links'))
  }

  async #readQualities(): Promise<void> {
    const { host, linkQualities, onQuality } = this.#deps
    const qualities = await linkQualities?.()
    if (qualities === undefined || qualities.size === 0) return
    for (const { member } of this.#links.values()) {
      const [connection] = host.getConnections(member.peer)
      const quality = qualities.get(connection === undefined ? '' : (hostOf(connection.remoteAddr) ?? ''))
      if (quality !== undefined) onQuality(member, quality)
    }
  }

  #pingSoon(link: Link): void {
    if (link.pinging) return
    link.pinging = true
    this.#ping(link).catch((err: unknown) => {
      this.#deps.logger.debug({ err, node: link.member.did }, 'a neighbour does not answer')
      for (const connection of this.#deps.host.getConnections(link.member.peer)) {
        connection.abort(new Error('it does not answer'))
      }
    })
  }

  async #ping(link: Link): Promise<void> {
    const { host, budget, steadyNowMs, random, onMeasured } = this.#deps
    link.pingedAtMs = steadyNowMs()
    link.dueAtMs = link.pingedAtMs + budget.pingMs * (0.75 + random() / 2)
    try {
      const signal = AbortSignal.timeout(meshLimits.pingTimeoutMs)
      const rttMs = await host.services.ping.ping(link.member.peer, { signal })
      if (this.#links.get(link.member.peer.toString()) === link) onMeasured(link.member, rttMs)
    } finally {
      link.pinging = false
    }
  }
}
