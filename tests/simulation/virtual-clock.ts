interface Entry {
  readonly atMs: number
  readonly order: number
  run: (() => void) | null
}

/** Takes back what was scheduled. */
export type Cancel = () => void

/** Virtual time: nothing happens but what was scheduled, in the order of time and then of scheduling. */
export class VirtualClock {
  #nowMs = 0
  #order = 0
  readonly #heap: Entry[] = []

  get nowMs(): number {
    return this.#nowMs
  }

  get pending(): number {
    return this.#heap.length
  }

  after(delayMs: number, run: () => void): Cancel {
    const entry: Entry = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run }
    this.#push(entry)
    return () => {
      entry.run = null
    }
  }

  /** Runs the next thing due at or before `untilMs`. @returns false when there is none: then it is `untilMs` */
  step(untilMs: number): boolean {
    for (;;) {
      const first = this.#heap[0]
      if (first === undefined || first.atMs > untilMs) {
        this.#nowMs = Math.max(this.#nowMs, untilMs)
        return false
      }
      this.#pop()
      const { run } = first
      if (run === null) continue
      this.#nowMs = first.atMs
      run()
      return true
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as Entry
      if (!isBefore(entry, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = entry
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      const right = heap[child + 1]
      if (right !== undefined && isBefore(right, heap[child] as Entry)) child += 1
      const below = heap[child] as Entry
      if (!isBefore(below, last)) break
      heap[at] = below
      at = child
    }
    heap[at] = last
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs !== b.atMs ? a.atMs < b.atMs : a.order < b.order
}
