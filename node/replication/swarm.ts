import { planFetches } from './fetch-planner.ts'
import type { WantedChunk } from './fetch-planner.ts'
import { NeighbourHaves } from './neighbour-haves.ts'

/** Steady times in milliseconds, counts in chunks. */
export const swarmLimits = Object.freeze({
  /** Requests alive at one neighbour: enough to fill a link of 100 Mbit/s and 500 ms with chunks of 1 MiB. */
  windowAtStart: 4,
  windowMax: 16,
  /** A neighbour that answers none of its requests for this long loses them to others. */
  stallMs: 15_000,
  /** A neighbour that stalled or lied is left alone for this long. */
  restMs: 30_000,
})

/** What the rim is to do. */
export type SwarmAction = {
  readonly do: 'want' | 'insist' | 'cancel'
  readonly neighbour: string
  readonly cids: readonly string[]
}

interface Neighbour {
  readonly id: string
  readonly haves: NeighbourHaves
  readonly asked: Map<string, { readonly root: string; readonly atMs: number }>
  /** It has these, and gave them to another neighbour of its own: asked for again only when there is nothing else to ask it for. */
  readonly later: Set<string>
  window: number
  lastAnswerMs: number
  restUntilMs: number
  rttMs: number
}

export interface SwarmInit {
  /** Groups of wanted chunks, most important first. Called anew for each plan. */
  wanted(): Iterable<Iterable<WantedChunk>>
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/**
 * The fetching side of the chunk exchange: who has what, what is asked of whom, what to do next. Pure: events and steady time
 * in, actions out. One chunk has at most one request alive.
 */
export class Swarm {
  readonly #init: SwarmInit
  readonly #neighbours = new Map<string, Neighbour>()
  /** CID to the neighbour it is asked of. */
  readonly #alive = new Map<string, string>()

  constructor(init: SwarmInit) {
    this.#init = init
  }

