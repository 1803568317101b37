import { FarChunks, farLimits } from './far-chunks.ts'
import type { WantedChunk } from './fetch-planner.ts'
import { planRequests } from './plan-requests.ts'
import type { AskingRules } from './plan-requests.ts'
import type { SwarmAction } from './swarm-action.ts'
import { isTrusted, SwarmNeighbour } from './swarm-neighbour.ts'
import type { MeasuredLink } from './swarm-neighbour.ts'
import { nearestFor } from './urgent-chunk.ts'
import type { UrgentChunk } from './urgent-chunk.ts'

/** Steady times in milliseconds. */
export const swarmLimits = Object.freeze({
  /** A neighbour that answers none of its requests for this long loses them to others. */
  stallMs: 15_000,
  /** A neighbour that stalled or lied is left alone for this long; each time twice as long, until it delivers. */
  restMs: 30_000,
  mostRestMs: 120_000,
  /** What a neighbour gave to another is insisted on when that other one has not offered it for so long. */
  insistAfterMs: 1_500,
  /** Chunks that somebody waits for, looked at in one plan. */
  urgentLooked: 64,
  /** A neighbour that is to fetch a chunk elsewhere is not waited for longer than this. */
  passedOnMs: 45_000,
})

export interface SwarmInit {
  /** Groups of wanted chunks, most important first. Called anew for each plan. */
  readonly wanted: () => Iterable<Iterable<WantedChunk>>
  /** Chunks that somebody waits for now, in the order they are waited for. */
  urgent?(): Iterable<UrgentChunk>
  /** Chunks that are to be kept here, with the ways to nodes that hold them: asked for when no neighbour does. */
  far?(): Iterable<UrgentChunk>
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Events come many at a time: when given, they call this instead of planning, and whoever gives it calls `plan` soon after. */
  readonly planSoon?: () => void
}

/**
 * The fetching side of the chunk exchange: who has what, what is asked of whom, what to do next. Pure: events and steady time
 * in, actions out. One chunk has at most one request alive.
 */
export class Swarm {
  readonly #init: SwarmInit
  readonly #neighbours = new Map<string, SwarmNeighbour>()
  /** CID to the neighbour it is asked of. */
  readonly #alive = new Map<string, string>()
  readonly #far = new FarChunks()

  constructor(init: SwarmInit) {
    this.#init = init
  }

