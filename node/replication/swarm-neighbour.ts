import type { WantedChunk } from './fetch-planner.ts'
import { NeighbourHaves } from './neighbour-haves.ts'
import { RequestWindow, windowLimits } from './request-window.ts'

/** Before its rate is measured, a neighbour counts as one on a link of 50 Mbit/s. */
const UNMEASURED_BYTES_PER_MS = 6250
/** A link that hardly works counts as one of this quality: it is used when there is no other. */
const WORST_QUALITY = 1 / 255
/** A neighbour that was to fetch a chunk elsewhere, and has not got it, is not asked for that one again for this long. */
const REFUSAL_MS = 5_000

/** What was found out of the link to a neighbour. */
export interface MeasuredLink {
  readonly rttMs?: number
  /** How well it is reached by radio, over all hops, in (0, 1], as batman-adv says (machine/batman-links.ts). */
  readonly quality?: number
}

/** What the swarm knows of one neighbour. Steady times in milliseconds. */
export class SwarmNeighbour {
  readonly id: string
  readonly haves = new NeighbourHaves()
  readonly asked = new Map<string, { readonly root: string; readonly bytes: number }>()
  /**
   * It has these, and gave them to another neighbour of its own, when: asked for again only when there is nothing else to ask
   * it for.
   */
  readonly later = new Map<string, number>()
  /** Of what it is asked for: what it knows that somebody waits for, since when, and whether it has to fetch it from others. */
  readonly urgent = new Map<string, { readonly atMs: number; readonly isPassedOn: boolean }>()
  /** Chunks it could not get from others, until when it is not asked again. */
  readonly #refusals = new Map<string, number>()
  /** How often it could not, since it last could. */
  failedSeeks = 0
  readonly window = new RequestWindow()
  askedBytes = 0
  /** How often it stalled or lied since it last delivered: if at all, it is asked for one chunk at a time. */
  rests = 0
  lastAnswerMs: number
  restUntilMs = 0
  rttMs = 1
  /** Until somebody says otherwise, its link loses nothing. */
  #quality = 1

  constructor(id: string, nowMs: number) {
    this.id = id
    this.lastAnswerMs = nowMs
  }

  /** How many more requests it may be sent. None until enough of its window is free. */
  get room(): number {
    if (!isTrusted(this)) return this.asked.size === 0 ? 1 : 0
    const { mostRequests, refillShare } = windowLimits
    const full = 1 - refillShare
    const isFull =
      this.asked.size > mostRequests * full || this.askedBytes > this.window.bytes(this.rttMs) * full
    return isFull ? 0 : mostRequests - this.asked.size
  }

  /** How many more bytes it may be asked for. */
  get roomBytes(): number {
    return this.window.bytes(this.rttMs) - this.askedBytes
  }

  /** Over a link of half the quality each byte is in the air twice as long, which others on the same radio cannot use. */
  get msPerByte(): number {
    return 1 / ((this.window.bytesPerMs || UNMEASURED_BYTES_PER_MS) * this.#quality)
  }

  measured({ rttMs, quality }: MeasuredLink): void {
    if (rttMs !== undefined) this.rttMs = Math.max(1, rttMs)
    if (quality !== undefined) this.#quality = Math.max(WORST_QUALITY, Math.min(1, quality))
  }

  ask({ cid, root, bytes }: WantedChunk, nowMs: number): void {
    if (this.asked.size === 0) {
      this.lastAnswerMs = nowMs
      this.window.begin(nowMs)
    }
    this.asked.set(cid, { root, bytes })
    this.askedBytes += bytes
    this.later.delete(cid)
  }

  /** The request is over, one way or the other. */
  settle(cid: string): void {
    this.askedBytes -= this.asked.get(cid)?.bytes ?? 0
    this.asked.delete(cid)
    this.urgent.delete(cid)
  }

  /** It could not get the chunk from others. */
  refuses(cid: string, nowMs: number): void {
    for (const [other, untilMs] of this.#refusals) if (untilMs <= nowMs) this.#refusals.delete(other)
    this.#refusals.set(cid, nowMs + REFUSAL_MS)
    this.failedSeeks += 1
  }

  /** Whether it may be asked for a chunk that somebody waits for, window or no window. */
  mayHurry(cid: string, nowMs: number): boolean {
    const isFull = this.asked.size >= windowLimits.mostRequests + windowLimits.urgentRequests
    return this.restUntilMs <= nowMs && !isFull && (this.#refusals.get(cid) ?? 0) <= nowMs
  }

  /** It stalled or lied: it is left alone for a while, for longer each time. */
  rest(nowMs: number, { restMs, mostRestMs }: { restMs: number; mostRestMs: number }): void {
    this.restUntilMs = nowMs + Math.min(mostRestMs, restMs * 2 ** this.rests)
    this.rests += 1
  }

  /** Whether it owes answers, and has given none for so long. */
  hasOwed(nowMs: number, forMs: number): boolean {
    return this.owesAnswers && nowMs - this.lastAnswerMs >= forMs
  }

  /** Whether requests are alive that it is to answer by itself. */
  get owesAnswers(): boolean {
    let passedOn = 0
    for (const { isPassedOn } of this.urgent.values()) if (isPassedOn) passedOn += 1
    return this.asked.size > passedOn
  }
}

/** It has delivered since it last stalled or lied. */
export function isTrusted({ rests }: SwarmNeighbour): boolean {
  return rests === 0
}
