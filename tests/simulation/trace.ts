const KEPT_LINES = 400

/** What happened, as a hash of every line, and the last lines for whoever reads a failure. */
export class Trace {
  #high = 0x811c_9dc5
  #low = 0x1234_5679
  #count = 0
  readonly #last: string[] = []
  readonly #print: ((line: string) => void) | undefined

  constructor(print?: (line: string) => void) {
    this.#print = print
  }

  add(nowMs: number, who: string, what: string): void {
    const line = `${nowMs.toFixed(3)} ${who} ${what}`
    // FNV-1a over two halves with different primes: enough to tell two runs apart.
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i)
      this.#high = Math.imul(this.#high ^ code, 0x0100_0193)
      this.#low = Math.imul(this.#low ^ code, 0x85eb_ca6b) ^ (this.#low >>> 13)
    }
    this.#count += 1
    this.#last[this.#count % KEPT_LINES] = line
    this.#print?.(line)
  }

  get count(): number {
    return this.#count
  }

  get hash(): string {
    return `${(this.#high >>> 0).toString(16).padStart(8, '0')}${(this.#low >>> 0).toString(16).padStart(8, '0')}`
  }

  /** The last lines, oldest first. */
  tail(lines: number): string[] {
    const from = Math.max(1, this.#count - Math.min(lines, KEPT_LINES) + 1)
    const tail: string[] = []
    for (let i = from; i <= this.#count; i++) tail.push(this.#last[i % KEPT_LINES] ?? '')
    return tail
  }
}
