/** Seeded random numbers (sfc32, C. Doty-Humphrey): the same seed gives the same numbers on every machine. */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number) {
    this.#a = seed >>> 0
    this.#b = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0
    this.#c = Math.imul(seed ^ 0xc2b2_ae35, 0x27d4_eb2f) >>> 0
    // The first numbers still show the seed.
    for (let i = 0; i < 15; i++) this.#word()
  }

  /** Uniform in [0, 1). */
  readonly next = (): number => this.#word() / 2 ** 32

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** @throws {RangeError} when there is nothing to pick from */
  pick<T>(list: readonly T[]): T {
    const at = this.below(list.length)
    if (at >= list.length) throw new RangeError('nothing to pick from')
    return list[at] as T
  }

  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const other = out[j] as T
      out[j] = out[i] as T
      out[i] = other
    }
    return out
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = this.#word() & 0xff
    return bytes
  }

  /** Numbers of its own: what is drawn from it changes nothing drawn here. */
  fork(): Random {
    return new Random(this.#word())
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return sum >>> 0
  }
}