  connect(id: string, nowMs: number): SwarmAction[] {
    if (!this.#neighbours.has(id)) {
      this.#neighbours.set(id, {
        id,
        haves: new NeighbourHaves(),
        asked: new Map(),
        later: new Set(),
        window: swarmLimits.windowAtStart,
        lastAnswerMs: nowMs,
        restUntilMs: 0,
        rttMs: 1,
      })
    }
    return this.plan(nowMs)
  }

  disconnect(id: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#neighbours.get(id)
    if (neighbour === undefined) return []
    for (const cid of neighbour.asked.keys()) this.#alive.delete(cid)
    this.#neighbours.delete(id)
    return this.plan(nowMs)
  }

  /** @returns null when the neighbour says it holds more than may be remembered: cut it off */
  haves(id: string, roots: readonly string[], cids: readonly string[], nowMs: number): SwarmAction[] | null {
    const neighbour = this.#neighbours.get(id)
    if (neighbour === undefined) return []
    return neighbour.haves.add(roots, cids) ? this.plan(nowMs) : null
  }

  measured(id: string, rttMs: number): void {
    const neighbour = this.#neighbours.get(id)
    if (neighbour !== undefined) neighbour.rttMs = Math.max(1, rttMs)
  }

  /** Whether this chunk was asked of this neighbour and is still awaited: one that was not is not stored. */
  isAwaited(id: string, cid: string): boolean {
    return this.#alive.get(cid) === id
  }

  /** A chunk came, was verified and stored. */
  received(id: string, cid: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#settle(id, cid)
    for (const other of this.#neighbours.values()) other.later.delete(cid)
    if (neighbour !== undefined) {
      neighbour.lastAnswerMs = nowMs
      neighbour.window = Math.min(swarmLimits.windowMax, neighbour.window + 1)
    }
    return this.plan(nowMs)
  }

  /** The neighbour has given it to another already, who will offer it soon. */
  later(id: string, cid: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#settle(id, cid)
    if (neighbour === undefined) return []
    neighbour.lastAnswerMs = nowMs
    neighbour.later.add(cid)
    return this.plan(nowMs)
  }

  /** The neighbour has not got it after all. */
  gone(id: string, cid: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#settle(id, cid) ?? this.#neighbours.get(id)
    if (neighbour !== undefined) {
      neighbour.lastAnswerMs = nowMs
      neighbour.haves.remove(cid)
    }
    return this.plan(nowMs)
  }

  /** A chunk came whose bytes are not what its CID names. Nothing more is asked of this neighbour for a while. */
  bad(id: string, cid: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#settle(id, cid)
    if (neighbour === undefined) return []
    neighbour.haves.remove(cid)
    return this.#rest(neighbour, nowMs)
  }

  /** Time passed or what is wanted changed: moves stalled requests, drops those no longer wanted by name, plans. */
  tick(nowMs: number): SwarmAction[] {
    const actions: SwarmAction[] = []
    for (const neighbour of this.#neighbours.values()) {
      if (neighbour.asked.size > 0 && nowMs - neighbour.lastAnswerMs >= swarmLimits.stallMs) {
        actions.push(...this.#rest(neighbour, nowMs))
      }
    }
    return [...actions, ...this.plan(nowMs)]
  }

  /** Takes back what is asked and no longer wanted (a withdrawn work, a full disk). */
  drop(isWanted: (cid: string, root: string) => boolean): SwarmAction[] {
    const actions: SwarmAction[] = []
    for (const neighbour of this.#neighbours.values()) {
      const cids = [...neighbour.asked].filter(([cid, { root }]) => !isWanted(cid, root)).map(([cid]) => cid)
      if (cids.length === 0) continue
      for (const cid of cids) this.#settle(neighbour.id, cid)
      actions.push({ do: 'cancel', neighbour: neighbour.id, cids })
    }
    return actions
  }

  plan(nowMs: number): SwarmAction[] {
    const ready = [...this.#neighbours.values()].filter(
      (neighbour) => neighbour.restUntilMs <= nowMs && neighbour.asked.size < neighbour.window,
    )
    if (ready.length === 0) return []
    const actions = this.#ask('want', ready, nowMs, ({ later }, cid) => !later.has(cid))
    const idle = ready.filter((neighbour) => neighbour.asked.size === 0 && neighbour.later.size > 0)
    if (idle.length === 0) return actions
    return [...actions, ...this.#ask('insist', idle, nowMs, ({ later }, cid) => later.has(cid))]
  }

  #ask(
    how: 'want' | 'insist',
    neighbours: readonly Neighbour[],
    nowMs: number,
    may: (neighbour: Neighbour, cid: string) => boolean,
  ): SwarmAction[] {
    const requests = planFetches(
      this.#unasked(),
      neighbours.map((neighbour) => ({
        id: neighbour.id,
        room: neighbour.window - neighbour.asked.size,
        cost: neighbour.rttMs * (1 + neighbour.asked.size),
        has: (chunk) => may(neighbour, chunk.cid) && neighbour.haves.has(chunk.cid, chunk.root),
      })),
      this.#init.random,
    )
    const byNeighbour = new Map<string, string[]>()
    for (const { neighbour: id, chunk } of requests) {
      const neighbour = this.#neighbours.get(id)
      if (neighbour === undefined || this.#alive.has(chunk.cid)) continue
      if (neighbour.asked.size === 0) neighbour.lastAnswerMs = nowMs
      neighbour.asked.set(chunk.cid, { root: chunk.root, atMs: nowMs })
      neighbour.later.delete(chunk.cid)
      this.#alive.set(chunk.cid, id)
      const cids = byNeighbour.get(id)
      if (cids === undefined) byNeighbour.set(id, [chunk.cid])
      else cids.push(chunk.cid)
    }
    return [...byNeighbour].map(([neighbour, cids]) => ({ do: how, neighbour, cids }))
  }

  *#unasked(): Iterable<Iterable<WantedChunk>> {
    const alive = this.#alive
    for (const group of this.#init.wanted()) {
      yield (function* (): Iterable<WantedChunk> {
        for (const chunk of group) if (!alive.has(chunk.cid)) yield chunk
      })()
    }
  }

  /** Root to the neighbours that chunks of it are asked of now. */
  sources(): Map<string, Set<string>> {
    const sources = new Map<string, Set<string>>()
    for (const neighbour of this.#neighbours.values()) {
      for (const { root } of neighbour.asked.values()) {
        const ids = sources.get(root)
        if (ids === undefined) sources.set(root, new Set([neighbour.id]))
        else ids.add(neighbour.id)
      }
    }
    return sources
  }

  /** Whether a neighbour is known to hold it. */
  isHeld(cid: string, root: string): boolean {
    for (const neighbour of this.#neighbours.values()) if (neighbour.haves.has(cid, root)) return true
    return false
  }

  #settle(id: string, cid: string): Neighbour | undefined {
    if (this.#alive.get(cid) !== id) return undefined
    this.#alive.delete(cid)
    const neighbour = this.#neighbours.get(id)
    neighbour?.asked.delete(cid)
    return neighbour
  }

  #rest(neighbour: Neighbour, nowMs: number): SwarmAction[] {
    const cids = [...neighbour.asked.keys()]
    for (const cid of cids) this.#settle(neighbour.id, cid)
    neighbour.window = 1
    neighbour.restUntilMs = nowMs + swarmLimits.restMs
    const cancel: SwarmAction[] = cids.length > 0 ? [{ do: 'cancel', neighbour: neighbour.id, cids }] : []
    return [...cancel, ...this.plan(nowMs)]
  }
}
