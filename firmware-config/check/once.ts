/** Work that many nodes ask for, done once for each key: nodes of a venue have most of their files in common. */
export class Once<T> {
  readonly #started = new Map<string, Promise<T>>()

  do(key: string, work: () => Promise<T>): Promise<T> {
    const started = this.#started.get(key) ?? work()
    this.#started.set(key, started)
    return started
  }
}
