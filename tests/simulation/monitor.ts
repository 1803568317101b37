/** An invariant was broken. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** Where broken invariants are told. The first one ends the simulation. */
export class Monitor {
  readonly #nowMs: () => number
  #violation: Violation | undefined
  #checks = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  get violation(): Violation | undefined {
    return this.#violation
  }

  /** How many times something was looked at. */
  get checks(): number {
    return this.#checks
  }

  check(holds: boolean, who: string, what: () => string): void {
    this.#checks += 1
    if (!holds) this.report(who, what())
  }

  report(who: string, what: string): void {
    this.#violation ??= new Violation(`${(this.#nowMs() / 1000).toFixed(3)} s, ${who}: ${what}`)
  }
}
