import type { WorkCounts } from '../node-progress.ts'

/** How often it is told that works are on their way; that they are all here is told at once. */
const ON_THE_WAY_EVERY_MS = 5000

/** Says briefly what of the exhibition is here, as it comes: nothing while nothing changes. */
export class ArrivalNotes {
  readonly #say: (text: string) => void
  readonly #nowMs: () => number
  #said = ''
  #saidMs = -Infinity

  constructor(say: (text: string) => void, nowMs: () => number = () => performance.now()) {
    this.#say = say
    this.#nowMs = nowMs
  }

  tell({ complete, total, chunks }: WorkCounts): void {
    const isWhole = complete === total
    const now = this.#nowMs()
    if (!isWhole && now - this.#saidMs < ON_THE_WAY_EVERY_MS) return
    const percent = chunks.total === 0 ? 100 : Math.floor((100 * chunks.have) / chunks.total)
    const text =
      total === 0
        ? 'No works are known here yet.'
        : `${complete} of ${total} works are here${isWhole ? '' : ` (${percent} % of all files)`}.`
    if (text === this.#said) return
    this.#said = text
    this.#saidMs = now
    this.#say(text)
  }
}