  connect(id: string, nowMs: number): SwarmAction[] {
    if (!this.#neighbours.has(id)) this.#neighbours.set(id, new SwarmNeighbour(id, nowMs))
    return this.#replan(nowMs)
  }

  disconnect(id: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#neighbours.get(id)
    if (neighbour === undefined) return []
    for (const cid of [...neighbour.asked.keys()]) this.#settle(id, cid)
    this.#neighbours.delete(id)
    return this.#replan(nowMs)
  }

  /** @returns null when the neighbour says it holds more than may be remembered: cut it off */
  haves(id: string, roots: readonly string[], cids: readonly string[], nowMs: number): SwarmAction[] | null {
    const neighbour = this.#neighbours.get(id)
    if (neighbour === undefined) return []
    return neighbour.haves.add(roots, cids) ? this.#replan(nowMs) : null
  }

  measured(id: string, link: MeasuredLink): void {
    this.#neighbours.get(id)?.measured(link)
  }

  /** Whether this chunk was asked of this neighbour and is still awaited: one that was not is not stored. */
  isAwaited(id: string, cid: string): boolean {
    return this.#alive.get(cid) === id
  }

  /** A chunk of so many bytes came, was verified and stored. */
  received(id: string, cid: string, nowMs: number, bytes: number): SwarmAction[] {
    const wasFetched = this.#neighbours.get(id)?.urgent.get(cid)?.isPassedOn === true
    const neighbour = this.#settle(id, cid)
    for (const other of this.#neighbours.values()) other.later.delete(cid)
    if (neighbour !== undefined) {
      neighbour.lastAnswerMs = nowMs
      neighbour.rests = 0
      if (wasFetched) neighbour.failedSeeks = 0
      neighbour.window.came(bytes, nowMs)
    }
    return this.#replan(nowMs)
  }

  /** The neighbour has given it to another already, who will offer it soon. */
  later(id: string, cid: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#settle(id, cid)
    if (neighbour === undefined) return []
    neighbour.lastAnswerMs = nowMs
    neighbour.later.set(cid, nowMs)
    return this.#replan(nowMs)
  }

  /** The neighbour has not got it after all. */
  gone(id: string, cid: string, nowMs: number): SwarmAction[] {
    const neighbour = this.#neighbours.get(id)
    if (neighbour !== undefined) {
      neighbour.lastAnswerMs = nowMs
      if (neighbour.urgent.get(cid)?.isPassedOn === true) neighbour.refuses(cid, nowMs)
      else neighbour.haves.remove(cid)
      this.#settle(id, cid)
    }
    return this.#replan(nowMs)
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
      if (neighbour.hasOwed(nowMs, swarmLimits.stallMs)) {
        actions.push(...this.#rest(neighbour, nowMs))
      } else actions.push(...this.#giveUpWaiting(neighbour, nowMs))
    }
    return [...actions, ...this.#replan(nowMs)]
  }

  /** Neighbours that owe answers and have given none for so long. */
  owing(nowMs: number, forMs: number): string[] {
    return [...this.#neighbours.values()].filter((one) => one.hasOwed(nowMs, forMs)).map(({ id }) => id)
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

  /** What to ask of whom now. */
  plan(nowMs: number): SwarmAction[] {
    return [...this.#hurry(nowMs), ...this.#fill(nowMs), ...this.#reach(nowMs)]
  }

  /** What somebody waits for goes to the front: at the neighbour that is asked for it already, else at the one nearest to it. */
  #hurry(nowMs: number): SwarmAction[] {
    const actions: SwarmAction[] = []
    let looked = 0
    for (const chunk of this.#init.urgent?.() ?? []) {
      if (++looked > swarmLimits.urgentLooked) break
      const asked = this.#neighbours.get(this.#alive.get(chunk.cid) ?? '')
      if (asked?.urgent.has(chunk.cid) === true) continue
      if (asked !== undefined) {
        asked.urgent.set(chunk.cid, { atMs: nowMs, isPassedOn: false })
        actions.push({ do: 'first', neighbour: asked.id, cids: [chunk.cid] })
        continue
      }
      const nearest = this.#nearest(chunk, nowMs)
      if (nearest !== undefined) actions.push(this.#seek(chunk, nearest, nowMs))
    }
    return actions
  }

  /** What is to be kept here and no neighbour holds is fetched along a way to one that does, when nothing else is to do. */
  #reach(nowMs: number): SwarmAction[] {
    const actions: SwarmAction[] = []
    // What others fetch, perhaps in vain, keeps nobody waiting.
    const isBusy = [...this.#neighbours.values()].some(({ owesAnswers }) => owesAnswers)
    const room = this.#far.room(isBusy, nowMs)
    if (room === 0 || this.#init.far === undefined) return actions
    // One that says it holds something and never sends it must not keep this node from asking elsewhere.
    const trusted = [...this.#neighbours.values()].filter(isTrusted)
    let looked = 0
    for (const chunk of this.#init.far()) {
      if (actions.length === room || ++looked > farLimits.chunks) break
      const { cid, root } = chunk
      const isNear = this.#alive.has(cid) || trusted.some(({ haves }) => haves.has(cid, root))
      const nearest = isNear ? undefined : this.#nearest(chunk, nowMs)
      if (nearest === undefined) continue
      this.#far.asked(cid)
      actions.push(this.#seek(chunk, nearest, nowMs))
    }
    return actions
  }

  /** One that stalled is asked where there is no other: it may be the only way, and delivers again. */
  #nearest(chunk: UrgentChunk, nowMs: number): SwarmNeighbour | undefined {
    const ready = [...this.#neighbours.values()].filter((neighbour) => neighbour.mayHurry(chunk.cid, nowMs))
    return nearestFor(chunk, ready.filter(isTrusted)) ?? nearestFor(chunk, ready)
  }

  #seek(chunk: UrgentChunk, neighbour: SwarmNeighbour, nowMs: number): SwarmAction {
    const { cid, root, hops, waiting, bytes } = chunk
    const isPassedOn = !neighbour.haves.has(cid, root)
    // What it has to fetch first says nothing of the rate it delivers at.
    neighbour.ask({ ...chunk, bytes: isPassedOn ? 0 : bytes }, nowMs)
    neighbour.urgent.set(cid, { atMs: nowMs, isPassedOn })
    this.#alive.set(cid, neighbour.id)
    // One that has let go of what it said it holds is to say so: it may itself wait for this node to fetch it.
    return { do: 'seek', neighbour: neighbour.id, cids: [cid], root, hops: isPassedOn ? hops : 0, waiting }
  }

  #giveUpWaiting(neighbour: SwarmNeighbour, nowMs: number): SwarmAction[] {
    const late = [...neighbour.urgent].filter(
      ([, { isPassedOn, atMs }]) => isPassedOn && nowMs - atMs >= swarmLimits.passedOnMs,
    )
    if (late.length === 0) return []
    const cids = late.map(([cid]) => cid)
    for (const cid of cids) {
      this.#settle(neighbour.id, cid)
      neighbour.refuses(cid, nowMs)
    }
    return [{ do: 'cancel', neighbour: neighbour.id, cids }]
  }

  #fill(nowMs: number): SwarmAction[] {
    const awake = [...this.#neighbours.values()].filter(({ restUntilMs }) => restUntilMs <= nowMs)
    if (!awake.some((neighbour) => neighbour.room > 0)) return []
    const actions = this.#ask('want', awake, nowMs, {
      room: ({ room }) => room,
      may: ({ later }, cid) => !later.has(cid),
    })
    const idle = awake.filter(({ owesAnswers, later }) => !owesAnswers && later.size > 0)
    if (idle.length === 0) return actions
    // One at a time: the one that was given it may offer it at any moment.
    const insists = this.#ask('insist', awake, nowMs, {
      room: (neighbour) => (idle.includes(neighbour) ? 1 : 0),
      may: ({ later }, cid) => nowMs - (later.get(cid) ?? nowMs) >= swarmLimits.insistAfterMs,
    })
    return [...actions, ...insists]
  }

  #replan(nowMs: number): SwarmAction[] {
    if (this.#init.planSoon === undefined) return this.plan(nowMs)
    this.#init.planSoon()
    return []
  }

  #ask(
    how: 'want' | 'insist',
    neighbours: readonly SwarmNeighbour[],
    nowMs: number,
    rules: AskingRules,
  ): SwarmAction[] {
    const { wanted, random } = this.#init
    const byNeighbour = new Map<string, string[]>()
    for (const { neighbour: id, chunk } of planRequests(wanted(), this.#alive, neighbours, rules, random)) {
      this.#neighbours.get(id)?.ask(chunk, nowMs)
      this.#alive.set(chunk.cid, id)
      const cids = byNeighbour.get(id)
      if (cids === undefined) byNeighbour.set(id, [chunk.cid])
      else cids.push(chunk.cid)
    }
    return [...byNeighbour].map(([neighbour, cids]) => ({ do: how, neighbour, cids }))
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

  #settle(id: string, cid: string): SwarmNeighbour | undefined {
    if (this.#alive.get(cid) !== id) return undefined
    this.#alive.delete(cid)
    this.#far.settled(cid)
    const neighbour = this.#neighbours.get(id)
    neighbour?.settle(cid)
    return neighbour
  }

  #rest(neighbour: SwarmNeighbour, nowMs: number): SwarmAction[] {
    const cids = [...neighbour.asked.keys()]
    for (const cid of cids) this.#settle(neighbour.id, cid)
    neighbour.rest(nowMs, swarmLimits)
    const cancel: SwarmAction[] = cids.length > 0 ? [{ do: 'cancel', neighbour: neighbour.id, cids }] : []
    return [...cancel, ...this.#replan(nowMs)]
  }
}
