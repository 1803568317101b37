import { healthLimits } from './limits.ts'

/** What a second of one link looked like. */
export interface LinkSecond {
  /** Whether something is being fetched over it. */
  readonly isBusy: boolean
  readonly inKiBps: number
  readonly outKiBps: number
  readonly rttMs: number | undefined
}

/** A link that is slow only as it starts, or between two chunks, is not slow. */
const BUSY_SECONDS = 5
const EASED_SECONDS = 10

/** Whether one link is slow; fed once a second. */
export class SlowLink {
  #slowSeconds = 0
  #easySeconds = 0
  #isSlow = false

  step({ isBusy, inKiBps, outKiBps, rttMs }: LinkSecond): boolean {
    const starved = isBusy && inKiBps < healthLimits.slowKiBps && outKiBps < healthLimits.slowKiBps
    if (starved || (rttMs !== undefined && rttMs > healthLimits.slowRttMs)) {
      this.#slowSeconds += 1
      this.#easySeconds = 0
    } else {
      this.#slowSeconds = 0
      this.#easySeconds += 1
    }
    if (this.#slowSeconds >= BUSY_SECONDS) this.#isSlow = true
    else if (this.#easySeconds >= EASED_SECONDS) this.#isSlow = false
    return this.#isSlow
  }
}
