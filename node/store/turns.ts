/** Runs what is done to one key one after the other, in the order asked for; different keys do not wait for each other. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  take<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const result = before === undefined ? task() : before.then(task)
    const settled: Promise<void> = result
      .then(
        () => {},
        () => {
          // The caller of this turn has the error; the next turn starts all the same.
        },
      )
      .finally(() => {
        if (this.#last.get(key) === settled) this.#last.delete(key)
      })
    this.#last.set(key, settled)
    return result
  }

  /** Resolves when every turn taken before this call has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values())
  }
}
